import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { credentialsOf } from '#contract/numbers/fields.ts';
import type { ApiError } from '#client/api/api-error.ts';
import { isSame, type PhoneNumberValues } from '#client/features/number-fields/phone-number-values.ts';
import { toPatch, type Patch } from '#client/features/number-fields/to-patch.ts';

/** A save on its way. */
export interface Attempt {
  from: PhoneNumber;
  values: PhoneNumberValues;
  body: Patch;
  idempotencyKey: string;
  /** How its answer was lost, where it was. */
  lost?: ApiError;
}

/**
 * Whether all that a lost save sent stands typed as it was: then it is asked for again. What was typed back or
 * otherwise since is given up, and never sent behind the hand.
 */
export const isStillMeant = ({ from, body }: Attempt, typed: PhoneNumberValues): boolean => {
  const patch = toPatch(from, typed);
  return Object.entries(body).every(([name, value]) => isSame(patch[name as keyof Patch], value));
};

/** Whether what is stored now is what a lost save made. Of a secret nobody can tell. */
export const isMadeBy = ({ from, values, body }: Attempt, stored: PhoneNumber): boolean =>
  stored.version === from.version + 1 &&
  !credentialsOf[from.provider].some((name) => name in body) &&
  Object.keys(toPatch(stored, values)).length === 0;
