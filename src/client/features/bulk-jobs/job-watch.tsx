import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef } from 'react';
import type { BulkJob } from '#contract/bulk/jobs.ts';
import { failedMessage } from '#client/api/api-error.ts';
import { useUndoJob } from '#client/features/bulk/acts.ts';
import { isUndoable, jobHref, jobTitle, outcomeWords, stateWords } from '#client/features/bulk/job-words.ts';
import { jobQuery, useJobsUnderWay } from '#client/features/bulk/queries.ts';
import { takeStarted } from '#client/features/bulk/started-here.ts';
import { useMe } from '#client/features/sessions/queries.ts';
import { goTo, here } from '#client/lib/location.ts';
import { toast } from '#client/lib/toast.ts';
import { useAgentName } from './use-agent-name.ts';

// What is done sooner is told by its end alone.
const WORTH_SAYING_MS = 1500;
const END_MS = 10_000;

/** Says when a job of one's own goes on for a while, and when it has ended, wherever one is by then. */
export const JobWatch = () => {
  const client = useQueryClient();
  const me = useMe();
  const agentName = useAgentName();
  const jobs = useJobsUnderWay().data;
  const undo = useUndoJob();
  /** One's own that are under way; null until any are known. */
  const watched = useRef<Set<string> | null>(null);

  const show = (id: string) => ({ label: 'Show', run: () => goTo(jobHref(id)) });
  // The page of an import says of its job what is told here.
  const isOnScreen = ({ bulk_job_id: id, import_id: importId }: BulkJob) =>
    here().startsWith(jobHref(id)) || (importId !== null && here().startsWith(`/imports/${importId}`));
  const takeBack = (job: BulkJob) =>
    undo
      .mutateAsync(job.bulk_job_id)
      .catch((thrown: unknown) =>
        toast({ tone: 'harm', message: failedMessage(jobTitle(job, agentName), 'was not undone', thrown) }),
      );
  const sayEnd = useEffectEvent(async (id: string) => {
    const job = await client.fetchQuery({ ...jobQuery(id), staleTime: 0 });
    if (job.ended_at === null) return void watched.current?.add(id);
    if (isOnScreen(job)) return;
    const how = job.state === 'done' ? '' : `${stateWords(job)}. `;
    toast({
      message: `${how}${outcomeWords(job)}`,
      tone: job.state === 'failed' ? 'harm' : 'plain',
      ...(isUndoable(job) && job.kind !== 'undo'
        ? { action: { label: 'Undo', run: () => void takeBack(job) }, other: show(id) }
        : { action: show(id) }),
      durationMs: END_MS,
    });
  });
  const sayStart = useEffectEvent((job: BulkJob) => {
    const id = job.bulk_job_id;
    if (watched.current?.has(id) === true && !isOnScreen(job))
      toast({ message: `${jobTitle(job, agentName)}: under way`, action: show(id) });
  });

  useEffect(() => {
    if (jobs === undefined) return;
    const own = jobs.filter(({ actor }) => actor.kind === 'operator' && actor.id === me.operator_id);
    const ids = new Set(own.map(({ bulk_job_id }) => bulk_job_id));
    const started = takeStarted();
    const before = watched.current ?? ids;
    watched.current = ids;
    for (const job of own)
      if (started.includes(job.bulk_job_id)) setTimeout(() => sayStart(job), WORTH_SAYING_MS);
    // What was started here may have ended before anything was watched.
    for (const id of new Set([...before, ...started])) if (!ids.has(id)) sayEnd(id).catch(() => undefined);
  }, [jobs, me.operator_id]);
  return null;
};
