import parsePhoneNumber from 'libphonenumber-js/max';
import { normalisePhoneNumber } from '#contract/primitives.ts';
import type { Caller } from '#routing/match.ts';

/** Whoever calls or is called, read from what telephony runtimes have at hand: a number, a SIP or tel URI, or nothing. */

const E164 = /^\+[1-9]\d{4,14}$/;

/** The part of an address that may be a number: of `"Desk" <sip:+1415…;x=y@host>` the `+1415…`. */
const userOf = (address: string): string => {
  const uri = /<([^>]*)>/.exec(address)?.[1] ?? address;
  const scheme = /^\s*(sips?|tel):/i.exec(uri);
  if (!scheme) return uri;
  const rest = uri.slice(scheme[0].length);
  const user = scheme[1]?.toLowerCase() === 'tel' ? rest : rest.includes('@') ? rest.slice(0, rest.indexOf('@')) : '';
  const bare = user.replace(/[;:].*$/s, '');
  try {
    return decodeURIComponent(bare);
  } catch {
    return bare;
  }
};

// Callers come back: the same few thousand are asked about again and again.
const MAX_KNOWN = 10_000;
const known = new Map<string, string | null>();

const countryOf = (number: string): string | null => {
  const found = known.get(number);
  if (found !== undefined) return found;
  if (known.size >= MAX_KNOWN) known.clear();
  const country = parsePhoneNumber(number, { extract: false })?.country ?? null;
  known.set(number, country);
  return country;
};

/** Its country is looked up only where it is asked for: most calls are decided without. */
class NumberedParty implements Caller {
  readonly number: string;
  readonly isAnonymous = false;
  constructor(number: string) {
    this.number = number;
  }
  get country(): string | null {
    return countryOf(this.number);
  }
}

const withheld: Caller = { number: null, country: null, isAnonymous: true };
/** An extension, a name: someone, but of no number and no country. */
const numberless: Caller = { number: null, country: null, isAnonymous: false };

export const readParty = (address: string | null): Caller => {
  const trimmed = address?.trim() ?? '';
  if (trimmed === '' || /@anonymous\.invalid\b/i.test(trimmed)) return withheld;
  if (E164.test(trimmed)) return new NumberedParty(trimmed);
  const user = userOf(trimmed);
  if (/^"?anonymous"?$/i.test(user.trim())) return withheld;
  const number = normalisePhoneNumber(user);
  return E164.test(number) ? new NumberedParty(number) : numberless;
};
