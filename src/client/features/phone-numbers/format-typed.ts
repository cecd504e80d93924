import { AsYouType, parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/min';
import { normalisePhoneNumber } from '#contract/primitives.ts';

/** What a typed number will become. Nothing here says whether it is right: these metadata are too small for that. */
export const readTyped = (typed: string) => {
  const stored = normalisePhoneNumber(typed);
  return {
    stored: /^\+[1-9]\d{4,14}$/.test(stored) ? stored : null,
    /** Digits enough for a number, and no country in front of them. */
    isWithoutCountry: /^\d{6,}$/.test(stored),
  };
};

/** The number laid out as people of its country write it. While something is being deleted it is left alone. */
export const formatTyped = (typed: string, before: string): string => {
  const plain = normalisePhoneNumber(typed);
  const isDeleting = before.startsWith(typed) && typed.length < before.length;
  if (isDeleting || !/^\+\d+$/.test(plain)) return typed;
  return new AsYouType().input(plain);
};

/** The countries an operator is likely to mean, by the languages of the browser; `bn` alone means Bangladesh. */
const likelyCountries = (languages: readonly string[]): CountryCode[] =>
  [...new Set([...languages.map((language) => new Intl.Locale(language).maximize().region), 'US'])] as CountryCode[];

/** What a number without its country may be meant as, in international form: at most two, to choose from. */
export const guessCountry = (typed: string, languages: readonly string[]): string[] => {
  const guesses = likelyCountries(languages).flatMap((country) => {
    const number = parsePhoneNumberFromString(typed, country);
    return number?.isPossible() ? [number.formatInternational()] : [];
  });
  return [...new Set(guesses)].slice(0, 2);
};
