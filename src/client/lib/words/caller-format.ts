import { countryName } from './format.ts';

/**
 * How a trunk writes callers’ numbers without their `+`, in words: `international`, or the country within
 * which it is dialled so.
 */
export const callerFormatWords = (format: string): string =>
  format === 'international'
    ? 'International, the country code first'
    : `As dialled within ${countryName(format)}`;
