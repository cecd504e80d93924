import { z } from 'zod';
import { isCountry } from './call-handling.ts';

export const INTERNATIONAL = 'international';

/** How a trunk writes the numbers at the other end of a call when it leaves out the `+`. */
export const sipCallerFormatSchema = z
  .string()
  .trim()
  .max(INTERNATIONAL.length, 'Write international, or a country’s two letters, as in BD.')
  .overwrite((format) => (format.toLowerCase() === INTERNATIONAL ? INTERNATIONAL : format.toUpperCase()))
  .refine((format) => format === INTERNATIONAL || (/^[A-Z]{2}$/.test(format) && isCountry(format)), {
    error: 'Write international, or a country’s two letters, as in BD.',
    params: { code: 'unknown_caller_format' },
  })
  .describe(
    'How the number at the other end of a call is read when it comes without `+`: `international` where it begins with the country code, a country (`BD`) where it is written as dialled there. Null: it is not read, and the caller counts as one without a number.',
  );
