import { z } from 'zod';
import { connectionRoleSchema } from './connections.ts';
import {
  idSchema,
  instantSchema,
  nextPageTokenSchema,
  pageSizeSchema,
  pageTokenSchema,
} from '#contract/primitives.ts';

/*
 * Links: what a number is on a platform, and whether what is saved here is there, too.
 */

export const linkStates = [
  'synced',
  'pending',
  'retrying',
  'refused',
  'conflict',
  'drift',
  'held',
  'gone',
] as const;
export const linkStateSchema = z
  .enum(linkStates)
  .describe(
    '`synced`: when it was last read there, it was as here. `pending`: waits to be sent. `retrying`: was tried, and is tried again. `refused`: is not taken there, and waits for somebody. `conflict`: changed here and there. `drift`: changed there alone. `held`: a credential is missing here, so nothing is sent. `gone`: the platform does not have the number any more.',
  );
export type LinkState = z.infer<typeof linkStateSchema>;

export const linkSchema = z.strictObject({
  role: connectionRoleSchema,
  connection_id: idSchema,
  state: linkStateSchema,
  reason: z.string().nullable().describe('Why it is so, in one word; null where it is `synced`.'),
  message: z.string().nullable().describe('Why it is so, in plain words, and what to do.'),
  since: instantSchema.describe('When it came to be so.'),
  seen_at: instantSchema.nullable().describe('When the platform’s record was last read; null: never yet.'),
  next_try_at: instantSchema
    .nullable()
    .describe('When it is sent at the earliest; null where nothing waits.'),
});
/** What a number is on a platform. No part of its version, or of its ETag. */
export type Link = z.infer<typeof linkSchema>;

export const linksSchema = z
  .array(linkSchema)
  .describe(
    'The accounts elsewhere that the number is in, one of a role at most, and whether what is saved is there. May be sent back, whatever the states became meanwhile.',
  );

export const linkCreateSchema = z.strictObject({
  role: connectionRoleSchema,
  connection_id: z.string().describe('The connection in whose account the number is, or is to be.'),
});
export type LinkCreate = z.infer<typeof linkCreateSchema>;

/** What an account is no more to a number. */
export const unlinkSchema = z.strictObject({ role: connectionRoleSchema });

/** A value of a field: of a credential the mask where it is set. */
const valueSchema = z.string().nullable();

export const linkFieldSchema = z.strictObject({
  field: z.string(),
  is_secret: z.boolean(),
  mine: valueSchema.describe('As it is here; of an agent, the id it has there.'),
  theirs: valueSchema.describe('As it was when the platform was last read.'),
  seen: valueSchema.describe('As both last had it.'),
  mine_agent_id: z.string().nullable().optional().describe('Of an agent: which it is here.'),
  theirs_agent_id: z
    .string()
    .nullable()
    .optional()
    .describe('Of an agent: which one here has that id there; null: none.'),
  is_withheld: z.boolean().describe('The platform does not say it, so that it cannot be compared.'),
  state: z
    .enum(['same', 'mine', 'theirs', 'both'])
    .describe('Who changed it since both had the same: nobody, here, there, or both.'),
});
export type LinkField = z.infer<typeof linkFieldSchema>;

export const beforeImageSchema = z.strictObject({
  before_image_id: idSchema,
  taken_at: instantSchema,
});

export const linkDetailSchema = z.strictObject({
  ...linkSchema.shape,
  phone_number_id: idSchema,
  upstream_id: z.string().nullable().describe('The id it has there; null until it is there.'),
  fields: z.array(linkFieldSchema).describe('All that goes there.'),
  fields_not_sent: z.array(z.string()).describe('What of the number stays here.'),
  before_images: z
    .array(beforeImageSchema)
    .describe('The platform’s record before each of the last five writes, newest first.'),
  expected_at: instantSchema
    .nullable()
    .describe(
      'When what waits is expected to be there, by how much waits before it; null where nothing does.',
    ),
});
export type LinkDetail = z.infer<typeof linkDetailSchema>;

/** Which fields; all that differ where it is left out. */
export const linkFieldsSchema = z.strictObject({ fields: z.array(z.string()).max(20).optional() });
export type LinkFields = z.infer<typeof linkFieldsSchema>;

export const beforeImageRestoreSchema = z.strictObject({
  before_image_id: idSchema.optional().describe('The newest where it is left out.'),
});

export const pageQuerySchema = z.strictObject({
  page_size: pageSizeSchema,
  page_token: pageTokenSchema.optional(),
  connection_id: idSchema.optional().describe('Of this connection alone.'),
});
export type LinkPageQuery = z.infer<typeof pageQuerySchema>;

const waitingNumber = {
  phone_number_id: idSchema,
  phone_number: z.string(),
  role: connectionRoleSchema,
  connection_id: idSchema,
  state: linkStateSchema,
  reason: z.string().nullable(),
  message: z.string().nullable(),
  since: instantSchema,
};

export const pendingChangeSchema = z.strictObject({
  ...waitingNumber,
  act: z.enum(['push', 'create', 'delete']).describe('What is to be done there.'),
  fields: z.array(z.string()).describe('The fields that changed here; never their values.'),
  attempt: z.number().int().min(0).describe('How often it was tried in vain.'),
  next_try_at: instantSchema.nullable().describe('Null where it waits for somebody.'),
  by: z.string().describe('The name of who changed it last.'),
});
export type PendingChange = z.infer<typeof pendingChangeSchema>;

export const pendingChangeListSchema = z.strictObject({
  pending_changes: z.array(pendingChangeSchema),
  total_count: z.number().int().min(0),
  next_page_token: nextPageTokenSchema,
});
export type PendingChangeList = z.infer<typeof pendingChangeListSchema>;

export const driftSchema = z.strictObject({ ...waitingNumber, fields: z.array(linkFieldSchema) });
export const driftListSchema = z.strictObject({
  drift: z.array(driftSchema).describe('Numbers that differ there: `drift`, `conflict`, `held` or `gone`.'),
  total_count: z.number().int().min(0),
  next_page_token: nextPageTokenSchema,
});
export type DriftList = z.infer<typeof driftListSchema>;
