import type { BulkJob } from '#contract/bulk/jobs.ts';
import { ProgressBar } from '#client/components/progress-bar.tsx';
import { formatCount, plural } from '#client/lib/words/format.ts';
import { durationWords } from '#routing/words/value-words.ts';
import { resultWords, titleOf } from './job-words.ts';

/** By the pace so far; null while that says nothing. */
const secondsLeft = ({ started_at: startedAt, counts: { done, total } }: BulkJob): number | null => {
  if (startedAt === null || done === 0) return null;
  const seconds = (Date.now() - Date.parse(startedAt)) / 1000;
  return seconds < 2 ? null : Math.ceil((seconds / done) * (total - done));
};

/** How far the job is, or how it has ended. */
export const JobState = ({ job }: { job: BulkJob }) => {
  const { done, total } = job.counts;
  const left = secondsLeft(job);
  const isEnded = job.ended_at !== null;
  return (
    <section aria-labelledby="import-job" className="grid max-w-140 gap-2.5">
      <h2 id="import-job" className="text-base font-semibold tracking-tight">
        {titleOf(job)}
      </h2>
      {isEnded ? (
        <p>{resultWords(job.counts)}</p>
      ) : (
        <>
          <ProgressBar label="Importing" done={done} total={total} />
          <p className="text-ink-2 tabular-nums">
            {formatCount(done)} of {plural(total, 'row')}
            {left !== null && left > 0 && `, ${durationWords(left)} left`}
          </p>
          <p className="text-ink-2">You may leave this page: the import goes on.</p>
        </>
      )}
      <output className="sr-only">{isEnded && `${titleOf(job)}. ${resultWords(job.counts)}`}</output>
    </section>
  );
};
