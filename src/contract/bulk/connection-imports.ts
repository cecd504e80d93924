import { z } from 'zod';
import { auditChangeSchema } from '#contract/audit-events.ts';
import { bulkRefusalSchema, reasonCodeSchema } from './plans.ts';
import {
  idSchema,
  instantSchema,
  nextPageTokenSchema,
  pageSizeSchema,
  pageTokenSchema,
} from '#contract/primitives.ts';

/*
 * The import of an account’s numbers: read there, compared, looked at, and only then run. Nothing is ever
 * written there.
 */

export const differentRules = ['keep_mine', 'take_theirs', 'leave'] as const;
export const newRules = ['add', 'leave'] as const;

export const connectionImportChoicesSchema = z.strictObject({
  different: z
    .enum(differentRules, `Choose ${differentRules.join(', ')}.`)
    .default('keep_mine')
    .describe(
      'Of numbers that are here with other values: `keep_mine` links them and changes none of their values, `take_theirs` takes the platform’s over, `leave` does nothing.',
    ),
  new: z
    .enum(newRules, `Choose ${newRules.join(' or ')}.`)
    .default('add')
    .describe('Of numbers that are not here.'),
  agents: z
    .enum(newRules, `Choose ${newRules.join(' or ')}.`)
    .default('add')
    .describe(
      'Of agents that are not here, when it is run. `add` needs `agents:write`; with `leave` numbers come without them.',
    ),
});
export type ConnectionImportChoices = z.infer<typeof connectionImportChoicesSchema>;

export const connectionImportRunSchema = z.strictObject({
  plan_id: z.string().describe('Of a preview of this connection that is `ready`.'),
});
export type ConnectionImportRun = z.infer<typeof connectionImportRunSchema>;

export const connectionImportFindings = ['new', 'same', 'different', 'elsewhere', 'unusable'] as const;
export type ConnectionImportFinding = (typeof connectionImportFindings)[number];
const findingSchema = z
  .enum(connectionImportFindings)
  .describe(
    '`new`: not here. `same`: here, and equal. `different`: here, with other values. `elsewhere`: linked here to another account or record. `unusable`: cannot be kept here; `message` says why.',
  );

const count = z.number().int().min(0);

/** What an import would do. While it is read and judged, the counts grow. */
export const connectionImportSchema = z.strictObject({
  plan_id: idSchema,
  connection_id: idSchema,
  created_at: instantSchema,
  expires_at: instantSchema.describe('It can be run until then; then its credentials are erased.'),
  state: z
    .enum(['reading', 'judging', 'ready', 'failed'])
    .describe('Only one that is `ready` can be run. `failed`: the account could not be read to its end.'),
  reason: z.string().nullable().describe('Of one that failed: why, in one word; else null.'),
  message: z.string().nullable().describe('Of one that failed: why, in plain words, and what to do.'),
  choices: connectionImportChoicesSchema.describe('As it was asked for.'),
  progress: z.strictObject({
    agents_read: count,
    numbers_read: count,
    numbers_judged: count,
  }),
  counts: z.strictObject({
    total: count.describe('How many numbers the account has.'),
    new: count,
    same: count,
    different: count,
    elsewhere: count,
    unusable: count,
    to_add: count.describe('Would be added.'),
    to_change: count.describe('Would take the platform’s values.'),
    to_link: count.describe('Would be linked, and keep their values.'),
  }),
  agents: z.strictObject({
    total: count.describe('How many agents the account has.'),
    linked: count.describe('Are here, by the id they have there.'),
    named: count.describe('Are here by their name alone; they are given that id.'),
    new: count.describe('Are not here.'),
  }),
  agents_to_add: z
    .array(z.string())
    .describe('What agents are called that are added when it is run, at most 100 of them.'),
  refusals: z.array(bulkRefusalSchema).describe('Why numbers are unusable, the most frequent first.'),
  bulk_job_id: idSchema.nullable().describe('The job that runs it, or ran it; null until it is run.'),
});
export type ConnectionImport = z.infer<typeof connectionImportSchema>;

export const connectionImportRowsQuerySchema = z.strictObject({
  page_size: pageSizeSchema,
  page_token: pageTokenSchema.optional(),
  outcome: z.enum(connectionImportFindings).optional(),
  code: reasonCodeSchema.optional().describe('Of those with a reason: those of this code.'),
});

export const connectionImportRowSchema = z.strictObject({
  upstream_id: z.string().nullable().describe('The id it has there; null where it cannot be read.'),
  phone_number: z.string().nullable().describe('E.164; null where none can be read.'),
  phone_number_id: idSchema.nullable().describe('Null where it is not here.'),
  provider: z.string().nullable(),
  friendly_name: z.string().nullable().describe('What it is called there.'),
  outcome: findingSchema,
  becomes: z
    .enum(['added', 'changed', 'linked', 'left'])
    .describe('What the run makes of it: `changed` takes the platform’s values, `left` does nothing.'),
  differences: z
    .record(z.string(), auditChangeSchema)
    .describe('By field: `before` as it is here, `after` as it is there. Of one that is new, what it has.'),
  code: z.string().nullable().describe('Why it is left alone, in one word; else null.'),
  message: z.string().nullable(),
});
export type ConnectionImportRow = z.infer<typeof connectionImportRowSchema>;

export const connectionImportRowListSchema = z.strictObject({
  rows: z.array(connectionImportRowSchema).describe('In the order of the account; those that are judged.'),
  next_page_token: nextPageTokenSchema,
});
export type ConnectionImportRowList = z.infer<typeof connectionImportRowListSchema>;
