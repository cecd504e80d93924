import { z } from 'zod';
import { providerList } from './choices.ts';
import { fieldNames, type FieldName } from './fields.ts';
import { phoneNumberSchemas, type PhoneNumber } from './phone-numbers.ts';

/** A part of an earlier state that did not come back. */
export const notRestoredSchema = z.strictObject({
  pointer: z.string().describe('A JSON pointer to it in the earlier state.'),
  code: z
    .string()
    .describe(
      'Why: `agent_retired`, `agent_not_found`, `business_hours_not_found`, `credential_not_restored`, or the rule it breaks.',
    ),
  message: z.string().describe('What became of it.'),
});
export type NotRestored = z.infer<typeof notRestoredSchema>;

const restoredRecord = {
  not_restored: z
    .array(notRestoredSchema)
    .optional()
    .describe('What did not come back, and why; absent where everything did.'),
};

export const restoredPhoneNumberSchemas: Readonly<Record<string, z.ZodObject>> = Object.fromEntries(
  providerList.map((provider) => [
    provider,
    (phoneNumberSchemas[provider] as unknown as z.ZodObject).extend(restoredRecord),
  ]),
);

export type RestoredPhoneNumber = PhoneNumber & { not_restored?: NotRestored[] | undefined };

/** A number as restoring it left it. */
export const restoredPhoneNumberSchema = z.discriminatedUnion(
  'provider',
  Object.values(restoredPhoneNumberSchemas) as [z.ZodObject, ...z.ZodObject[]],
) as unknown as z.ZodType<RestoredPhoneNumber>;

/** Which state of a number to go back to. */
export const restoreVersionSchema = z.strictObject({
  version: z
    .number('Name a version: a whole number, 1 or more.')
    .int('Name a version: a whole number, 1 or more.')
    .min(1, 'Name a version: a whole number, 1 or more.')
    .max(2_147_483_647, 'There is no such version.')
    .describe('The number as this version had it; versions are told by its history.'),
  fields: z
    .array(z.enum(fieldNames as [FieldName, ...FieldName[]]))
    .min(1, 'Name at least one field, or leave this out to restore all of them.')
    .max(fieldNames.length, 'Name each field once.')
    .optional()
    .describe(
      'Only these fields; without it all that the version had otherwise. Credentials never come back.',
    ),
});
export type RestoreVersion = z.infer<typeof restoreVersionSchema>;
