import { getCountries, getCountryCallingCode, Metadata } from 'libphonenumber-js/max';
import { possibleNumber } from '#server/lib/numbering-plan.ts';

// Numbers of every country, written as people, carriers and keyboards write them. The same from the same
// seed.

export type Random = () => number;

export const randomFrom = (seed: number): Random => {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
};

const below = (random: Random, limit: number) => Math.floor(random() * limit);
const oneOf = <T>(random: Random, from: readonly T[]): T => from[below(random, from.length)] as T;

export interface SpelledNumber {
  /** Country code and the rest of it, without the + and without a (0). */
  code: string;
  national: string;
  hasZero: boolean;
  spelling: string;
}

const countries = getCountries();

const anyPossible = (random: Random): { code: string; national: string } => {
  for (;;) {
    const country = oneOf(random, countries);
    const plan = new Metadata();
    plan.selectNumberingPlan(country);
    const length = oneOf(random, plan.numberingPlan?.possibleLengths() ?? [8]);
    const national = Array.from({ length }, () => below(random, 10)).join('');
    const code = getCountryCallingCode(country);
    if (possibleNumber(`+${code}${national}`) !== null) return { code, national };
  }
};

const zeros = ['0', '٠', '۰', '০', '०', '０', '\u{1d7ce}'];
const gaps = [
  '',
  '',
  '',
  ' ',
  '-',
  '.',
  '\u00a0',
  '\u2009',
  '–',
  '\u2011',
  '\u2212',
  '\u3000',
  '/',
  '\u200b',
  '\u2060 ',
  '\ufe0f',
  '\ufeff',
  '—',
];
const brackets: readonly (readonly [string, string])[] = [
  ['(', ')'],
  ['（', '）'],
  ['[', ']'],
];
const beginnings = ['+', '+', '＋', '00', 'tel:+', ' +', '\u202a+', 'TEL: +'];

const inDigits = (text: string, zero: string) =>
  text.replaceAll(/\d/g, (digit) => String.fromCodePoint((zero.codePointAt(0) ?? 0) + Number(digit)));

export const spelledNumber = (random: Random): SpelledNumber => {
  const { code, national } = anyPossible(random);
  const [opening, closing] = oneOf(random, brackets);
  const hasZero = random() < 0.3;
  const spaced = Array.from(national, (digit) => digit + oneOf(random, gaps)).join('');
  // The first few digits in brackets, as an area code is written; a lone 0 there would be something else.
  const cut = 2 + below(random, 2);
  const rest =
    random() < 0.3 && !hasZero
      ? `${opening}${national.slice(0, cut)}${closing}${oneOf(random, gaps)}${national.slice(cut)}`
      : spaced;
  const zero = hasZero
    ? `${oneOf(random, gaps)}${opening}0${closing}${oneOf(random, gaps)}`
    : oneOf(random, gaps);
  const spelling = inDigits(`${oneOf(random, beginnings)}${code}${zero}${rest}`, oneOf(random, zeros));
  return { code, national, hasZero, spelling };
};
