import { hasOpenZero, spellPhoneNumber } from '#contract/reading/phone-number.ts';
import { escapeLike, fold } from '#server/lib/fold.ts';
import { possibleNumber, resolveTrunkZero, resolveTrunkZeroOfPrefix } from '#server/lib/numbering-plan.ts';

/**
 * One thing that a number must match, in any of these ways; each is a LIKE pattern of folded text. The
 * promise: no search reads the whole table. `contains` has three letters or digits in a row, or one where a
 * word begins, which is what the trigram index finds by; signs alone are looked up as a beginning of the
 * whole name.
 */
export interface SearchTerm {
  contains: string[];
  numberBegins: string[];
  nameBegins: string[];
  /** For the names of agents behind a space, of which there are few enough to read them all. */
  agentName: string;
}

const MAX_WORDS = 6;
const PLUS = /[+\uff0b\ufe62]/;
const hasTrigram = (text: string) => /[\p{L}\p{N}\p{M}]{3}/u.test(text);

const containing = (text: string) => `%${escapeLike(text)}%`;
const beginning = (text: string) => `${escapeLike(text)}%`;
// Words stand behind a space, the first one too: see search-text.ts.
const wordBeginning = (text: string) => `% ${escapeLike(text)}%`;

const hasLetter = /[\p{L}\p{N}]/u;

/** No index finds signs within a text. */
const signsTerm = (signs: string): SearchTerm => ({
  contains: [],
  numberBegins: [],
  nameBegins: [beginning(signs)],
  agentName: wordBeginning(signs),
});

/**
 * One or two letters are found where a word begins with them, more of them anywhere, and signs beside words,
 * too.
 */
const wordTerm = (word: string): SearchTerm => {
  const pattern = hasTrigram(word) || !hasLetter.test(word) ? containing(word) : wordBeginning(word);
  return { contains: [pattern], numberBegins: [], nameBegins: [], agentName: pattern };
};

/** Typed as a number is written: `+44 20`, `0044 (20)`, `020-7946`. */
const isNumberLike = (text: string) => /^[\d+()]*\d[\d+()]*$/.test(spellPhoneNumber(text));

/** A whole number is decided as when it is added, and what is only the beginning of one as a prefix is. */
const settle = (spelled: string): string => {
  if (!hasOpenZero(spelled)) return spelled;
  const whole = resolveTrunkZero(spelled);
  return possibleNumber(whole) === null ? resolveTrunkZeroOfPrefix(spelled) : whole;
};

const numberTerm = (typed: string): SearchTerm => {
  const folded = fold(typed);
  const spelled = settle(spellPhoneNumber(typed));
  const digits = spelled.replace(/\D/g, '');
  const numberBegins: string[] = [];
  const {
    contains: inText,
    nameBegins,
    agentName,
  } = PLUS.test(folded) && !hasTrigram(folded) ? signsTerm(folded) : wordTerm(folded);
  const contains = new Set(inText);
  if (spelled.startsWith('+') || digits.length < 3) numberBegins.push(beginning(`+${digits}`));
  else contains.add(containing(digits));
  // 00 stands for the + in front of a number, and may as well stand within one.
  if (spelled.startsWith('+') && !PLUS.test(typed)) contains.add(containing(`00${digits}`));
  // The 0 that is dialled within a country is no part of the international number.
  if (/^0[1-9]\d{2,}$/.test(digits)) contains.add(containing(digits.slice(1)));
  return { contains: [...contains], numberBegins, nameBegins, agentName };
};

/**
 * What is typed, as terms that must all match: words in any order, or one phone number however it is written.
 */
export const searchTerms = (q: string | undefined): SearchTerm[] => {
  // Nothing stored can hold these, and PostgreSQL takes no NUL.
  const typed = (q ?? '').replace(/[\p{Cc}\p{Cs}]/gu, ' ').trim();
  if (typed === '') return [];
  if (isNumberLike(typed)) return [numberTerm(typed)];
  const words = fold(typed).split(/\s+/).slice(0, MAX_WORDS);
  if (!words.some((word) => hasLetter.test(word))) return [signsTerm(words.join(' '))];
  return words.map((word) => (isNumberLike(word) ? numberTerm(word) : wordTerm(word)));
};
