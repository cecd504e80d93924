import type { Import } from '#contract/bulk/imports.ts';
import type { BulkJob } from '#contract/bulk/jobs.ts';
import { ProgressBar } from '#client/components/progress-bar.tsx';
import { formatCount, plural } from '#client/lib/words/format.ts';
import { durationWords } from '#routing/words/value-words.ts';
import { AgentNames } from '#client/features/imports/plan/agent-names.tsx';
import { resultWords, rowsToImport, titleOf } from './job-words.ts';

/** By the pace so far; null while that says nothing. */
const secondsLeft = (startedAt: string | null, done: number, total: number): number | null => {
  if (startedAt === null || done === 0) return null;
  const seconds = (Date.now() - Date.parse(startedAt)) / 1000;
  return seconds < 2 ? null : Math.ceil((seconds / done) * (total - done));
};

interface Props {
  job: BulkJob;
  /** What the file was planned to come to. */
  plan: Import;
}

/** How far the job is, or how it has ended. */
export const JobState = ({ job, plan }: Props) => {
  const { done, total } = rowsToImport(job.counts, plan.counts);
  const left = secondsLeft(job.started_at, done, total);
  const isEnded = job.ended_at !== null;
  return (
    <section aria-labelledby="import-job" className="grid max-w-140 gap-2.5">
      <h2 id="import-job" className="text-base font-semibold tracking-tight">
        {titleOf(job)}
      </h2>
      {plan.file_name !== null && (
        <p className="-mt-1.5 text-ink-2 wrap-anywhere">
          <bdi>{plan.file_name}</bdi>
        </p>
      )}
      {isEnded ? (
        <p>{resultWords(job.counts)}</p>
      ) : (
        <>
          <ProgressBar label="Importing" done={done} total={total} />
          <p className="text-ink-2 tabular-nums">
            {formatCount(done)} of {plural(total, 'number')}
            {left !== null && left > 0 && `, ${durationWords(left)} left`}
          </p>
          <p className="text-ink-2">You may leave this page: the import goes on.</p>
        </>
      )}
      {job.state === 'done' && <AgentNames verb="Added" {...plan} />}
      <output className="sr-only">{isEnded && `${titleOf(job)}. ${resultWords(job.counts)}`}</output>
    </section>
  );
};
