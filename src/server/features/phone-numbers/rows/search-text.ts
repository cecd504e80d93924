import { hostAndPortOf } from '#contract/reading/host-and-port.ts';
import { fieldNames, fieldOf, type FieldName, type PlainName } from '#contract/numbers/fields.ts';
import { fold } from '#server/lib/fold.ts';
import type { PhoneNumberRow } from './row.ts';

// Behind every letter there is, so that numbers without a label stand behind those that have one.
const NO_NAME = '\u{10FFFF}';
// An index entry has room for 2,700 bytes, and folding can make one character many.
const MAX_KEY_CHARACTERS = 120;

/** What numbers are sorted by under `friendly_name`. */
export const nameKeyOf = (friendlyName: string | null): string =>
  friendlyName === null ? NO_NAME : Array.from(fold(friendlyName)).slice(0, MAX_KEY_CHARACTERS).join('');

const searchedNames = fieldNames.filter((name) => fieldOf(name).isSearched);

interface Searched extends Pick<PhoneNumberRow, 'phone_number' | PlainName> {
  settings: Readonly<Record<string, string>>;
}

const valueOf = (number: Searched, name: FieldName): string | null | undefined =>
  fieldOf(name).provider === undefined ? number[name as PlainName] : number.settings[name];

// Of an address the scheme, the user and the parameters are found in many: nobody looks for a trunk by them.
const searchedPart = (name: FieldName, value: string | null | undefined) =>
  name === 'sip_termination_uri' && value ? hostAndPortOf(value) : value;

/** What `q` finds a number by, its agents' names aside: those are looked up when asked, for they change. */
export const searchTextOf = (number: Searched): string =>
  fold(
    [number.phone_number, ...searchedNames.map((name) => searchedPart(name, valueOf(number, name)))]
      .filter(Boolean)
      .join(' '),
  );
