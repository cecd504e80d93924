import { Link } from 'wouter';
import type { BulkJob, BulkJobDetail } from '#contract/bulk/jobs.ts';
import { jobHref, notDoneCount, outcomeWords, stateWords } from '#client/features/bulk/job-words.ts';
import { DEFAULT_SORT, listHref, type ListFilters } from '#client/features/numbers/list-url.ts';
import { useMe } from '#client/features/sessions/queries.ts';
import { exactTime } from '#client/lib/words/format.ts';
import { durationWords } from '#routing/words/value-words.ts';

const linkClass =
  'rounded-sm underline decoration-line-2 underline-offset-3 hover:decoration-current text-ink';

const secondsOf = ({ started_at: from, ended_at: to }: BulkJob) =>
  from === null || to === null ? 0 : Math.round((Date.parse(to) - Date.parse(from)) / 1000);

/** How it ended, when, by whom it was started, and how it hangs together with other jobs. */
export const Ended = ({ job }: { job: BulkJob }) => {
  const seconds = secondsOf(job);
  return (
    <div className="grid gap-0.5">
      <p className="font-medium wrap-anywhere">{outcomeWords(job)}</p>
      <p className="text-ink-2 wrap-anywhere">
        {stateWords(job)}, {exactTime(job.ended_at ?? '')} · <bdi>{job.actor.name}</bdi>
        {seconds > 0 && ` · in ${durationWords(seconds)}`}
        {job.undoes && (
          <>
            {' · takes back '}
            <Link href={jobHref(job.undoes)} className={linkClass}>
              this job
            </Link>
          </>
        )}
        {job.undone_by && (
          <>
            {' · taken back by '}
            <Link href={jobHref(job.undone_by)} className={linkClass}>
              this job
            </Link>
          </>
        )}
      </p>
      {job.kind === 'import' && notDoneCount(job) > 0 && (
        <p className="text-ink-2">
          For the rest,{' '}
          <Link href="/imports/new" className={linkClass}>
            import the file again
          </Link>
          , and choose what becomes of the numbers that are there by now.
        </p>
      )}
    </div>
  );
};

/** To where the rows of one's own file are told place by place, and saved to be repaired. */
export const RefusedInImport = ({ job: { import_id, actor, counts, ended_at } }: { job: BulkJob }) => {
  const me = useMe();
  const isOwn = actor.kind === 'operator' && actor.id === me.operator_id;
  return (
    import_id !== null &&
    ended_at !== null &&
    counts.refused > 0 &&
    isOwn && (
      <p>
        <Link href={`/imports/${encodeURIComponent(import_id)}`} className={linkClass}>
          Look at the refused rows in the import
        </Link>
        <span className="text-ink-2">: each place that is wrong, and a file of them to repair.</span>
      </p>
    )
  );
};

/** By which filter its numbers were selected, where it was by one. */
export const SelectedBy = ({ job: { filter } }: { job: BulkJobDetail }) => {
  if (filter === null) return null;
  const filters = { ...filter, sort: DEFAULT_SORT } as ListFilters;
  const { q, ...others } = filter;
  if (Object.keys(filter).length === 0) return <p className="text-ink-2">Run on all numbers.</p>;
  const isSearch = q !== undefined && Object.keys(others).length === 0;
  return (
    <p className="text-ink-2 wrap-anywhere">
      {'Run on the numbers that matched '}
      <Link href={listHref(filters)} className={linkClass}>
        {isSearch ? <bdi>“{q}”</bdi> : 'this filter'}
      </Link>
      .
    </p>
  );
};
