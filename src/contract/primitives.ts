import { z } from 'zod';
import {
  isUnreadable,
  readPhoneNumber,
  readPhonePrefix,
  type NumberReading,
} from '#contract/reading/phone-number.ts';
import { readAs, type Reader } from '#contract/reading/reading.ts';
import { readName } from '#contract/reading/text.ts';

/**
 * What every credential looks like in every answer: eight U+2022, whatever the length of the secret.
 * Sent back in a write, it means "unchanged".
 */
export const MASK = '••••••••';

/**
 * So many errors are told of one body: it has room for thousands, and the answer would be several times as
 * large.
 */
export const MAX_ERRORS = 100;

/**
 * Looks at no more of a list once there is more to complain of than is told: each complaint costs more than
 * an entry.
 */
const stopWhenEnough = ({ _zod: internals }: z.ZodArray): void => {
  const parse = internals.parse.bind(internals);
  const { element } = internals.def;
  internals.parse = (payload, context) => {
    const given: unknown = payload.value;
    if (!Array.isArray(given)) return parse(payload, context);
    const judged: unknown[] = [];
    for (const [at, value] of (given as unknown[]).entries()) {
      const found = element._zod.run({ value, issues: [] }, context) as z.core.ParsePayload;
      payload.issues.push(...z.core.util.prefixIssues(at, found.issues));
      judged.push(found.value);
      if (payload.issues.length > MAX_ERRORS) break;
    }
    return Object.assign(payload, { value: judged });
  };
};

/**
 * Judges how many there are before any of them is looked at: what is too many is refused at the price of
 * counting, and what is wrong throughout at the price of what is told of it. Said last of a list's schema,
 * whose own check of the number must come first: it is what complains.
 */
export const countedFirst = <S extends z.ZodType>(schema: S, isTooMany: (given: unknown) => boolean): S => {
  const internals = schema._zod;
  if (schema instanceof z.ZodArray) stopWhenEnough(schema);
  const lookAtEach = internals.run.bind(internals);
  internals.run = (payload, context) => {
    if (!isTooMany(payload.value)) return lookAtEach(payload, context);
    for (const { _zod: rule } of internals.def.checks ?? [])
      if (payload.issues.length === 0) void rule.check(payload as never);
    return payload;
  };
  return schema;
};

export const lengthOf = (given: unknown): number => (Array.isArray(given) ? given.length : 0);
export const isLongerThan = (max: number) => (given: unknown) => lengthOf(given) > max;

/** How a limit is told. What is beyond it is not looked at any further. */
export const tooMuch = (error: string) => ({ error, abort: true });

/**
 * One line of text: a name, its ends free of spaces and unseen characters, composed. `max` counts characters
 * (code points).
 */
export const lineSchema = (max: number) =>
  readAs((text) => readName(text, max), { minLength: 1, maxLength: max });

// Tabs and line breaks are legitimate in notes only; lone surrogates cannot be stored as UTF-8. Without the u
// flag, which would take five times as long over a long text; control characters are what is looked for.
// eslint-disable-next-line no-control-regex
const CONTROL = /[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]/;
const isPrintableProse = (text: string) => text.isWellFormed() && !CONTROL.test(text);

/** Text of several lines; line breaks and tabs are kept, other control characters refused. */
export const proseSchema = (max: number) =>
  z
    .string()
    .max(max, tooMuch(`Shorten this to ${max} characters or fewer.`))
    .refine(isPrintableProse, {
      error: 'Remove the control characters.',
      params: { code: 'control_characters' },
    });

/**
 * An opaque identifier given by the server. Every id is 24 hexadecimal digits, but callers must not rely on
 * it.
 */
export const idSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, 'This is not an id of ours.')
  .describe('An opaque identifier.');

/** An instant, ISO 8601 in UTC with milliseconds. */
export const instantSchema = z.iso.datetime().describe('An instant, ISO 8601 in UTC.');

/** An instant that a caller gives: any way of writing one that the database reads, too. */
export const givenInstantSchema = z.iso
  .datetime({
    error: ({ input }) =>
      input === '' ? 'Choose a moment.' : 'Write the instant in UTC, as in 2026-07-01T09:00:00Z.',
  })
  .describe('An instant, ISO 8601 in UTC.')
  .max(40, tooMuch('Write the instant to the millisecond.'))
  .refine((text) => !text.startsWith('0000'), 'There was no year 0.');

const MAX_WRITTEN = 64;

/** What cannot be read as a number is refused in the reader's own words. */
const readWritten =
  (read: (typed: string) => NumberReading): Reader =>
  (typed) => {
    if (typed.length > MAX_WRITTEN)
      return { code: 'too_big', message: `Write it with at most ${MAX_WRITTEN} characters.` };
    const reading = read(typed);
    return isUnreadable(reading)
      ? { code: 'invalid_format', message: reading.message }
      : { value: reading.spelled };
  };

/**
 * A phone number in international form, however it is written: `phone-number.ts` reads it. Whether such a
 * number can exist, and whether a `(0)` behind its country code stays, is judged by the server with full
 * metadata.
 */
export const phoneNumberTextSchema = readAs(readWritten(readPhoneNumber), {
  maxLength: MAX_WRITTEN,
}).describe(
  'E.164, for example `+14155552671`. Spaces, dots, dashes, brackets, `tel:` and a leading `00` are accepted on input.',
);

/** The beginning of E.164 numbers, written and read like a number. */
export const phonePrefixSchema = readAs(readWritten(readPhonePrefix), { maxLength: MAX_WRITTEN }).describe(
  'The beginning of E.164 numbers, for example `+8801`.',
);

export const pageTokenSchema = z
  .string()
  .min(1)
  .max(1024)
  .describe('Where the next page begins, as given by `next_page_token`.');

/** `usual` is how many rows are answered where nothing is said. */
export const pageSizeSchemaOf = (usual: number) =>
  z.coerce
    .number('Ask for a whole number of rows from 1 to 100.')
    .int('Ask for a whole number of rows from 1 to 100.')
    .min(1, 'Ask for at least 1 row.')
    .max(100, 'Ask for at most 100 rows.')
    .default(usual)
    .describe('How many rows to answer, 1 to 100.');

export const pageSizeSchema = pageSizeSchemaOf(20);

export const nextPageTokenSchema = z
  .string()
  .nullable()
  .describe('Ask again with this as `page_token`; null on the last page.');
