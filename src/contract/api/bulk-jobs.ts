import { z } from 'zod';
import {
  bulkJobDetailSchema,
  bulkJobListQuerySchema,
  bulkJobListSchema,
  bulkJobSchema,
} from '#contract/bulk/jobs.ts';
import {
  bulkJobRowListSchema,
  bulkJobRowsQuerySchema,
  bulkPlanRowListSchema,
  bulkPlanRowsQuerySchema,
  bulkPlanSchema,
} from '#contract/bulk/plans.ts';
import { bulkRequestQuerySchema, bulkRequestSchema } from '#contract/bulk/request.ts';
import { bodyLimits } from '#contract/body-limits.ts';
import { endpoint } from '#contract/endpoint.ts';
import { idSchema } from '#contract/primitives.ts';

const reading = { role: 'viewer', scope: 'numbers:read' } as const;
const changing = { role: 'operator', scope: 'numbers:write' } as const;

const planParams = z.strictObject({ plan_id: idSchema });
const jobParams = z.strictObject({ bulk_job_id: idSchema });

export const bulkJobsApi = {
  'POST /v1/bulk-jobs': endpoint({
    summary: 'Plan a change of many numbers (201, with dry_run=true), or run a plan (202)',
    tag: 'Bulk changes',
    access: changing,
    query: bulkRequestQuerySchema,
    body: bulkRequestSchema,
    maxBodyBytes: bodyLimits.phoneNumber,
    status: 202,
    output: bulkJobSchema,
    also: { status: 201, output: bulkPlanSchema, is: (answer) => 'plan_id' in answer },
    errors: ['plan_not_ready', 'plan_expired', 'job_not_retryable', 'too_many_jobs', 'too_many_requests'],
    idempotent: true,
  }),
  'GET /v1/bulk-plans/{plan_id}': endpoint({
    summary: 'Read a plan of your own',
    tag: 'Bulk changes',
    access: changing,
    params: planParams,
    status: 200,
    output: bulkPlanSchema,
    errors: ['plan_expired'],
  }),
  'GET /v1/bulk-plans/{plan_id}/rows': endpoint({
    summary: 'List the numbers of a plan, and what it would do to each',
    tag: 'Bulk changes',
    access: changing,
    params: planParams,
    query: bulkPlanRowsQuerySchema,
    status: 200,
    output: bulkPlanRowListSchema,
    errors: ['plan_expired', 'invalid_page_token'],
  }),
  'GET /v1/bulk-jobs': endpoint({
    summary: 'List bulk jobs, newest first',
    tag: 'Bulk changes',
    access: reading,
    query: bulkJobListQuerySchema,
    status: 200,
    output: bulkJobListSchema,
    errors: ['invalid_page_token'],
  }),
  'GET /v1/bulk-jobs/{bulk_job_id}': endpoint({
    summary: 'Read a bulk job, with examples of what it changed',
    tag: 'Bulk changes',
    access: reading,
    params: jobParams,
    status: 200,
    output: bulkJobDetailSchema,
  }),
  'GET /v1/bulk-jobs/{bulk_job_id}/rows': endpoint({
    summary: 'List the numbers of a bulk job, and what became of each',
    tag: 'Bulk changes',
    access: reading,
    params: jobParams,
    query: bulkJobRowsQuerySchema,
    status: 200,
    output: bulkJobRowListSchema,
    errors: ['invalid_page_token'],
  }),
  'POST /v1/bulk-jobs/{bulk_job_id}/undo': endpoint({
    summary: 'Take back what an ended job did, field by field, as a second job',
    tag: 'Bulk changes',
    access: changing,
    params: jobParams,
    status: 202,
    output: bulkJobSchema,
    errors: ['job_not_undoable', 'too_many_jobs'],
  }),
  'POST /v1/bulk-jobs/{bulk_job_id}/cancel': endpoint({
    summary: 'Cancel what a bulk job has not done yet; one that has ended stays as it is',
    tag: 'Bulk changes',
    access: changing,
    params: jobParams,
    status: 200,
    output: bulkJobSchema,
  }),
};
