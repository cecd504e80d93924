import { z } from 'zod';
import { scopeSchema } from './access.ts';
import { DEFAULT_KEY_DAYS } from './key-days.ts';
import { givenInstantSchema, idSchema, instantSchema, lineSchema } from './primitives.ts';

/** Every key begins with this, so that a leaked one is recognised by scanners. */
export const API_KEY_PREFIX = 'cbk_';

export const apiKeySchema = z.strictObject({
  api_key_id: idSchema,
  name: z.string(),
  hint: z.string().describe('The first characters of the key, to tell keys apart.'),
  scopes: z.array(scopeSchema),
  created_at: instantSchema,
  created_by: z
    .string()
    .nullable()
    .describe('The name of the operator who added it; null when it was added on the command line.'),
  owner: z
    .strictObject({ operator_id: idSchema, name: z.string() })
    .nullable()
    .describe(
      'The admin it belongs to: who added it or took it over. Null is nobody: added on the command line, or before keys had owners.',
    ),
  expires_at: instantSchema.nullable(),
  revoked_at: instantSchema.nullable(),
  last_used_at: instantSchema.nullable().describe('To within a minute.'),
});
export type ApiKey = z.infer<typeof apiKeySchema>;

export const apiKeyListSchema = z.strictObject({ api_keys: z.array(apiKeySchema) });

export const apiKeyCreateSchema = z.strictObject({
  name: lineSchema(80),
  scopes: z
    .array(scopeSchema)
    .min(1, 'Choose at least one scope.')
    .transform((chosen) => [...new Set(chosen)]),
  expires_at: givenInstantSchema
    .nullable()
    .optional()
    .describe(`When the key stops working; null for never. Absent: ${DEFAULT_KEY_DAYS} days from now.`),
});
export type ApiKeyCreate = z.infer<typeof apiKeyCreateSchema>;

/** What becomes of a key whose owner may no longer have one. */
export const apiKeyOutcomeSchema = z
  .enum(['take_over', 'end'])
  .describe('`take_over`: the key goes on and belongs to you. `end`: it is revoked at once.');
export type ApiKeyOutcome = z.infer<typeof apiKeyOutcomeSchema>;

/** The one answer that holds the key in clear. */
export const apiKeyCreatedSchema = z.strictObject({
  api_key: apiKeySchema,
  key: z.string().describe('Shown once, stored only as a hash.'),
});
