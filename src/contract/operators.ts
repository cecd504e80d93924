import { z } from 'zod';
import { roleSchema } from './access.ts';
import { apiKeyOutcomeSchema } from './api-keys.ts';
import { idSchema, instantSchema } from './primitives.ts';
import { emailSchema, newPasswordSchema, operatorNameSchema } from './sessions.ts';

export const operatorSchema = z.strictObject({
  operator_id: idSchema,
  name: z.string(),
  email: z.string(),
  role: roleSchema,
  is_disabled: z.boolean().describe('A disabled operator cannot sign in; their sessions have ended.'),
  created_at: instantSchema,
});
export type Operator = z.infer<typeof operatorSchema>;

export const operatorListSchema = z.strictObject({ operators: z.array(operatorSchema) });

export const operatorCreateSchema = z.strictObject({
  name: operatorNameSchema,
  email: emailSchema,
  role: roleSchema,
  password: newPasswordSchema,
});
export type OperatorCreate = z.infer<typeof operatorCreateSchema>;

/**
 * Absent is unchanged. The last enabled admin can be neither disabled nor given a lesser role. Whoever is no
 * enabled admin owns no live API key: a change that makes one so must answer for each.
 */
export const operatorUpdateSchema = z.strictObject({
  name: operatorNameSchema.optional(),
  role: roleSchema.optional(),
  is_disabled: z.boolean().optional(),
  api_keys: z
    .record(idSchema, apiKeyOutcomeSchema)
    .optional()
    .describe(
      'By id, what becomes of their API keys. Needed for each live one when they are disabled or are no longer to be an admin.',
    ),
});
export type OperatorUpdate = z.infer<typeof operatorUpdateSchema>;
