import parsePhoneNumber from 'libphonenumber-js/max';
import { pointerTo } from '#server/http/problem.ts';
import type { FieldError } from '#contract/errors.ts';

export interface JudgedPhoneNumber {
  phone_number: string;
  /** As people read it, for example `+1 415 555 2671`. */
  phone_number_international: string;
  /** ISO 3166 alpha-2; null for numbers that belong to no one country. */
  country: string | null;
}

/** The number as it will be stored, or why no such number can exist. Full metadata judges: the small ones are wrong too often. */
export const judgePhoneNumber = (e164: string): JudgedPhoneNumber | FieldError => {
  const parsed = parsePhoneNumber(e164, { extract: false });
  if (!parsed?.isPossible() || parsed.number !== e164)
    return {
      pointer: pointerTo('phone_number'),
      code: 'invalid_phone_number',
      message: `${e164} cannot be a phone number: no country has such a code, or its numbers have another length. Check the digits.`,
    };
  return { phone_number: e164, phone_number_international: parsed.formatInternational(), country: parsed.country ?? null };
};

export const isFieldError = (judged: JudgedPhoneNumber | FieldError): judged is FieldError => 'pointer' in judged;
