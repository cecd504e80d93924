import { Button } from '#client/components/ui/button.tsx';
import { columnsOf, withTarget } from './plan/choices.ts';
import { ColumnTable } from './columns/column-table.tsx';
import { DropZone, FileError } from './file/drop-zone.tsx';
import { SendingProgress } from './file/sending-progress.tsx';
import { useImportFile } from './file/use-import-file.ts';
import { ImportFrame } from './import-frame.tsx';

/** What choosing among the columns can mend. */
const columnFaults = [
  'no_phone_number_column',
  'duplicate_column',
  'unknown_heading',
  'unknown_mapping_field',
];

/** The first step: a file, and what is wrong with it as a whole. */
export const NewImport = () => {
  const { file, choices, setChoices, sending, error, take, check, cancel } = useImportFile('new');
  const isOfColumns = error?.errors.some(({ code }) => columnFaults.includes(code)) === true;
  const headings = isOfColumns ? (file?.head?.headings ?? []) : [];
  const columns = columnsOf(headings, choices.mapping);
  return (
    <ImportFrame step="File" onTake={(name, blob) => void take(name, blob)} isOff={sending !== null}>
      {(isOver) => (
        <>
          {sending === null ? (
            <DropZone isOver={isOver} onTake={(name, blob) => void take(name, blob)} />
          ) : (
            <SendingProgress {...sending} onCancel={cancel} />
          )}
          {error && <FileError error={error} name={file?.name} />}
          {file !== null && columns.length > 0 && sending === null && (
            <>
              <ColumnTable
                columns={columns}
                samples={file.head?.samples}
                isFixed={false}
                onChoose={(heading, target) =>
                  setChoices({ ...choices, mapping: withTarget(columns, heading, target) })
                }
              />
              <Button
                className="justify-self-start"
                disabled={!columns.some(({ target }) => target === 'phone_number')}
                onClick={() => void check(file, choices)}
              >
                Check again
              </Button>
            </>
          )}
        </>
      )}
    </ImportFrame>
  );
};
