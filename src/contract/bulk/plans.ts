import { z } from 'zod';
import { auditChangeSchema } from '#contract/audit-events.ts';
import { credentialNameSchema } from '#contract/numbers/field-values.ts';
import {
  idSchema,
  instantSchema,
  nextPageTokenSchema,
  pageSizeSchema,
  pageTokenSchema,
} from '#contract/primitives.ts';
import { bulkActs } from './change.ts';

/** What a job does: `patch` sets fields; the others are the acts of their names. */
export const jobKinds = ['patch', ...bulkActs, 'import', 'connection_import', 'undo'] as const;
export type JobKind = (typeof jobKinds)[number];

/** How long a plan can be run, in minutes. */
export const PLAN_MINUTES = 60;
/** So many plans that were not run one actor has; one more drops the oldest. */
export const MAX_OPEN_PLANS = 3;

const count = z.number().int().min(0);

/** What is done, as far as words need it: no value, and no secret. */
export const changeFacts = {
  kind: z.enum(jobKinds).describe('`patch` sets fields; the others are the acts of their names.'),
  fields: z.array(z.string()).describe('With `patch`: the fields that it names; else empty.'),
  replace_agent: z
    .strictObject({ from: idSchema, to: idSchema })
    .nullable()
    .describe('With `replace_agent`: the agents’ ids; else null.'),
  credential: credentialNameSchema.nullable().describe('With `rotate`: which credential; else null.'),
};

/** As codes are spelled. */
export const reasonCodeSchema = z.string().regex(/^[a-z0-9_]{1,100}$/, 'Write a code, as in not_found.');

export const bulkRefusalSchema = z.strictObject({
  code: z.string().describe('A problem code, or the name of the broken rule.'),
  message: z.string().describe('What to do about it.'),
  count: count.min(1).describe('How many numbers are refused so.'),
});
export type BulkRefusal = z.infer<typeof bulkRefusalSchema>;

export const bulkExampleSchema = z.strictObject({
  phone_number_id: idSchema.nullable().describe('Null of one that is to be added.'),
  phone_number: z.string().describe('E.164.'),
  friendly_name: z.string().nullable().describe('What it is called today; null where it has no name.'),
  changes: z.record(z.string(), auditChangeSchema).describe('By field, before and after, as in the history.'),
});
export type BulkExample = z.infer<typeof bulkExampleSchema>;

/** In how many numbers an agent is replaced, by each place where one may name it. */
const replacedInSchema = z.strictObject({
  inbound_agent_id: count,
  outbound_agent_id: count,
  rules: count.describe('In the rules of its routing, splits among them.'),
  fallback: count.describe('As the fallback of its routing.'),
  temporary_reassignment: count.describe('As a stand-in.'),
});
export const replacePlaces = replacedInSchema.keyof().options;
export type ReplacedIn = z.infer<typeof replacedInSchema>;

/** What a change would do. While it is judged, the counts grow up to `total`. */
export const bulkPlanSchema = z.strictObject({
  plan_id: idSchema,
  created_at: instantSchema,
  expires_at: instantSchema.describe('It can be run until then.'),
  state: z.enum(['judging', 'ready']).describe('Only a plan that is `ready` can be run.'),
  ...changeFacts,
  counts: z.strictObject({
    total: count.describe('How many numbers are selected; 0 where nothing matches.'),
    changed: count.describe('Would change.'),
    unchanged: count.describe('Are so already.'),
    refused: count.describe('Cannot change.'),
  }),
  replaced_in: replacedInSchema
    .nullable()
    .describe(
      'With `replace_agent`: in how many of the numbers that would change the agent is replaced in each place; one number may count in several. Else null.',
    ),
  refusals: z.array(bulkRefusalSchema).describe('Why numbers cannot change, the most frequent first.'),
  examples: z.array(bulkExampleSchema).describe('A few of the numbers that would change.'),
});
export type BulkPlan = z.infer<typeof bulkPlanSchema>;

/** A number of a plan or job. An outcome that needs no words has neither code nor message. */
const rowOf = <const O extends readonly [string, ...string[]]>(outcomes: O) =>
  z.strictObject({
    phone_number_id: idSchema.nullable().describe('Null of a row that is no number yet.'),
    phone_number: z.string().describe('E.164; empty where none is known.'),
    friendly_name: z.string().nullable().describe('What it is called today; null where it has no name.'),
    outcome: z.enum(outcomes),
    code: z
      .string()
      .nullable()
      .describe('Why it was refused, is in conflict, or was not put back whole; else null.'),
    message: z.string().nullable(),
    line: z
      .number()
      .int()
      .min(1)
      .nullable()
      .describe('Of an import: where the row begins in the file, counted from 1; else null.'),
    written: z
      .string()
      .nullable()
      .describe(
        'Of a row of an import without a number: what stands there in its place, where that is digits; else null.',
      ),
  });

/** `created` and `skipped` are an import's. */
export const planOutcomes = ['created', 'changed', 'unchanged', 'skipped', 'refused'] as const;
export type PlanOutcome = (typeof planOutcomes)[number];
export const jobOutcomes = [...planOutcomes, 'conflict'] as const;
export type JobOutcome = (typeof jobOutcomes)[number];
/** As rows tell it: `pending` was added or changed here, and is not on its platform as it is here. */
export const rowOutcomes = [...jobOutcomes, 'pending'] as const;
export type RowOutcome = (typeof rowOutcomes)[number];

const paging = { page_size: pageSizeSchema, page_token: pageTokenSchema.optional() };

export const bulkPlanRowsQuerySchema = z.strictObject({
  ...paging,
  outcome: z.enum(planOutcomes).optional(),
  code: reasonCodeSchema.optional().describe('Of the refused: those of this code.'),
});
export const bulkPlanRowListSchema = z.strictObject({
  rows: z.array(rowOf(planOutcomes)),
  next_page_token: nextPageTokenSchema,
});
export type BulkPlanRowList = z.infer<typeof bulkPlanRowListSchema>;

export const bulkJobRowsQuerySchema = z.strictObject({ ...paging, outcome: z.enum(rowOutcomes).optional() });
export const bulkJobRowListSchema = z.strictObject({
  rows: z.array(rowOf(rowOutcomes)).describe('Of the numbers that are done.'),
  next_page_token: nextPageTokenSchema,
});
export type BulkJobRowList = z.infer<typeof bulkJobRowListSchema>;
