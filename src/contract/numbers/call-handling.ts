import { z } from 'zod';
import { timeZoneSchema, weeklySchema } from '#contract/business-hours.ts';
import { MAX_BLOCKED_CALLERS } from './limits.ts';
import {
  countedFirst,
  givenInstantSchema,
  isLongerThan,
  lineSchema,
  phoneNumberTextSchema,
  phonePrefixSchema,
  tooMuch,
} from '#contract/primitives.ts';

// Asked of what is no code, the engine throws; that it is none is said already.
export const isCountry = (code: string) => !/^[A-Z]{2}$/.test(code) || regionNames.of(code) !== undefined;
const regionNames = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
export const countrySchema = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z]{2}$/, 'Write the country’s two letters, as in BD.')
  .refine(isCountry, { error: 'No country has this code.', params: { code: 'unknown_country' } })
  .describe('ISO 3166 alpha-2, for example `BD`.');

export const MAX_COUNTRIES = 250;
export const countriesSchema = countedFirst(
  z
    .array(countrySchema)
    .max(MAX_COUNTRIES, tooMuch('There are fewer countries than that.'))
    .overwrite((codes) => [...new Set(codes)].toSorted()),
  isLongerThan(MAX_COUNTRIES),
);

export const MAX_BLOCK_REASON = 120;
const blockedBecause = {
  reason: lineSchema(MAX_BLOCK_REASON).nullable().default(null).describe('For the next operator.'),
  expires_at: givenInstantSchema.nullable().default(null).describe('Until when; null for good.'),
};
/** A caller that is declined: one number, or all that begin so. */
export const blockedCallerSchema = z.union([
  z.strictObject({ number: phoneNumberTextSchema, ...blockedBecause }),
  z.strictObject({ prefix: phonePrefixSchema, ...blockedBecause }),
]);
export type BlockedCaller = z.infer<typeof blockedCallerSchema>;

const whole = (min: number, max: number, unit: string) =>
  z
    .number(`Write a whole number of ${unit}, ${min} to ${max}.`)
    .int(`Write a whole number of ${unit}, ${min} to ${max}.`)
    .min(min, `Write at least ${min} ${unit}.`)
    .max(max, `Write at most ${max} ${unit}.`);

export const recordingSchema = z.enum(
  ['off', 'inbound', 'outbound', 'both'],
  'Choose off, inbound, outbound or both.',
);
export const voicemailActionSchema = z.enum(
  ['hangup', 'leave_message', 'continue'],
  'Choose hangup, leave_message or continue.',
);

export const MAX_CALLER_ID_NAME = 60;
/** How calls on a number are handled. Each preference may be null: the platform’s default. */
export const callHandlingFields = {
  max_duration_seconds: whole(10, 43_200, 'seconds').describe('A call is ended after so long.'),
  ring_timeout_seconds: whole(5, 300, 'seconds').describe(
    'How long it rings before the call counts as not answered.',
  ),
  silence_timeout_seconds: whole(5, 600, 'seconds').describe('A call is ended after so long a silence.'),
  max_concurrent_calls: whole(1, 10_000, 'calls').describe('How many calls the number carries at once.'),
  recording: recordingSchema.describe('Which calls are recorded.'),
  announce_recording: z.boolean().describe('Whether the caller is told of the recording.'),
  voicemail_detection: z
    .strictObject({ enabled: z.boolean(), action: voicemailActionSchema })
    .describe('What an outbound call does when a machine answers.'),
  inbound_countries: countriesSchema.describe(
    'The countries that may call; empty is all. A withheld number is of no country.',
  ),
  outbound_countries: countriesSchema.describe('The countries that may be called; empty is all.'),
  blocked_callers: countedFirst(
    z
      .array(blockedCallerSchema)
      .max(MAX_BLOCKED_CALLERS, tooMuch(`There is room for ${MAX_BLOCKED_CALLERS} blocked callers.`))
      .describe('Callers that are declined.'),
    isLongerThan(MAX_BLOCKED_CALLERS),
  ),
  caller_id_name: lineSchema(MAX_CALLER_ID_NAME).describe('The name shown to those who are called.'),
  outbound_window: z
    .strictObject({ time_zone: timeZoneSchema, weekly: weeklySchema })
    .describe('When the number may dial out.'),
};
export type CallHandlingName = keyof typeof callHandlingFields;

const nullable = Object.fromEntries(
  Object.entries(callHandlingFields).map(([name, schema]) => [name, schema.nullable()]),
) as {
  [N in CallHandlingName]: z.ZodNullable<(typeof callHandlingFields)[N]>;
};

/** As every answer shows it: all preferences, null where the default holds. */
export const callHandlingSchema = z.strictObject(nullable);
export type CallHandling = z.infer<typeof callHandlingSchema>;

/** In a patch: absent is unchanged, null is the default again; lists are replaced whole. */
export const callHandlingPatchSchema = callHandlingSchema.partial();
export type CallHandlingPatch = z.infer<typeof callHandlingPatchSchema>;

/** What holds for a call once the defaults are filled in. `null` is no limit, no name, any time. */
export type CallSettings = {
  [N in CallHandlingName]: N extends 'max_concurrent_calls' | 'caller_id_name' | 'outbound_window'
    ? CallHandling[N]
    : NonNullable<CallHandling[N]>;
};
