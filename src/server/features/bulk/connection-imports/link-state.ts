import { credentialsOf, fieldOf, isFieldName, requiredOf } from '#contract/numbers/fields.ts';
import type { LinkState } from '#contract/connections/links.ts';
import type { PhoneNumberRow } from '#server/features/phone-numbers/rows/row.ts';

export interface StateOfLink {
  state: Extract<LinkState, 'synced' | 'drift' | 'held'>;
  reason: string | null;
  message: string | null;
}

const labelsOf = (names: readonly string[]) =>
  names.map((name) => (isFieldName(name) ? fieldOf(name).label : name)).join(', ');

/** How a number that was just read stands to its platform, by the fields in which the two differ. */
export const linkStateOf = (row: PhoneNumberRow, differing: readonly string[]): StateOfLink => {
  const required: readonly string[] = requiredOf[row.provider];
  const missing = credentialsOf[row.provider].filter(
    (name) => required.includes(name) && row.credential_fingerprints[name] === undefined,
  );
  if (missing.length > 0)
    return {
      state: 'held',
      reason: 'credential_missing',
      message: `Nothing is sent until it is typed here: ${labelsOf(missing)}. The platform does not say it.`,
    };
  if (differing.length > 0)
    return {
      state: 'drift',
      reason: 'differs',
      message: `The platform has other values: ${labelsOf(differing)}. Take them over, or send yours.`,
    };
  return { state: 'synced', reason: null, message: null };
};
