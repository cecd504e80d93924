import { useState } from 'react';
import {
  allColumns,
  columnLabel,
  usualColumns,
  type FileFormat,
} from '#contract/numbers/table/table-columns.ts';
import { Choice } from '#client/components/choice.tsx';
import { FormError } from '#client/components/form/field.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { Checkbox } from '#client/components/ui/checkbox.tsx';
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from '#client/components/ui/dialog.tsx';
import { useBackCloses } from '#client/lib/address/back-closes.ts';
import { toast } from '#client/lib/toast.ts';
import { plural } from '#client/lib/words/format.ts';
import { ExportProgress } from './export-progress.tsx';
import { saveFile } from '#client/lib/save-file.ts';
import { useExport, type ListToExport } from './use-export.ts';

const formatNames: Record<FileFormat, string> = { csv: 'CSV', jsonl: 'JSON lines' };
const formatHints: Record<FileFormat, string> = {
  csv: 'For spreadsheets. Routing, call handling and stand-ins fit in no cell; JSON lines have them.',
  jsonl: 'One object a line, for scripts and for another Cordboard, with routing and call handling.',
};
const formats = Object.keys(formatNames) as FileFormat[];

interface ColumnsProps {
  format: FileFormat;
  chosen: readonly string[];
  onChoose: (columns: string[]) => void;
}

const ColumnChoice = ({ format, chosen, onChoose }: ColumnsProps) => (
  <fieldset className="grid gap-1.5">
    <legend className="mb-1.5 flex w-full items-baseline justify-between text-ink-2">
      Columns
      <Button variant="link" size="sm" onClick={() => onChoose([...usualColumns[format]])}>
        All that import takes back
      </Button>
    </legend>
    <div className="grid grid-cols-2 gap-x-4">
      {allColumns[format].map((column) => (
        <label key={column} className="flex min-h-7 items-center gap-2">
          <Checkbox
            checked={chosen.includes(column)}
            onCheckedChange={(isOn) =>
              onChoose(
                allColumns[format].filter((one) => (one === column ? isOn === true : chosen.includes(one))),
              )
            }
          />
          {columnLabel(column)}
        </label>
      ))}
    </div>
  </fieldset>
);

/** Exports what the list shows: in which form, with which columns, how far it is. */
export const ExportDialog = ({
  filters,
  count,
  isExact,
  onClose,
}: ListToExport & { onClose: () => void }) => {
  const [format, setFormat] = useState<FileFormat>('csv');
  const [columns, setColumns] = useState<readonly string[]>(usualColumns.csv);
  const { progress, error, run, stop } = useExport(({ name, numbers, parts }) => {
    saveFile(name, parts);
    onClose();
    toast({ message: `${plural(numbers, 'number')} exported to ${name}` });
  });
  const isRunning = progress !== null;
  useBackCloses(onClose);
  const chooseFormat = (next: FileFormat) => {
    setFormat(next);
    setColumns(usualColumns[next]);
  };
  const what = count === undefined ? 'numbers' : plural(count, 'number');
  return (
    // Nothing but the buttons closes it while it runs: a press beside it would throw the file away.
    <Dialog open onOpenChange={(isOpen) => !isOpen && !isRunning && onClose()}>
      <DialogContent showCloseButton={!isRunning}>
        <DialogHeader>
          <DialogTitle>
            Export {isExact ? '' : 'about '}
            {what}
          </DialogTitle>
          <DialogDescription>
            All that the list shows, in the order of the numbers. Credentials are in no file. The export is
            recorded.
          </DialogDescription>
        </DialogHeader>
        {isRunning ? (
          <ExportProgress {...{ progress, count, isExact }} onStop={stop} />
        ) : (
          <>
            <div className="grid gap-1.5">
              <Choice
                name="format"
                label="Format"
                options={formats}
                names={formatNames}
                chosen={format}
                onChoose={chooseFormat}
              />
              <p className="text-xs text-ink-3">{formatHints[format]}</p>
            </div>
            <ColumnChoice format={format} chosen={columns} onChoose={setColumns} />
            <FormError messages={error === null ? [] : [error.errors[0]?.message ?? error.detail]} />
            <DialogFooter>
              <Button variant="outline" onClick={onClose}>
                Cancel
              </Button>
              <Button disabled={columns.length === 0} onClick={() => void run({ filters, format, columns })}>
                Export
              </Button>
            </DialogFooter>
          </>
        )}
      </DialogContent>
    </Dialog>
  );
};
