import { useEffect, useRef, useState } from 'react';
import type { BulkJob } from '#contract/bulk/jobs.ts';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { failedMessage, mayBeDone, toApiError } from '#client/api/api-error.ts';
import { useCancelJob, useRunPlan } from '#client/features/bulk/acts.ts';
import { followPlan } from '#client/features/bulk/follow-plan.ts';
import { stateWords } from '#client/features/bulk/job-words.ts';
import type { ChangeToMake } from '#client/features/bulk/questions.ts';
import { toast } from '#client/lib/toast.ts';
import { outcomeOf, type Outcome } from './copy-plan.ts';
import { readPlanOutcomes, type OutcomeRow } from './read-outcomes.ts';

export interface Run {
  /** Null until the job is there: first it is judged what would become of each number. */
  jobId: string | null;
  isStopping: boolean;
}

const isAbort = (thrown: unknown) => thrown instanceof DOMException && thrown.name === 'AbortError';

const saysWhy = (thrown: unknown, isAskedToRun: boolean) =>
  isAskedToRun && mayBeDone(toApiError(thrown))
    ? 'No answer came: it may have been copied all the same. Jobs shows whether it was.'
    : failedMessage('Routing', 'was not copied', thrown);

/**
 * Copies to many numbers as one job of the server, and says of each what became of it. A number that is no
 * longer at the version that was reviewed is left alone. Once begun, it goes on without whoever looks at it.
 */
export const useCopyRouting = () => {
  const { mutateAsync: runPlan } = useRunPlan();
  const { mutate: cancelJob } = useCancelJob();
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, Outcome>>(new Map());
  const [run, setRun] = useState<Run | null>(null);
  const [error, setError] = useState<string | null>(null);
  const stopping = useRef(new AbortController());
  const isShown = useRef(true);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);

  const note = (rows: readonly OutcomeRow[]) =>
    setOutcomes((before) => {
      const after = new Map(before);
      for (const row of rows)
        if (row.phone_number_id !== null) after.set(row.phone_number_id, outcomeOf(row));
      return after;
    });
  const tell = (message: string) => (isShown.current ? setError(message) : toast({ tone: 'harm', message }));
  const cancel = (jobId: string) =>
    cancelJob(jobId, {
      onError: (thrown) => {
        setRun({ jobId, isStopping: false });
        tell(failedMessage('Copying', 'was not stopped', thrown));
      },
    });

  const start = async (records: readonly PhoneNumber[], change: ChangeToMake) => {
    const { signal } = (stopping.current = new AbortController());
    const ids = records.map(({ _id }) => _id);
    const versions = Object.fromEntries(records.map(({ _id, version }) => [_id, version]));
    let isAskedToRun = false;
    setError(null);
    setRun({ jobId: null, isStopping: false });
    try {
      const { plan_id, counts } = await followPlan({ select: { ids, versions }, change }, signal);
      // Where nobody looks any longer, a job tells also that nothing could be copied.
      if (counts.changed > 0 || !isShown.current) {
        isAskedToRun = true;
        const { bulk_job_id: jobId } = await runPlan(plan_id);
        setRun({ jobId, isStopping: signal.aborted });
        if (signal.aborted) cancel(jobId);
        return;
      }
      note(await readPlanOutcomes(plan_id, signal));
    } catch (thrown) {
      if (!isAbort(thrown)) tell(saysWhy(thrown, isAskedToRun));
    }
    setRun(null);
  };

  return {
    outcomes,
    /** Null while nothing is on its way. */
    run,
    /** Why it was not begun, or ended before its time. */
    error,
    start,
    stop: () => {
      stopping.current.abort();
      setRun((before) => before && { ...before, isStopping: true });
      if (run?.jobId) cancel(run.jobId);
    },
    /** The job has ended, and this became of the numbers that it came to. */
    end: (job: BulkJob, rows: readonly OutcomeRow[]) => {
      note(rows);
      if (job.state !== 'done' && job.cancel_reason !== 'asked') setError(`${stateWords(job)}.`);
      setRun(null);
    },
    /** Forgets an outcome, for a number that is reviewed or tried again. */
    forget: (ids: readonly string[]) =>
      setOutcomes((before) => new Map([...before].filter(([id]) => !ids.includes(id)))),
  };
};
