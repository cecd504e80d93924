import { z } from 'zod';
import { actorSchema } from '#contract/audit-events.ts';
import {
  idSchema,
  instantSchema,
  nextPageTokenSchema,
  pageSizeSchema,
  pageTokenSchema,
} from '#contract/primitives.ts';
import { changeFacts } from './plans.ts';

/** How long what became of each number is kept, in days. */
export const OUTCOME_DAYS = 30;

export const bulkJobStates = ['queued', 'running', 'done', 'cancelled', 'failed'] as const;
export type BulkJobState = (typeof bulkJobStates)[number];
/** The states in which a job goes on by itself. */
export const isUnderWay = (state: BulkJobState) => state === 'queued' || state === 'running';

const count = z.number().int().min(0);

export const fileNameSchema = z
  .string()
  .nullable()
  .describe('Of an import: what its file is called, where that was said; else null.');

export const bulkJobSchema = z.strictObject({
  bulk_job_id: idSchema,
  state: z.enum(bulkJobStates),
  ...changeFacts,
  actor: actorSchema.describe('Who started it.'),
  created_at: instantSchema,
  started_at: instantSchema.nullable().describe('When its first number was taken up; null until then.'),
  ended_at: instantSchema.nullable().describe('When it was done, cancelled or failed; null until then.'),
  counts: z.strictObject({
    total: count.describe('How many numbers it is over.'),
    done: count.describe('How many of them have an outcome.'),
    created: count.describe('Of an import; else 0.'),
    changed: count,
    unchanged: count,
    skipped: count.describe('Of an import: left alone because they were there; else 0.'),
    refused: count,
    conflict: count.describe('Changed by somebody else since the plan, and left alone.'),
  }),
  cancel_reason: z
    .enum(['asked', 'actor_lost', 'restored'])
    .nullable()
    .describe(
      'Why it was cancelled: somebody asked; who started it may no longer do so; or the database was restored from a backup. Else null.',
    ),
  undoes: idSchema.nullable().describe('Of an undo: the job that it takes back; else null.'),
  undone_by: idSchema.nullable().describe('The job that takes this one back; null where none does.'),
  import_id: idSchema.nullable().describe('Of an import: which; else null.'),
  file_name: fileNameSchema,
});
export type BulkJob = z.infer<typeof bulkJobSchema>;

export const bulkJobListQuerySchema = z.strictObject({
  page_size: pageSizeSchema,
  page_token: pageTokenSchema.optional(),
  state: z.enum(bulkJobStates).optional(),
});
/** Newest first. */
export const bulkJobListSchema = z.strictObject({
  bulk_jobs: z.array(bulkJobSchema),
  next_page_token: nextPageTokenSchema,
});
export type BulkJobList = z.infer<typeof bulkJobListSchema>;
