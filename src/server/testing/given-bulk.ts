import { expect } from 'vitest';
import { bulkJobDetailSchema, bulkJobSchema, type BulkJob, type BulkJobDetail } from '#contract/bulk/jobs.ts';
import {
  bulkJobRowListSchema,
  bulkPlanSchema,
  type BulkJobRowList,
  type BulkPlan,
} from '#contract/bulk/plans.ts';
import type { Caller } from './test-app.ts';

// What the tests of bulk changes begin with. Every answer is read by the contract's own schema.

/** Plans a change, or a job again; few enough numbers that it is judged with the answer. */
export const plan = async (as: Caller, body: object): Promise<BulkPlan> => {
  const answer = await as.request('POST', '/v1/bulk-jobs?dry_run=true', { body });
  expect(answer).toMatchObject({ status: 201, body: { state: 'ready' } });
  return bulkPlanSchema.parse(answer.body);
};

export const readJob = async (as: Caller, id: string): Promise<BulkJobDetail> =>
  bulkJobDetailSchema.parse((await as.request('GET', `/v1/bulk-jobs/${id}`)).body);

export const whenEnded = async (as: Caller, id: string): Promise<BulkJobDetail> => {
  await expect.poll(async () => (await readJob(as, id)).ended_at, { timeout: 10_000 }).not.toBeNull();
  return readJob(as, id);
};

/** Runs a plan, and waits until its job has ended. */
export const run = async (as: Caller, { plan_id }: BulkPlan): Promise<BulkJobDetail> => {
  const answer = await as.request('POST', '/v1/bulk-jobs', { body: { plan_id } });
  expect(answer).toMatchObject({ status: 202 });
  return whenEnded(as, bulkJobSchema.parse(answer.body).bulk_job_id);
};

/** Takes a job back, and waits until that has ended. */
export const undo = async (as: Caller, { bulk_job_id: id }: BulkJob): Promise<BulkJobDetail> => {
  const answer = await as.request('POST', `/v1/bulk-jobs/${id}/undo`);
  expect(answer).toMatchObject({ status: 202, body: { kind: 'undo', undoes: id } });
  return whenEnded(as, bulkJobSchema.parse(answer.body).bulk_job_id);
};

export const rowsOfJob = async (
  as: Caller,
  { bulk_job_id: id }: BulkJob,
  outcome = '',
): Promise<BulkJobRowList['rows']> =>
  bulkJobRowListSchema.parse(
    (await as.request('GET', `/v1/bulk-jobs/${id}/rows${outcome && `?outcome=${outcome}`}`)).body,
  ).rows;
