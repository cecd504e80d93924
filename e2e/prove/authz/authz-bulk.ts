import type { EndpointKey } from '#contract/api.ts';
import type { BulkJob } from '#contract/bulk/jobs.ts';
import type { BulkPlan } from '#contract/bulk/plans.ts';
import { addNumber, type Caller } from '../../http.ts';
import type { PreparedCall } from './authz-calls.ts';

const planBody = async (stagehand: Caller) => ({
  select: { ids: [(await addNumber(stagehand, 'pia'))._id] },
  change: { notes: 'Authz' },
});

const plan = async (stagehand: Caller): Promise<BulkPlan> =>
  stagehand.send('POST', '/v1/bulk-jobs?dry_run=true', await planBody(stagehand));

const endedJobs = new WeakMap<Caller, Promise<string>>();

const endJob = async (stagehand: Caller): Promise<string> => {
  const { plan_id } = await plan(stagehand);
  let job = await stagehand.send<BulkJob>('POST', '/v1/bulk-jobs', { plan_id });
  while (job.ended_at === null) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    job = await stagehand.get<BulkJob>(`/v1/bulk-jobs/${job.bulk_job_id}`);
  }
  return job.bulk_job_id;
};

/** One for all: a job that has ended is read, cancelled and undone any number of times alike. */
const endedJob = (stagehand: Caller): Promise<string> => {
  const job = endedJobs.get(stagehand) ?? endJob(stagehand);
  endedJobs.set(stagehand, job);
  return job;
};

/** Of each endpoint of bulk changes, a call that would succeed; undefined of every other. */
export const prepareBulkCall = async (
  key: EndpointKey,
  stagehand: Caller,
): Promise<PreparedCall | undefined> => {
  switch (key) {
    case 'POST /v1/bulk-jobs':
      return { search: '?dry_run=true', body: await planBody(stagehand) };
    // A plan is its maker's alone: whoever else may have one is told that this is none of theirs.
    case 'GET /v1/bulk-plans/{plan_id}':
    case 'GET /v1/bulk-plans/{plan_id}/rows':
      return { id: (await plan(stagehand)).plan_id };
    case 'GET /v1/bulk-jobs/{bulk_job_id}':
    case 'GET /v1/bulk-jobs/{bulk_job_id}/rows':
    case 'POST /v1/bulk-jobs/{bulk_job_id}/cancel':
    case 'POST /v1/bulk-jobs/{bulk_job_id}/undo':
      return { id: await endedJob(stagehand) };
    default:
      return undefined;
  }
};
