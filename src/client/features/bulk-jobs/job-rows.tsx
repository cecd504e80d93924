import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { BulkJob } from '#contract/bulk/jobs.ts';
import type { RowOutcome } from '#contract/bulk/plans.ts';
import { outcomeName } from '#client/features/bulk/job-words.ts';
import { useRefetchOnChange } from '#client/api/use-changes.ts';
import { ErrorPanel } from '#client/components/error-panel.tsx';
import { RowsSkeleton } from '#client/components/page.tsx';
import { Table, Th } from '#client/components/table.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { jobRowsQuery, rowsKey } from '#client/features/bulk/queries.ts';
import { classes } from '#client/lib/classes.ts';
import { formatCount } from '#client/lib/words/format.ts';
import { JobRow } from './job-row.tsx';

const chipClass = (isChosen: boolean, isHarm = false) =>
  classes(
    'inline-flex h-7 items-center gap-1.5 rounded-md border px-2 whitespace-nowrap hover:bg-hover',
    isChosen ? 'border-line-2 font-medium' : 'border-dashed border-line-3',
    isHarm ? 'text-harm' : isChosen ? 'text-ink' : 'text-ink-2',
  );

// In the order in which they are offered.
const outcomes: RowOutcome[] = [
  'created',
  'changed',
  'unchanged',
  'skipped',
  'refused',
  'conflict',
  'pending',
];

const countOf = (counts: BulkJob['counts'], outcome: RowOutcome): number => counts[outcome] ?? 0;

interface ChipsProps {
  job: BulkJob;
  chosen: RowOutcome | undefined;
  onChoose: (outcome: RowOutcome | undefined) => void;
}

/** Which outcomes are shown; those that no number has are not offered. */
export const OutcomeChips = ({ job: { kind, counts }, chosen, onChoose }: ChipsProps) => (
  <fieldset className="flex flex-wrap gap-2">
    <legend className="sr-only">Outcome</legend>
    <button
      type="button"
      aria-pressed={chosen === undefined}
      className={chipClass(chosen === undefined)}
      onClick={() => onChoose(undefined)}
    >
      All <span className="tabular-nums">{formatCount(counts.done)}</span>
    </button>
    {outcomes
      .filter((outcome) => countOf(counts, outcome) > 0 || outcome === chosen)
      .map((outcome) => (
        <button
          key={outcome}
          type="button"
          aria-pressed={chosen === outcome}
          className={chipClass(chosen === outcome, outcome === 'refused')}
          onClick={() => onChoose(chosen === outcome ? undefined : outcome)}
        >
          {outcomeName(kind, outcome)}{' '}
          <span className="tabular-nums">{formatCount(countOf(counts, outcome))}</span>
        </button>
      ))}
  </fieldset>
);

// A job that runs has new outcomes all the time: the list of them may be a little behind its figures.
const ANEW_MS = 2000;

interface RowsProps {
  job: BulkJob;
  outcome: RowOutcome | undefined;
}

/** What became of each number. */
export const JobRows = ({ job, outcome }: RowsProps) => {
  const { bulk_job_id: id, kind, counts } = job;
  const isEnded = job.ended_at !== null;
  const client = useQueryClient();
  useRefetchOnChange(
    rowsKey(id),
    { bulk_job: 0 },
    { everyMs: ANEW_MS, matters: (change) => ('ids' in change ? change.ids.includes(id) : change.id === id) },
  );
  // Whoever sees that it has ended looks for the last rows, and waits for nothing.
  useEffect(() => {
    if (isEnded) void client.invalidateQueries({ queryKey: rowsKey(id) });
  }, [client, id, isEnded]);
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } =
    useInfiniteQuery(jobRowsQuery(id, outcome));
  const rows = data?.pages.flatMap((page) => page.rows);
  if (isPending) return <RowsSkeleton />;
  if (rows === undefined) return <ErrorPanel error={error} onRetry={() => void refetch()} />;
  if (rows.length === 0)
    // Its figures may be here before its rows.
    return (outcome === undefined ? counts.done : outcome === 'pending' ? 0 : counts[outcome]) > 0 ? (
      <RowsSkeleton />
    ) : (
      <p className="px-4 py-4 text-ink-2">{isEnded ? 'No number.' : 'No number yet.'}</p>
    );
  const hasWhy = counts.refused + counts.conflict > 0 || rows.some(({ message }) => message !== null);
  const hasLine = job.import_id !== null;
  return (
    <>
      <Table aria-label="Outcomes">
        <thead>
          <tr>
            {hasLine && <Th className="max-sm:hidden">Line</Th>}
            <Th className={hasLine ? 'max-sm:pl-4' : undefined}>Number</Th>
            <Th className={hasWhy ? 'max-sm:pr-4' : undefined}>Outcome</Th>
            {hasWhy && <Th className="w-1/2 max-sm:hidden">Why</Th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <JobRow
              key={`${row.line ?? ''} ${row.phone_number_id ?? row.phone_number}`}
              {...{ row, kind, hasWhy, hasLine }}
            />
          ))}
        </tbody>
      </Table>
      {hasNextPage && (
        <div className="p-4">
          <Button variant="outline" isBusy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Load more
          </Button>
        </div>
      )}
    </>
  );
};
