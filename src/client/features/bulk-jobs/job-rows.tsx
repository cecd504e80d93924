import { useInfiniteQuery } from '@tanstack/react-query';
import type { BulkJob } from '#contract/bulk/jobs.ts';
import type { JobOutcome } from '#contract/bulk/plans.ts';
import { useRefetchOnChange } from '#client/api/use-changes.ts';
import { ErrorPanel } from '#client/components/error-panel.tsx';
import { RowsSkeleton } from '#client/components/page.tsx';
import { Table, Td, Th, Tr } from '#client/components/table.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { jobRowsQuery, rowsKey } from '#client/features/bulk/queries.ts';
import { NumberName } from '#client/features/numbers/number-name.tsx';
import { classes } from '#client/lib/classes.ts';
import { formatCount } from '#client/lib/words/format.ts';

export const outcomeNames: Record<JobOutcome, string> = {
  created: 'Added',
  changed: 'Changed',
  unchanged: 'Unchanged',
  skipped: 'Skipped',
  refused: 'Refused',
  conflict: 'Conflict',
};
const outcomes = Object.keys(outcomeNames) as JobOutcome[];

const chipClass = (isChosen: boolean, isHarm = false) =>
  classes(
    'inline-flex h-7 items-center gap-1.5 rounded-md border px-2 whitespace-nowrap hover:bg-hover',
    isChosen ? 'border-line-2 font-medium' : 'border-dashed border-line-3',
    isHarm ? 'text-harm' : isChosen ? 'text-ink' : 'text-ink-2',
  );

interface ChipsProps {
  counts: BulkJob['counts'];
  chosen: JobOutcome | undefined;
  onChoose: (outcome: JobOutcome | undefined) => void;
}

/** Which outcomes are shown; those that no number has are not offered. */
export const OutcomeChips = ({ counts, chosen, onChoose }: ChipsProps) => (
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
      .filter((outcome) => counts[outcome] > 0 || outcome === chosen)
      .map((outcome) => (
        <button
          key={outcome}
          type="button"
          aria-pressed={chosen === outcome}
          className={chipClass(chosen === outcome, outcome === 'refused')}
          onClick={() => onChoose(chosen === outcome ? undefined : outcome)}
        >
          {outcomeNames[outcome]} <span className="tabular-nums">{formatCount(counts[outcome])}</span>
        </button>
      ))}
  </fieldset>
);

// A job that runs has new outcomes all the time: the list of them may be a little behind its figures.
const ANEW_MS = 2000;

/** What became of each number. */
export const JobRows = ({ id, outcome }: { id: string; outcome: JobOutcome | undefined }) => {
  useRefetchOnChange(
    rowsKey(id),
    { bulk_job: 0 },
    { everyMs: ANEW_MS, matters: (change) => ('ids' in change ? change.ids.includes(id) : change.id === id) },
  );
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } =
    useInfiniteQuery(jobRowsQuery(id, outcome));
  const rows = data?.pages.flatMap((page) => page.rows);
  if (isPending) return <RowsSkeleton />;
  if (rows === undefined) return <ErrorPanel error={error} onRetry={() => void refetch()} />;
  if (rows.length === 0) return <p className="px-4 py-4 text-ink-2">No number yet.</p>;
  return (
    <>
      <Table aria-label="Outcomes">
        <thead>
          <tr>
            <Th>Number</Th>
            <Th>Outcome</Th>
            <Th className="w-1/2 max-sm:hidden">Why</Th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ phone_number_id: numberId, phone_number, outcome: became, message }) => (
            <Tr key={numberId ?? phone_number}>
              <Td>
                <NumberName id={numberId} phoneNumber={phone_number} isLink />
                {message !== null && (
                  <span className="block pb-1.5 text-ink-2 wrap-anywhere sm:hidden">{message}</span>
                )}
              </Td>
              <Td
                className={
                  became === 'refused' ? 'text-harm' : became === 'conflict' ? 'text-ink' : 'text-ink-2'
                }
              >
                {outcomeNames[became]}
              </Td>
              <Td className="py-2 text-ink-2 wrap-anywhere max-sm:hidden">{message}</Td>
            </Tr>
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
