import { hostAndPortOf } from '#contract/reading/host-and-port.ts';
import { fieldNames, fieldOf, type FieldName, type PlainName } from '#contract/numbers/fields.ts';
import { fold } from '#server/lib/fold.ts';
import type { PhoneNumberRow } from './row.ts';

// Behind every letter there is, so that numbers without a friendly name sort after those that have one.
const NO_NAME = '\u{10FFFF}';
// An index entry has room for 2,700 bytes, and folding can make one character many.
const MAX_KEY_CHARACTERS = 120;

/** What numbers are sorted by under `friendly_name`. */
export const nameKeyOf = (friendlyName: string | null): string =>
  friendlyName === null ? NO_NAME : Array.from(fold(friendlyName)).slice(0, MAX_KEY_CHARACTERS).join('');

type Valued = Extract<FieldName, PlainName | 'labels'>;
export interface Searched extends Pick<PhoneNumberRow, 'phone_number' | Valued> {
  settings: Readonly<Record<string, string>>;
}

const searchedNames = fieldNames.filter((name) => fieldOf(name).isSearched);
// Of words that people wrote, a beginning of one or two letters finds each; addresses and accounts have no
// words.
const isWords = (name: FieldName) => ['name', 'whole'].includes(fieldOf(name).kind);

const valuesOf = (number: Searched, name: FieldName): string[] => {
  const value = fieldOf(name).provider === undefined ? number[name as Valued] : number.settings[name];
  if (!value) return [];
  if (typeof value !== 'string') return value;
  // Of an address the scheme, the user and the parameters are found in many: nobody looks for a trunk by
  // them.
  return [name === 'sip_termination_uri' ? hostAndPortOf(value) : value];
};

/** Words that begin behind a sign, as in `front-desk` or `(London)`. */
const BEHIND_SIGN = /(?<=[^\s\p{L}\p{N}\p{M}])[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;

/**
 * What `q` finds a number by, its agents' names aside: those are looked up when asked, for they change. A
 * line for each value that has no words, and a last one of words, each behind a space: ` du` is found where a
 * word begins with it. Older texts are one line. Whoever changes what is written here makes the first
 * character another, and a migration that counts the texts without it as outdated (0012).
 */
export const searchTextOf = (number: Searched): string => {
  const values = (of: (name: FieldName) => boolean) =>
    searchedNames
      .filter(of)
      .flatMap((name) => valuesOf(number, name))
      .map(fold);
  const words = values(isWords).join(' ');
  const lines = [number.phone_number, ...values((name) => !isWords(name))];
  return `\n${lines.join('\n')}\n ${[words, ...(words.match(BEHIND_SIGN) ?? [])].join(' ')}`;
};
