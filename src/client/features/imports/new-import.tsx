import { useRef } from 'react';
import { Button } from '#client/components/ui/button.tsx';
import { columnsOf, withTarget } from './plan/choices.ts';
import { ColumnTable } from './columns/column-table.tsx';
import { DropZone, FileError } from './file/drop-zone.tsx';
import { SendingProgress } from './file/sending-progress.tsx';
import { useFocusAfter } from './file/use-focus-after.ts';
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
  const { file, choices, setChoices, sending, failed, take, check, cancel } = useImportFile('new');
  const takeFile = (name: string, blob: Blob) => void take({ name, blob, choices });
  const zone = useRef<HTMLDivElement>(null);
  useFocusAfter(sending !== null, zone);
  const isOfColumns = failed?.error.errors.some(({ code }) => columnFaults.includes(code)) === true;
  const headings = isOfColumns ? (file?.head?.headings ?? []) : [];
  const columns = columnsOf(headings, choices.mapping);
  return (
    <ImportFrame step="File" onTake={takeFile} isOff={sending !== null}>
      {(isOver) => (
        <>
          {/* What is written there is kept while it is sent: it may have to be mended. */}
          <div ref={zone} tabIndex={-1} hidden={sending !== null} className="outline-hidden">
            <DropZone isOver={isOver} onTake={takeFile} />
          </div>
          {sending !== null && <SendingProgress {...sending} onCancel={cancel} />}
          {failed && <FileError {...failed} />}
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
