import parsePhoneNumber, {
  isSupportedCountry,
  Metadata,
  validatePhoneNumberLength,
  type CountryCode,
  type PhoneNumber,
} from 'libphonenumber-js/max';
import metadata from 'libphonenumber-js/max/metadata';
import { isE164 } from '#contract/reading/phone-number.ts';

/**
 * The one judge of phone numbers: which are possible, of which country they are, and what a `(0)` means in
 * them. Full metadata judges: the small ones are wrong too often. Texts are spelled as
 * `contract/reading/phone-number.ts` spells them.
 */

/**
 * The number, if there can be one that is written just so abroad. The metadata know plans with more digits
 * than E.164 has.
 */
export const possibleNumber = (e164: string): PhoneNumber | null => {
  if (!isE164(e164)) return null;
  const parsed = parsePhoneNumber(e164, { extract: false });
  return parsed?.isPossible() && parsed.number === e164 ? parsed : null;
};

const splitOpenZero = (spelled: string) => {
  const [, code, rest] = /^\+(\d+)\(0\)(\d*)$/.exec(spelled) ?? [];
  return code === undefined || rest === undefined
    ? null
    : { code, without: `+${code}${rest}`, kept: `+${code}0${rest}` };
};

/**
 * Decides a `(0)` behind the country code: it goes where the number without it is possible, and stays where
 * the number with it is one that the metadata leave as it is, as in Italy.
 */
export const resolveTrunkZero = (spelled: string): string => {
  const open = splitOpenZero(spelled);
  if (open === null) return spelled;
  const goes =
    possibleNumber(open.without)?.countryCallingCode === open.code && possibleNumber(open.kept) === null;
  return goes || !isE164(open.kept) ? open.without : open.kept;
};

/** The library keeps this from its types. */
interface WholePlan {
  nationalPrefix(): string | undefined;
}

const planOf = (callingCode: string) => {
  if (metadata.country_calling_codes[callingCode] === undefined) return undefined;
  const all = new Metadata();
  // A calling code selects the plan of its main country.
  all.selectNumberingPlan(callingCode as CountryCode);
  return all.numberingPlan;
};

/**
 * The same in the beginning of numbers, which is too short to be judged: the zero goes where it is only
 * dialled within the country.
 */
export const resolveTrunkZeroOfPrefix = (spelled: string): string => {
  const open = splitOpenZero(spelled);
  if (open === null) return spelled;
  const plan = planOf(open.code) as WholePlan | undefined;
  return plan?.nationalPrefix() === '0' ? open.without : open.kept;
};

/** Whether numbers can be of it: ISO 3166 alpha-2, in upper case. */
export const isCountry = (letters: string): boolean => isSupportedCountry(letters);

/** Whether numbers are written with a zero in front within a country, which is none abroad. */
export const hasTrunkZero = (country: string): boolean => {
  const all = new Metadata();
  all.selectNumberingPlan(country as CountryCode);
  return (all.numberingPlan as WholePlan | undefined)?.nationalPrefix() === '0';
};

const lengthWords = (lengths: readonly number[]): string => {
  const [first, last] = [lengths[0], lengths.at(-1)];
  if (lengths.length > 3) return `${first} to ${last}`;
  return lengths.length === 1 ? `${first}` : `${lengths.slice(0, -1).join(', ')} or ${last}`;
};

/** Why there can be no such number. */
export const whyImpossible = (e164: string): string => {
  const parsed = parsePhoneNumber(e164, { extract: false });
  const beginning = `${e164} cannot be a phone number:`;
  if (!parsed) return `${beginning} no country code begins so. Check the first digits.`;
  if (parsed.number !== e164 && possibleNumber(parsed.number) !== null)
    return `${beginning} it has digits that are only dialled within the country. Write ${parsed.number}.`;
  const { countryCallingCode: code } = parsed;
  const digits = e164.length - 1 - code.length;
  const lengths = planOf(code)?.possibleLengths() ?? [];
  if (lengths.length === 0 || lengths.includes(digits))
    return `${beginning} check the digits behind +${code}.`;
  const isShort = validatePhoneNumberLength(e164) === 'TOO_SHORT';
  return `${beginning} behind +${code} it has ${digits} digits; ${lengthWords(lengths)} are ${isShort ? 'needed' : 'right'}.`;
};

export interface Origin {
  /** ISO 3166 alpha-2; null for numbers that belong to no one country. */
  country: string | null;
  /** True where no country is known to have the range: `country` is then the main one of the calling code. */
  isFromCallingCode: boolean;
}

const findOrigin = (e164: string): Origin => {
  const parsed = parsePhoneNumber(e164, { extract: false });
  if (parsed?.country) return { country: parsed.country, isFromCallingCode: false };
  const main = parsed && metadata.country_calling_codes[parsed.countryCallingCode]?.[0];
  return { country: main ?? null, isFromCallingCode: main !== undefined };
};

// Callers come back: the same few thousand are asked about again and again.
const MAX_KNOWN = 10_000;
const known = new Map<string, Origin>();

export const originOf = (e164: string): Origin => {
  const found = known.get(e164);
  if (found !== undefined) return found;
  if (known.size >= MAX_KNOWN) known.clear();
  const origin = findOrigin(e164);
  known.set(e164, origin);
  return origin;
};

/** The country that is known to have the number, as its record has it. */
export const countryOf = (e164: string): string | null => {
  const { country, isFromCallingCode } = originOf(e164);
  return isFromCallingCode ? null : country;
};

/**
 * Digits as they are dialled within a country, in international form; null where no number of it is written
 * so.
 */
export const readNational = (digits: string, country: string): string | null => {
  const parsed = parsePhoneNumber(digits, { defaultCountry: country as CountryCode, extract: false });
  return parsed?.isPossible() && isE164(parsed.number) ? parsed.number : null;
};
