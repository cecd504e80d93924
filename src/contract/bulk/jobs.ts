import { z } from 'zod';
import { actorSchema } from '#contract/audit-events.ts';
import {
  idSchema,
  instantSchema,
  nextPageTokenSchema,
  pageSizeSchema,
  pageTokenSchema,
} from '#contract/primitives.ts';
import { storedFilterSchema } from '#contract/numbers/list/number-filter.ts';
import { bulkExampleSchema, changeFacts } from './plans.ts';

/** How long what became of each number is kept, in days. */
export const OUTCOME_DAYS = 30;

export const bulkJobStates = ['queued', 'running', 'done', 'cancelled', 'failed'] as const;
export type BulkJobState = (typeof bulkJobStates)[number];
/** The states in which a job goes on by itself. */
export const isUnderWay = (state: BulkJobState) => state === 'queued' || state === 'running';

/** So many jobs that have not ended one actor has. */
export const MAX_OPEN_JOBS = 20;

const count = z.number().int().min(0);

export const fileNameSchema = z
  .string()
  .nullable()
  .describe(
    'Of an import: what its file is called, where that was said; of one from a connection, what that was called. Else null.',
  );

/** What a job does, what it sets and by which file, so that jobs of one kind can be told apart. */
const jobFacts = {
  ...changeFacts,
  sets: z
    .record(z.string(), z.unknown())
    .describe(
      'With `patch`: what its fields are set to, as it was asked: null clears, `labels` may be `{add, remove}`, and a credential is its mask. Long values, as of routing, are left out, and all where no number could take them. Else empty.',
    ),
  file_name: fileNameSchema,
};
const jobFactsSchema = z.strictObject(jobFacts);
export type JobFacts = z.infer<typeof jobFactsSchema>;

const jobCountsSchema = z.strictObject({
  total: count.describe('How many numbers it is over.'),
  done: count.describe('How many of them have an outcome.'),
  created: count.describe('Of an import; else 0.'),
  changed: count,
  unchanged: count,
  skipped: count.describe('Of an import: left alone because they were there; else 0.'),
  refused: count,
  conflict: count.describe('Changed by somebody else since the plan, and left alone.'),
  pending: count
    .optional()
    .describe(
      'Of one job, read by itself: of those added or changed, how many are not on their platform as they are here by now.',
    ),
});

export const bulkJobSchema = z.strictObject({
  bulk_job_id: idSchema,
  state: z.enum(bulkJobStates),
  ...jobFacts,
  actor: actorSchema.describe('Who started it.'),
  created_at: instantSchema,
  started_at: instantSchema.nullable().describe('When its first number was taken up; null until then.'),
  ended_at: instantSchema.nullable().describe('When it was done, cancelled or failed; null until then.'),
  counts: jobCountsSchema,
  planned: count.describe(
    'How many of them were to be added or changed; the others were done with from the start.',
  ),
  cancel_reason: z
    .enum(['asked', 'actor_lost', 'restored'])
    .nullable()
    .describe(
      'Why it was cancelled: somebody asked; who started it may no longer do so; or the database was restored from a backup. Else null.',
    ),
  undoes: idSchema.nullable().describe('Of an undo: the job that it takes back; else null.'),
  undone: jobFactsSchema.nullable().describe('Of an undo: what the job that it takes back did; else null.'),
  undone_by: idSchema.nullable().describe('The job that takes this one back; null where none does.'),
  import_id: idSchema.nullable().describe('Of an import: which; else null.'),
});
export type BulkJob = z.infer<typeof bulkJobSchema>;

/** One job, read by itself. */
export const bulkJobDetailSchema = z.strictObject({
  ...bulkJobSchema.shape,
  examples: z
    .array(bulkExampleSchema)
    .describe(
      'A few of its numbers, with what was to change, as the plan showed them, without those of which something else became.',
    ),
  filter: storedFilterSchema
    .nullable()
    .describe(
      'The filter by which its numbers were selected; null where there was none, and where it names a credential’s fingerprint.',
    ),
});
export type BulkJobDetail = z.infer<typeof bulkJobDetailSchema>;

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
