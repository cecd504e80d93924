import type { ConnectionImport } from '#contract/bulk/connection-imports.ts';
import { CountsBar, countsWords } from '#client/components/counts-bar.tsx';
import { ProgressBar } from '#client/components/progress-bar.tsx';
import { calendarDate, clockTime, formatCount, plural } from '#client/lib/words/format.ts';
import { agentLines, importParts, runWords } from './import-words.ts';

/** How far the account is read and compared. */
const Progress = ({ plan: { state, progress, counts } }: { plan: ConnectionImport }) => {
  const isReading = state === 'reading';
  return (
    <div className="grid max-w-140 gap-2">
      <ProgressBar
        label="Preview"
        done={isReading ? 0 : progress.numbers_judged}
        total={isReading ? 0 : counts.total}
      />
      <p className="text-ink-2 tabular-nums">
        {isReading
          ? `Reading the account: ${plural(progress.agents_read, 'agent')}, ${plural(progress.numbers_read, 'number')} so far`
          : `Comparing: ${formatCount(progress.numbers_judged)} of ${plural(counts.total, 'number')}`}
      </p>
    </div>
  );
};

/** What would come of an import: nothing of it has been done yet. */
export const ImportPlan = ({ plan, name }: { plan: ConnectionImport; name: string }) => {
  const { state, counts, expires_at } = plan;
  if (state === 'reading' || state === 'judging') return <Progress plan={plan} />;
  if (state === 'failed')
    return (
      <p role="alert" className="text-harm wrap-anywhere">
        {plan.message ?? `${name} could not be read to its end. Preview again.`}
      </p>
    );
  const parts = importParts(counts);
  return (
    <>
      <output className="sr-only">{countsWords(parts)}</output>
      {counts.total === 0 ? (
        <p className="font-medium">There are no numbers on {name}.</p>
      ) : (
        <CountsBar parts={parts} />
      )}
      <div className="grid gap-1">
        <p>{runWords(counts)}</p>
        {agentLines(plan).map((line) => (
          <p key={line} className="text-ink-2 wrap-anywhere">
            {line}
          </p>
        ))}
        <p className="text-xs text-ink-3">
          Nothing is written on {name}, and nothing has been changed here yet. Can be run until{' '}
          {calendarDate(expires_at)}, {clockTime(expires_at)}, and undone afterwards.
        </p>
      </div>
    </>
  );
};
