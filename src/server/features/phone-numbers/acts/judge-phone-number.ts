import { pointerTo } from '#contract/pointer.ts';
import type { FieldError } from '#contract/errors.ts';
import { possibleNumber, resolveTrunkZero, whyImpossible } from '#server/lib/numbering-plan.ts';

export interface JudgedPhoneNumber {
  phone_number: string;
  /** As people read it, for example `+1 415 555 2671`. */
  phone_number_international: string;
  /** ISO 3166 alpha-2; null for numbers that belong to no one country. */
  country: string | null;
}

/** The number as it will be stored, or why no such number can exist. */
export const judgePhoneNumber = (spelled: string): JudgedPhoneNumber | FieldError => {
  const e164 = resolveTrunkZero(spelled);
  const possible = possibleNumber(e164);
  if (!possible)
    return { pointer: pointerTo('phone_number'), code: 'invalid_phone_number', message: whyImpossible(e164) };
  return {
    phone_number: e164,
    phone_number_international: possible.formatInternational(),
    country: possible.country ?? null,
  };
};

export const isFieldError = (judged: JudgedPhoneNumber | FieldError): judged is FieldError =>
  'pointer' in judged;
