/*
 * The promise: one way to read how a phone number is spelled. Forms, the server, the search, calls and the
 * command line all read by this. It knows of no country: whether a number is possible, and whether a `(0)`
 * behind its country code belongs to it, is the server's to judge. Until then the zero stays as it is:
 * `+44(0)2079460958`.
 */

export type UnreadableReason =
  | 'empty'
  | 'other_characters'
  | 'extension'
  | 'second_plus'
  | 'only_plus_missing'
  | 'country_code_missing'
  | 'begins_with_zero'
  | 'too_short'
  | 'too_long';

export interface Unreadable {
  reason: UnreadableReason;
  /** What is wrong with this very text, and the way out. */
  message: string;
}

export type NumberReading = { spelled: string } | Unreadable;

export const isUnreadable = (reading: NumberReading): reading is Unreadable => 'reason' in reading;

const UNSEEN = /[\p{Cf}\p{Variation_Selector}]/gu;
// U+30FC is the dash of Japanese keyboards.
const SEPARATORS = /[\s\p{Pd}\u2212\u30fc.\uff0e\u00b7\u2024/\uff0f]/gu;
const OPENING = /[([{\uff08\uff3b\ufe59]/g;
const CLOSING = /[)\]}\uff09\uff3d\ufe5a]/g;
const PLUS = /[\uff0b\ufe62]/g;

const isDigit = (code: number) => /\p{Nd}/u.test(String.fromCodePoint(code));

/** Unicode has the digits of every script in rows of ten, from zero to nine. */
const toAsciiDigit = (digit: string): string => {
  if (digit <= '9') return digit;
  const code = digit.codePointAt(0) ?? 0;
  let first = code;
  while (isDigit(first - 1)) first -= 1;
  return String((code - first) % 10);
};

// A `(0)` anywhere else is a 0 in brackets.
const keepTrunkZero = (text: string): string => {
  const [, code, rest = ''] = /^(\+[1-9]\d{0,2}\(0\))(.*)$/s.exec(text) ?? [];
  return code === undefined ? text.replaceAll('(0)', '0') : code + rest.replaceAll('(0)', '0');
};

/**
 * What people type or paste (`(415) 555-2671`, `0044 20 …`, `tel:+880-1711-…`, `＋٤٤ (0)20 …`) as `+` and
 * digits of ASCII, with a `(0)` where it stands behind a country code. What belongs to no number stays, for
 * others to judge.
 */
export const spellPhoneNumber = (typed: string): string =>
  keepTrunkZero(
    typed
      .replace(UNSEEN, '')
      .replace(/\p{Nd}/gu, toAsciiDigit)
      .replace(PLUS, '+')
      .replace(OPENING, '(')
      .replace(CLOSING, ')')
      .replace(SEPARATORS, '')
      .replace(/^tel:/i, '')
      .replace(/\(0\)|[()]/g, (found) => (found === '(0)' ? found : ''))
      .replace(/^00/, '+'),
  );

/** `+` and digits alone, as they are stored and compared. */
export const isE164 = (text: string): boolean => /^\+[1-9]\d{4,14}$/.test(text);

/** Whether a `(0)` is still to be decided. */
export const hasOpenZero = (spelled: string): boolean => spelled.includes('(');

const unreadable = (reason: UnreadableReason, message: string): Unreadable => ({ reason, message });

/** The first word that no number has, as it was typed; too long a one is cut. */
const oddWord = (typed: string): string => {
  const spaced = typed
    .replace(UNSEEN, '')
    .replace(OPENING, ' ')
    .replace(CLOSING, ' ')
    .replace(SEPARATORS, ' ');
  const [word = typed] = /[^\p{Nd}\s+\uff0b\ufe62]+/u.exec(spaced) ?? [];
  const shown = Array.from(word, (character) => (/\p{C}/u.test(character) ? '\ufffd' : character));
  return shown.length > 20 ? `${shown.slice(0, 20).join('')}…` : shown.join('');
};

const counted = (count: number) => `${count} ${count === 1 ? 'digit' : 'digits'}`;

/** What is wrong with a text of which `+` and digits, `spelled`, were made; null where nothing is. */
const oddity = (typed: string, spelled: string): Unreadable | null => {
  if (spelled === '') return unreadable('empty', 'Write the number.');
  const extension = /^\+?[\d()]+(?:;?ext(?:ension)?=?|x|#)(\d+)$/i.exec(spelled)?.[1];
  if (extension !== undefined)
    return unreadable('extension', `It ends in an extension, ${extension}. Leave that out.`);
  if (/[^\d+()]/u.test(spelled))
    return unreadable('other_characters', `“${oddWord(typed)}” is no part of a phone number. Leave it out.`);
  if (spelled.includes('+', 1))
    return unreadable('second_plus', 'A + stands at the beginning alone. Write one number.');
  return null;
};

// With its country code, hardly any number has fewer digits than this, and without it hardly any has as many.
const WHOLE_DIGITS = 11;
const MAX_DIGITS = 15;

const withoutPlus = (digits: string): Unreadable => {
  if (digits.startsWith('0'))
    return unreadable(
      'country_code_missing',
      `${digits} begins with 0, as numbers do within a country. Write + and the country code instead of the 0.`,
    );
  if (digits.length > MAX_DIGITS)
    return unreadable('too_long', `${counted(digits.length)}; ${MAX_DIGITS} is the most.`);
  if (digits.length >= WHOLE_DIGITS)
    return unreadable('only_plus_missing', `Only the + is missing: write +${digits}.`);
  return unreadable(
    'country_code_missing',
    `${counted(digits.length)} and no country code. Write + and the country code in front of them.`,
  );
};

// As nearly all are sent: there is nothing to respell, and in a list of thousands that would be felt.
const isSpelled = (typed: string): boolean => /^\+[1-9]\d*$/.test(typed);

const readWith = (typed: string, least: number, most: number): NumberReading => {
  const isPlain = isSpelled(typed);
  const spelled = isPlain ? typed : spellPhoneNumber(typed);
  const odd = isPlain ? null : oddity(typed, spelled);
  if (odd) return odd;
  if (!spelled.startsWith('+')) return withoutPlus(spelled);
  const digits = spelled.slice(1).replace('(0)', '');
  if (digits.startsWith('0'))
    return unreadable('begins_with_zero', 'No country code begins with 0. Take away the 0 behind the +.');
  if (digits.length < least)
    return unreadable('too_short', `${counted(digits.length)}; ${least} is the least.`);
  if (digits.length > most) return unreadable('too_long', `${counted(digits.length)}; ${most} is the most.`);
  return { spelled };
};

/** A whole number in international form, however it is written. */
export const readPhoneNumber = (typed: string): NumberReading => readWith(typed, 5, MAX_DIGITS);

/** The beginning of numbers, written as they are. */
export const readPhonePrefix = (typed: string): NumberReading => readWith(typed, 1, MAX_DIGITS - 1);
