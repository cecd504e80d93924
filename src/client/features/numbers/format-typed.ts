import { AsYouType, parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/min';
import { spellPhoneNumber } from '#contract/reading/phone-number.ts';

/**
 * The number laid out as people of its country write it. While something is being deleted it is left alone,
 * and so is what has brackets: taken away behind the hand, a `(0)` could not be typed.
 */
export const formatTyped = (typed: string, before: string): string => {
  const plain = spellPhoneNumber(typed);
  const isDeleting = before.startsWith(typed) && typed.length < before.length;
  if (isDeleting || /[(\uff08]/.test(typed) || !/^\+\d+$/.test(plain)) return typed;
  return new AsYouType().input(plain);
};

/**
 * The countries an operator is likely to mean, by the languages of the browser; `bn` alone means Bangladesh.
 */
const likelyCountries = (languages: readonly string[]): CountryCode[] =>
  [
    ...new Set([...languages.map((language) => new Intl.Locale(language).maximize().region), 'US']),
  ] as CountryCode[];

/** What a number without its country may be meant as, in international form: at most two, to choose from. */
export const guessNumbers = (typed: string, languages: readonly string[]): string[] => {
  const guesses = likelyCountries(languages).flatMap((country) => {
    const number = parsePhoneNumberFromString(spellPhoneNumber(typed), country);
    return number?.isPossible() ? [number.formatInternational()] : [];
  });
  return [...new Set(guesses)].slice(0, 2);
};
