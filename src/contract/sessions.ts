import { z } from 'zod';
import { roleSchema, scopeSchema } from './access.ts';
import { columnsSchema } from './numbers/list/chosen-columns.ts';
import { idSchema, instantSchema, lineSchema } from './primitives.ts';

/** How long a sign-in counts as fresh, in minutes. */
export const FRESH_MINUTES = 10;

export const emailSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .pipe(z.email('Write an e-mail address, as in name@company.example.'))
  .describe('The address an operator signs in with, without regard to case.');

export const newPasswordSchema = z
  .string()
  .min(12, 'Choose a password of at least 12 characters.')
  .max(256, 'Choose a password of at most 256 characters.')
  .describe('A password, 12 to 256 characters.');

const givenPasswordSchema = z.string().min(1, 'Write your password.').max(256);

export const operatorNameSchema = lineSchema(80);

export const signInSchema = z.strictObject({ email: emailSchema, password: givenPasswordSchema });
export type SignIn = z.infer<typeof signInSchema>;

export const setUpSchema = z.strictObject({
  token: z.string().min(1).max(200).describe('From the one-time link the server printed.'),
  name: operatorNameSchema,
  email: emailSchema,
  password: newPasswordSchema,
});
export type SetUp = z.infer<typeof setUpSchema>;
export const setUpStateSchema = z.strictObject({
  needed: z.boolean().describe('True until the first admin exists.'),
});

export const confirmPasswordSchema = z.strictObject({ password: givenPasswordSchema });
export const freshUntilSchema = z.strictObject({ fresh_until: instantSchema });

export const passwordChangeSchema = z.strictObject({
  current_password: givenPasswordSchema,
  new_password: newPasswordSchema,
});
export type PasswordChange = z.infer<typeof passwordChangeSchema>;

/** How the list of numbers looks to an operator, wherever they sign in. */
const listPreferences = {
  list_columns: columnsSchema
    .nullable()
    .describe('The columns of the list of numbers in their order; null: the usual ones.'),
  compact_rows: z.boolean().describe('Rows are 32 pixels high, and not 40.'),
};

export const meSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('operator'),
    operator_id: idSchema,
    name: z.string(),
    email: z.string(),
    role: roleSchema,
    session_id: idSchema,
    fresh_until: instantSchema.describe(
      'Until when whatever needs a fresh sign-in is allowed without the password; may be in the past.',
    ),
    ...listPreferences,
  }),
  z.strictObject({
    kind: z.literal('api_key'),
    api_key_id: idSchema,
    name: z.string(),
    scopes: z.array(scopeSchema),
    expires_at: instantSchema.nullable(),
  }),
]);
export type Me = z.infer<typeof meSchema>;
export type MeAsOperator = Extract<Me, { kind: 'operator' }>;

/** Absent is unchanged, null is the default again. */
export const mePatchSchema = z.strictObject({
  list_columns: listPreferences.list_columns.optional(),
  compact_rows: listPreferences.compact_rows.nullable().optional(),
});
export type MePatch = z.infer<typeof mePatchSchema>;

export const sessionSchema = z.strictObject({
  session_id: idSchema,
  created_at: instantSchema,
  expires_at: instantSchema,
  address: z.string().nullable(),
  user_agent: z.string().nullable(),
  is_current: z.boolean(),
});
export type Session = z.infer<typeof sessionSchema>;
export const sessionListSchema = z.strictObject({ sessions: z.array(sessionSchema) });
