import { hostAndPortOf } from '#contract/host-and-port.ts';
import { providers } from '#contract/providers.ts';
import { fold } from '#server/fold.ts';

// Behind every letter there is, so that numbers without a label stand behind those that have one.
const NO_NAME = '\u{10FFFF}';
// An index entry has room for 2,700 bytes, and folding can make one character many.
const MAX_KEY_CHARACTERS = 120;

/** What numbers are sorted by under `friendly_name`. */
export const nameKeyOf = (friendlyName: string | null): string =>
  friendlyName === null ? NO_NAME : Array.from(fold(friendlyName)).slice(0, MAX_KEY_CHARACTERS).join('');

// Those fixed at creation are a choice of few, for which there are filters; nobody looks for a way of reading.
const searchedSettings = Object.values(providers).flatMap(({ settings, createOnly }) =>
  Object.keys(settings).filter((name) => name !== 'sip_caller_format' && !(createOnly as readonly string[]).includes(name)),
);

interface Searched {
  phone_number: string;
  friendly_name: string | null;
  settings: Readonly<Record<string, string>>;
}

// Of an address the scheme, the user and the parameters are found in many: nobody looks for a trunk by them.
const searchedPart = (name: string, value: string | undefined) => (name === 'sip_termination_uri' && value ? hostAndPortOf(value) : value);

/** What `q` finds a number by, its agents' names aside: those are looked up when asked, for they change. */
export const searchTextOf = ({ phone_number, friendly_name, settings }: Searched): string =>
  fold([phone_number, friendly_name, ...searchedSettings.map((name) => searchedPart(name, settings[name]))].filter(Boolean).join(' '));
