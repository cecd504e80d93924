import parsePhoneNumber from 'libphonenumber-js/max';
import { normalisePhoneNumber } from '#contract/primitives.ts';
import type { Caller } from '#routing/match.ts';

/** Whoever calls or is called, read from what telephony runtimes have at hand: a number, a SIP or tel URI, or nothing. */

const E164 = /^\+[1-9]\d{4,14}$/;

const SCHEME = /^(sips?|tel):/i;

/**
 * The URI of an address, as SIP headers write it: bare, or in angle brackets after a name. The name is the caller's own
 * to choose: nothing in it counts, whatever it looks like.
 */
const uriOf = (address: string): string => {
  if (SCHEME.test(address) || address.startsWith('+')) return address;
  const unnamed = address.replace(/^"(?:\\.|[^"\\])*"\s*/, '');
  return /^[^<>"]*<([^<>]*)>/.exec(unnamed)?.[1]?.trim() ?? address;
};

/** User and host of a URI: of `sip:+1415…;x=y@host:5060;z` the `+1415…` and `host`. */
const partsOf = (uri: string): { user: string; host: string } => {
  const scheme = SCHEME.exec(uri)?.[1]?.toLowerCase();
  if (scheme === undefined) return { user: uri, host: '' };
  const rest = uri.slice(scheme.length + 1);
  // What follows a `?` are headers; a `tel:` has neither these nor a host.
  const [address = ''] = rest.split('?', 1);
  const at = scheme === 'tel' ? -1 : address.indexOf('@');
  const user = scheme === 'tel' ? rest : address.slice(0, Math.max(at, 0));
  return { user: decoded(user.replace(/[;:].*$/s, '')), host: at < 0 ? '' : address.slice(at + 1).replace(/[;:].*$/s, '') };
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
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
  if (trimmed === '') return withheld;
  if (E164.test(trimmed)) return new NumberedParty(trimmed);
  const { user, host } = partsOf(uriOf(trimmed));
  // RFC 3323: who withholds the number is anonymous@anonymous.invalid.
  if (/^"?anonymous"?$/i.test(user.trim()) || host.toLowerCase() === 'anonymous.invalid') return withheld;
  const number = normalisePhoneNumber(user);
  return E164.test(number) ? new NumberedParty(number) : numberless;
};
