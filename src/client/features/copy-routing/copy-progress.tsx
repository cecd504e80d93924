import { useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef } from 'react';
import type { BulkJob } from '#contract/bulk/jobs.ts';
import { ProgressBar } from '#client/components/progress-bar.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { rowsKey, useJob } from '#client/features/bulk/queries.ts';
import { useTimeLeft } from '#client/features/bulk/use-time-left.ts';
import { formatCount } from '#client/lib/words/format.ts';
import { durationWords } from '#routing/words/value-words.ts';
import { readJobOutcomes, type OutcomeRow } from './read-outcomes.ts';
import type { Run } from './use-copy-routing.ts';

const JobBar = ({ job: { counts }, readAt }: { job: BulkJob; readAt: number }) => {
  const { done, total } = counts;
  const left = useTimeLeft(done, total, readAt);
  return (
    <>
      <ProgressBar label="Copying" done={done} total={total} />
      <span className="shrink-0 text-ink-2 tabular-nums">
        {formatCount(done)} / {formatCount(total)}
        {left !== null && left > 0 && `, ${durationWords(left)} left`}
      </span>
    </>
  );
};

interface Props {
  run: Run;
  onStop: () => void;
  onEnd: (job: BulkJob, rows: readonly OutcomeRow[]) => void;
}

/** How far the job is, how long it takes, and the way to stop; at its end, what became of the numbers. */
export const CopyProgress = ({ run: { jobId, isStopping }, onStop, onEnd }: Props) => {
  // The button that was pressed is gone: without this, so were the focus.
  const stop = useRef<HTMLButtonElement>(null);
  useEffect(() => stop.current?.focus(), []);
  const { data: job, dataUpdatedAt: readAt } = useJob(jobId);
  const id = jobId ?? '';
  const isEnded = job !== undefined && job.ended_at !== null;
  const {
    data: rows,
    error,
    isFetching,
    refetch,
  } = useQuery({
    queryKey: [...rowsKey(id), 'whole'],
    queryFn: ({ signal }) => readJobOutcomes(id, signal),
    enabled: isEnded,
    gcTime: 0,
  });
  const end = useEffectEvent(onEnd);
  useEffect(() => {
    if (isEnded && rows !== undefined) end(job, rows);
  }, [isEnded, job, rows]);
  return (
    <div className="flex w-full items-center gap-3">
      {job ? <JobBar {...{ job, readAt }} /> : <ProgressBar label="Copying" done={0} total={0} />}
      {error && rows === undefined ? (
        <>
          <span role="alert" className="shrink-0 text-harm">
            It has ended, and what became of the numbers could not be read.
          </span>
          <Button variant="outline" isBusy={isFetching} onClick={() => void refetch()}>
            Read again
          </Button>
        </>
      ) : (
        <Button ref={stop} variant="outline" isBusy={isStopping} onClick={onStop}>
          Stop
        </Button>
      )}
    </div>
  );
};
