import { z } from 'zod';
import { readAs } from './reading.ts';
import { readName } from './text.ts';

/**
 * What every credential looks like in every answer: eight U+2022, whatever the length of the secret.
 * Sent back in a write, it means "unchanged".
 */
export const MASK = '••••••••';

/** The query value that stands for "no agent". */
export const NONE = 'none';

/**
 * Judges how many there are before any of them is looked at: what is too many is refused at the price of counting. Said
 * last of a list's schema, whose own check of the number must come first: it is what complains.
 */
export const countedFirst = <S extends z.ZodType>(schema: S, isTooMany: (given: unknown) => boolean): S => {
  const internals = schema._zod;
  const lookAtEach = internals.run.bind(internals);
  internals.run = (payload, context) => {
    if (!isTooMany(payload.value)) return lookAtEach(payload, context);
    for (const { _zod: rule } of internals.def.checks ?? []) if (payload.issues.length === 0) void rule.check(payload as never);
    return payload;
  };
  return schema;
};

export const lengthOf = (given: unknown): number => (Array.isArray(given) ? given.length : 0);
export const isLongerThan = (max: number) => (given: unknown) => lengthOf(given) > max;

/** How a limit is told. What is beyond it is not looked at any further. */
export const tooMuch = (error: string) => ({ error, abort: true });

/** One line of text: a name, its ends free of spaces and unseen characters, composed. `max` counts characters (code points). */
export const lineSchema = (max: number) => readAs((text) => readName(text, max), { minLength: 1, maxLength: max });

// Tabs and line breaks are legitimate in notes only; lone surrogates cannot be stored as UTF-8.
const isPrintableProse = (text: string) => !/[\p{Cs}\u2028\u2029]|(?![\n\t])\p{Cc}/u.test(text);

/** Text of several lines; line breaks and tabs are kept, other control characters refused. */
export const proseSchema = (max: number) =>
  z
    .string()
    .max(max, tooMuch(`Shorten this to ${max} characters or fewer.`))
    .refine(isPrintableProse, { error: 'Remove the control characters.', params: { code: 'control_characters' } });

/** An opaque identifier given by the server. Every id is 24 hexadecimal digits, but callers must not rely on it. */
export const idSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, 'This is not an id of ours.')
  .describe('An opaque identifier.');

/** An instant, ISO 8601 in UTC with milliseconds. */
export const instantSchema = z.iso.datetime().describe('An instant, ISO 8601 in UTC.');

/** An instant that a caller gives: any way of writing one that the database reads, too. */
export const givenInstantSchema = instantSchema
  .max(40, tooMuch('Write the instant to the millisecond.'))
  .refine((text) => !text.startsWith('0000'), 'There was no year 0.');

/** Turns what people type or paste (`(415) 555-2671`, `0044 20 …`, `+880 1711-…`) into `+` and digits; judges nothing. */
export const normalisePhoneNumber = (typed: string) =>
  typed
    .trim()
    .replace(/[\s().\-–—/\u00a0\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/^00/, '+');

/**
 * An E.164 phone number. Spaces, dots, dashes, brackets and a leading `00` are accepted and normalised away.
 * The shape is checked here; whether such a number can exist is judged by the server with full metadata.
 */
export const phoneNumberTextSchema = z
  .string()
  .max(64, 'A phone number has at most 15 digits.')
  .transform(normalisePhoneNumber)
  .pipe(
    z.string().regex(/^\+[1-9]\d{4,14}$/, {
      error: 'Write the number in international form: +, country code, then the number, as in +14155552671.',
    }),
  )
  .describe('E.164, for example `+14155552671`. Spaces, dots, dashes, brackets and a leading `00` are accepted on input.');

export const pageTokenSchema = z.string().min(1).max(1024).describe('Where the next page begins, as given by `next_page_token`.');

export const pageSizeSchema = z.coerce
  .number('Ask for a whole number of rows from 1 to 100.')
  .int('Ask for a whole number of rows from 1 to 100.')
  .min(1, 'Ask for at least 1 row.')
  .max(100, 'Ask for at most 100 rows.')
  .default(20)
  .describe('How many rows to answer, 1 to 100.');

export const nextPageTokenSchema = z.string().nullable().describe('Ask again with this as `page_token`; null on the last page.');
