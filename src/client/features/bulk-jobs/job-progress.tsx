import type { ReactNode } from 'react';
import type { BulkJob } from '#contract/bulk/jobs.ts';
import { ProgressBar } from '#client/components/progress-bar.tsx';
import { CancelJob } from '#client/features/bulk/cancel-job.tsx';
import { progressOf } from '#client/features/bulk/job-words.ts';
import { clockTime, formatCount } from '#client/lib/words/format.ts';
import { durationWords } from '#routing/words/value-words.ts';
import { useTimeLeft } from '#client/features/bulk/use-time-left.ts';

interface Props {
  job: BulkJob;
  /** When it was read, in milliseconds. */
  readAt: number;
  title: ReactNode;
}

/** A job that goes on by itself: how far it is, how long it takes, and the way to end it. */
export const JobProgress = ({ job, readAt, title }: Props) => {
  const { actor, created_at: at, state } = job;
  const { done, total } = progressOf(job);
  const left = useTimeLeft(done, total, readAt);
  return (
    <section
      aria-label="Under way"
      className="grid grid-cols-[minmax(0,1fr)] gap-2.5 rounded-lg border border-line-2 px-4 py-3.5"
    >
      <div className="flex flex-wrap items-baseline gap-x-3">
        <span className="min-w-0 font-semibold wrap-anywhere">{title}</span>
        <span className="text-ink-2 wrap-anywhere">
          started by <bdi>{actor.name}</bdi>, {clockTime(at)}
        </span>
        <span className="ml-auto text-ink-2 tabular-nums max-sm:ml-0">
          {total === 0 ? (
            'Finding the numbers'
          ) : (
            <>
              <span className="font-medium text-ink">{formatCount(done)}</span> of {formatCount(total)}
            </>
          )}
          {left !== null && left > 0 && ` · ${durationWords(left)} left`}
        </span>
      </div>
      <ProgressBar label="Numbers done" done={done} total={total} />
      <div className="flex flex-wrap items-center gap-3">
        <p className="text-ink-2">
          {state === 'queued'
            ? 'It begins when those before it are done. You may leave this page.'
            : 'You may leave this page. Numbers already changed stay changed.'}
        </p>
        <span className="ml-auto">
          <CancelJob job={job} />
        </span>
      </div>
    </section>
  );
};
