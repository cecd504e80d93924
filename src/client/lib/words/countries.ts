import { countryName } from './format.ts';

export interface Country {
  code: string;
  name: string;
}

// Codes that are reserved for other uses than a country of callers.
const noCountries = new Set([
  'EU',
  'EZ',
  'UN',
  'QO',
  'XA',
  'XB',
  'ZZ',
  'AC',
  'CP',
  'CQ',
  'DG',
  'EA',
  'IC',
  'TA',
]);
const letters = Array.from({ length: 26 }, (_, at) => String.fromCodePoint(65 + at));

let found: Country[] | undefined;

/**
 * Every country that the browser knows by name; codes that were given up stand for those that replaced them.
 */
export const countries = (): readonly Country[] => {
  found ??= letters
    .flatMap((first) => letters.map((second) => first + second))
    .filter(
      (code) =>
        !noCountries.has(code) &&
        countryName(code) !== code &&
        new Intl.Locale(`und-${code}`).region === code,
    )
    .map((code) => ({ code, name: countryName(code) }))
    .sort((a, b) => a.name.localeCompare(b.name));
  return found;
};
