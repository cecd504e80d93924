import { credentialsOf, requiredOf } from '#contract/numbers/fields.ts';
import type { LinkState } from '#contract/connections/links.ts';
import { WITHHELD } from '#server/features/links/compare/link-values.ts';
import { wordsOf } from '#server/features/links/compare/link-words.ts';
import type { PhoneNumberRow } from '#server/features/phone-numbers/rows/row.ts';
import type { Theirs } from '#server/features/bulk/connection-imports/reading/theirs.ts';

export interface StateOfLink {
  state: Extract<LinkState, 'synced' | 'drift' | 'held'>;
  reason: string | null;
  message: string | null;
}

const stateOf = (state: StateOfLink['state'], reason: string, fields: readonly string[]): StateOfLink => ({
  state,
  reason,
  message: wordsOf(state, reason, fields),
});

/** Credentials without which nothing can be sent: what is left out could be wiped there. */
const missingOf = (row: PhoneNumberRow, { marks }: Theirs): string[] => {
  const required: readonly string[] = requiredOf[row.provider];
  return credentialsOf[row.provider].filter(
    (name) =>
      row.credential_fingerprints[name] === undefined &&
      (marks[name] === WITHHELD || required.includes(name)),
  );
};

/** How a number that was just read stands to its platform, by the fields in which the two differ. */
export const linkStateOf = (
  row: PhoneNumberRow,
  theirs: Theirs,
  differing: readonly string[],
): StateOfLink => {
  const missing = missingOf(row, theirs);
  if (missing.length > 0) return stateOf('held', 'credential_missing', missing);
  if (differing.length > 0) return stateOf('drift', 'differs', differing);
  return { state: 'synced', reason: null, message: null };
};
