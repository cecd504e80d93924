import { isE164, spellPhoneNumber } from '#contract/reading/phone-number.ts';
import { INTERNATIONAL } from '#contract/numbers/sip-caller-format.ts';
import type { Call } from '#routing/call.ts';
import type { Party } from '#routing/match.ts';
import { pseudoNumbers } from '#routing/pseudo-numbers.ts';
import { countryOf, originOf, readNational, resolveTrunkZero } from '#server/lib/numbering-plan.ts';
import { readAddress } from './address.ts';

/*
 * The two ends of a call, read from what telephony runtimes have at hand. Our end is one of our numbers by
 * all its digits or none at all; the other end is a number, withheld, or what could not be read.
 */

const spell = (user: string): string => resolveTrunkZero(spellPhoneNumber(user));

export interface OurEnd {
  number: string;
  /**
   * It came with `+` or 00: a number, whoever has it. Digits alone are one only where they are one of ours.
   */
  isInternational: boolean;
}

/** Null where no number can be read. */
export const readOurEnd = (address: string | null): OurEnd | null => {
  if (address !== null && isE164(address)) return { number: address, isInternational: true };
  const spelled = spell(readAddress(address ?? '').user);
  const isInternational = spelled.startsWith('+');
  const number = isInternational ? spelled : `+${spelled}`;
  return isE164(number) ? { number, isInternational } : null;
};

/** Its country is looked up only where it is asked for: most calls are decided without. */
class NumberedParty implements Party {
  readonly number: string;
  readonly isAnonymous = false;
  readonly #mayGuess: boolean;
  constructor(number: string, mayGuess: boolean) {
    this.number = number;
    this.#mayGuess = mayGuess;
  }
  get country(): string | null {
    return this.#mayGuess ? originOf(this.number).country : countryOf(this.number);
  }
  get isCountryOfCode(): boolean {
    return this.#mayGuess && originOf(this.number).isFromCallingCode;
  }
}

const withheld: Party = { number: null, country: null, isAnonymous: true };

const withheldWords: ReadonlySet<string> = new Set([
  'anonymous',
  'restricted',
  'unavailable',
  'unknown',
  'private',
]);
const isWithheldWord = (text: string) => withheldWords.has(text.replaceAll('"', '').trim().toLowerCase());

/** `format`: how the trunk writes numbers without `+`; null where nobody has said. */
const readNumber = (spelled: string, format: string | null): string | null => {
  if (isE164(spelled)) return spelled;
  if (format === null || !/^\d+$/.test(spelled)) return null;
  if (format !== INTERNATIONAL) return readNational(spelled, format);
  return isE164(`+${spelled}`) ? `+${spelled}` : null;
};

const MAX_SENT = 64;
const clipped = (text: string) => (text.length > MAX_SENT ? `${text.slice(0, MAX_SENT)}…` : text);

/**
 * Whoever calls, or is called. A caller whose range no country is known to have belongs to the main country
 * of its code: ranges come before the metadata that know them. Whom we call is of a known country or of none.
 */
export const readParty = (
  address: string | null,
  direction: Call['direction'] = 'inbound',
  format: string | null = null,
): Party => {
  const written = address?.trim() ?? '';
  if (written === '') return withheld;
  if (isE164(written) && !pseudoNumbers.has(written))
    return new NumberedParty(written, direction === 'inbound');
  const { display, user, host } = readAddress(written);
  // RFC 3323: who withholds the number is anonymous@anonymous.invalid.
  if (host === 'anonymous.invalid' || isWithheldWord(user)) return withheld;
  const spelled = spell(user);
  const number = readNumber(spelled, format);
  if (number !== null && pseudoNumbers.has(number)) return { ...withheld, sent: number };
  if (number !== null) return new NumberedParty(number, direction === 'inbound');
  const holdsNumber = /^\+?\d+$/.test(spelled);
  if (!holdsNumber && (isWithheldWord(host) || isWithheldWord(display))) return withheld;
  return { number: null, country: null, isAnonymous: false, sent: clipped(user || written) };
};
