import { useEffect, useRef, useState } from 'react';
import type { Import } from '#contract/bulk/imports.ts';
import { toApiError } from '#client/api/api-error.ts';
import { FormError } from '#client/components/form/field.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { plural } from '#client/lib/words/format.ts';
import { CheckedRows, CheckSummary } from './check/check-result.tsx';
import { choicesOf, columnsOf, isSameChoice, withTarget, type Choices } from './plan/choices.ts';
import { ChoicesForm } from './columns/choices-form.tsx';
import { ColumnTable } from './columns/column-table.tsx';
import { FileError } from './file/drop-zone.tsx';
import { FileBar } from './file/file-bar.tsx';
import { takeNext } from './file/held.ts';
import { SendingProgress } from './file/sending-progress.tsx';
import { useFocusAfter } from './file/use-focus-after.ts';
import { useImportFile } from './file/use-import-file.ts';
import { ImportFrame } from './import-frame.tsx';
import { useRunImport } from './plan/queries.ts';

const cameFromCheck = () => (history.state as { isChecked?: true } | null)?.isChecked === true;

/** The second step: what each column becomes, what is done with which rows, and what would come of it. */
export const ImportCheck = ({ plan }: { plan: Import }) => {
  const { file, choices, setChoices, sending, failed, check, cancel } = useImportFile(plan.import_id);
  const run = useRunImport();
  const [planned] = useState<Choices>(() => (file === null ? choicesOf(plan) : choices));
  const shown = file === null ? planned : choices;
  const headings = plan.file.columns.map(({ heading }) => heading);
  const columns = columnsOf(headings, shown.mapping);
  const isChanged = !isSameChoice(headings, planned, shown);
  const result = useRef<HTMLDivElement>(null);
  // What was pressed to get here is gone: the hand goes on with what came of it.
  useEffect(() => {
    if (cameFromCheck()) result.current?.focus({ preventScroll: true });
  }, []);

  useFocusAfter(sending !== null, result);

  const { created, changed } = plan.counts;
  const isLines = plan.file.format === 'jsonl';
  const isReady = plan.state === 'ready';
  const takeFile = (name: string, blob: Blob) => takeNext({ name, blob, choices: shown });
  const checkWith = (choice: Partial<Choices>) => {
    if (file === null) return;
    const chosen = { ...choices, ...choice };
    setChoices(chosen);
    void check(file, chosen);
  };
  const action =
    isChanged && file !== null ? (
      <Button disabled={sending !== null} onClick={() => void check(file, choices)}>
        Check again
      </Button>
    ) : (
      <Button
        disabled={!isReady || created + changed === 0 || sending !== null}
        isBusy={run.isPending}
        onClick={() => run.mutate(plan.import_id)}
      >
        {!isReady
          ? 'Checking'
          : created + changed === 0
            ? 'Nothing to import'
            : `Import ${plural(created + changed, 'number')}`}
      </Button>
    );
  return (
    <ImportFrame
      step="Columns and check"
      onTake={takeFile}
      isOff={sending !== null || run.isPending}
      action={action}
    >
      {(isOver) => (
        <>
          <FileBar plan={plan} file={file} isOver={isOver} isOff={sending !== null} onTake={takeFile} />
          {failed && <FileError {...failed} />}
          <FormError messages={run.error === null ? [] : [toApiError(run.error).detail]} />
          {/* Above what it came of: a file has more columns than a screen has room for. */}
          <div
            ref={result}
            tabIndex={-1}
            className="grid grid-cols-[minmax(0,1fr)] outline-hidden *:[grid-area:1/1]"
          >
            {/* What came of it before keeps its room while it is checked anew, so that nothing below jumps. */}
            <div className={sending === null ? undefined : 'invisible'}>
              <CheckSummary plan={plan} isOld={isChanged} onChoose={file === null ? undefined : checkWith} />
            </div>
            {sending !== null && <SendingProgress {...sending} onCancel={cancel} />}
          </div>
          <div className="grid grid-cols-[minmax(0,1fr)] gap-x-8 gap-y-4 lg:grid-cols-[minmax(0,1fr)_18.75rem]">
            {isLines ? (
              <p className="text-ink-2">JSON lines name their fields themselves.</p>
            ) : (
              <ColumnTable
                columns={columns}
                samples={file?.head?.samples}
                isFixed={file === null}
                onChoose={(heading, target) =>
                  setChoices({ ...choices, mapping: withTarget(columns, heading, target) })
                }
              />
            )}
            {plan.counts.total > 0 || !isReady ? (
              <ChoicesForm
                choices={shown}
                hasProviders={isLines || columns.some(({ target }) => target === 'provider')}
                hasAgentNames={!isLines}
                isFixed={file === null}
                onChoose={setChoices}
              />
            ) : null}
          </div>
          <div className={sending === null ? undefined : 'invisible'}>
            <CheckedRows plan={plan} file={file} />
          </div>
        </>
      )}
    </ImportFrame>
  );
};
