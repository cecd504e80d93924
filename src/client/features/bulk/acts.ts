import { useMutation, type QueryClient } from '@tanstack/react-query';
import type { BulkJob } from '#contract/bulk/jobs.ts';
import type { BulkPlan } from '#contract/bulk/plans.ts';
import { call } from '#client/api/call.ts';
import { jobQuery, jobsKey, underWayQuery } from './queries.ts';
import type { ChangeToMake, Select } from './questions.ts';
import { noteStarted } from './started-here.ts';

export interface PlanRequest {
  select?: Select;
  change?: ChangeToMake;
  /** The job that is tried again. */
  retry?: string;
}

/**
 * Has a plan made; nothing is changed. Answers within some seconds, judged or not. No mutation of the cache:
 * what is asked may hold a credential, and the cache keeps what it was asked.
 */
export const makePlan = async (body: PlanRequest, signal: AbortSignal): Promise<BulkPlan> => {
  const answer = await call('POST /v1/bulk-jobs', { query: { dry_run: 'true' }, body, signal });
  if (!('plan_id' in answer)) throw new Error('A plan was asked for, and a job was answered');
  return answer;
};

export const readPlan = (plan_id: string, signal: AbortSignal): Promise<BulkPlan> =>
  call('GET /v1/bulk-plans/{plan_id}', { params: { plan_id }, signal });

/** A job that was started or taken back here is known at once, wherever jobs are shown. */
const putJob = (client: QueryClient, job: BulkJob) => {
  client.setQueryData(jobQuery(job.bulk_job_id).queryKey, (known) => known && { ...known, ...job });
  client.setQueryData(underWayQuery.queryKey, (jobs) =>
    job.ended_at === null
      ? [...(jobs ?? []).filter(({ bulk_job_id }) => bulk_job_id !== job.bulk_job_id), job]
      : jobs,
  );
  // Its end may have been told before this answer was here.
  return client.invalidateQueries({ queryKey: jobsKey });
};

const putStarted = (job: BulkJob, _: unknown, __: unknown, { client }: { client: QueryClient }) => {
  noteStarted(job.bulk_job_id);
  void putJob(client, job);
};

/** Runs a plan. Asked again, as after an answer that was lost, it is the same job. */
export const useRunPlan = () =>
  useMutation({
    mutationFn: async (plan_id: string): Promise<BulkJob> => {
      const answer = await call('POST /v1/bulk-jobs', { body: { plan_id } });
      if (!('bulk_job_id' in answer)) throw new Error('A job was asked for, and a plan was answered');
      return answer;
    },
    onSuccess: putStarted,
  });

export const useCancelJob = () =>
  useMutation({
    mutationFn: (bulk_job_id: string) =>
      call('POST /v1/bulk-jobs/{bulk_job_id}/cancel', { params: { bulk_job_id } }),
    onSuccess: (job, _, __, { client }) => void putJob(client, job),
  });

/** Takes back what a job did; answers the job that does so. */
export const useUndoJob = () =>
  useMutation({
    mutationFn: (bulk_job_id: string) =>
      call('POST /v1/bulk-jobs/{bulk_job_id}/undo', { params: { bulk_job_id } }),
    onSuccess: putStarted,
  });
