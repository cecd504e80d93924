import type { Reading } from './reading.ts';

/*
 * How texts that people write are read: names as they look, logins as they were sent. Free of zod: the forms
 * use it without fetching the schemas.
 */

// What is drawn as nothing: what Unicode says to ignore, the blank of Braille, and the marks of annotations.
const UNSEEN = String.raw`\p{Default_Ignorable_Code_Point}\u2800\ufff9-\ufffb`;
const unseenAtStart = new RegExp(`^[\\s${UNSEEN}]+`, 'u');
// Looked for from the end: a search for such a run would begin anew at each of a million spaces.
const unseenAtEnd = new RegExp(`$(?<=([\\s${UNSEEN}]*))`, 'u');
const everyUnseen = new RegExp(`[${UNSEEN}]`, 'gu');

/** Unseen characters that make the seen one before them what it is. */
const belonging: readonly (readonly [seen: RegExp, mark: RegExp])[] = [
  // Bangla and its sisters end words in a joiner.
  [/\p{M}$/u, /^[\u200c\u200d]/u],
  [
    /[\p{Extended_Pictographic}\p{Ideographic}\p{Script=Mongolian}]$/u,
    /^[\ufe00-\ufe0f\u180b-\u180d\u{e0100}-\u{e01ef}]/u,
  ],
  // The flags of England, Scotland and Wales.
  [/\u{1f3f4}$/u, /^[\u{e0020}-\u{e007f}]+/u],
];

/** Without spaces and unseen characters at its ends. */
export const trimmed = (text: string): string => {
  const begun = text.replace(unseenAtStart, '');
  const tail = unseenAtEnd.exec(begun)?.[1] ?? '';
  const bare = begun.slice(0, begun.length - tail.length);
  const mark = belonging.flatMap(([seen, belongs]) => (seen.test(bare) ? (belongs.exec(tail) ?? []) : []))[0];
  return bare + (mark ?? '');
};

/**
 * What two texts have in common that look alike: case, composition, unseen characters and kinds of spaces
 * aside.
 */
export const lookOf = (text: string): string =>
  text.toLowerCase().replace(everyUnseen, '').replace(/\s+/gu, ' ').trim().normalize('NFC');

const characterNames: Readonly<Record<string, string>> = {
  '\t': 'a tab',
  '\n': 'a line break',
  '\r': 'a line break',
  '\u00a0': 'a no-break space',
  '\u00ad': 'a soft hyphen',
  '\u200b': 'a zero-width space',
  '\u200c': 'a zero-width non-joiner',
  '\u200d': 'a zero-width joiner',
  '\u200e': 'a left-to-right mark',
  '\u200f': 'a right-to-left mark',
  '\u2028': 'a line separator',
  '\u2029': 'a paragraph separator',
  '\u202d': 'a left-to-right override',
  '\u202e': 'a right-to-left override',
  '\u2060': 'a word joiner',
  '\ufeff': 'a byte order mark',
};

/** `a zero-width space (U+200B)`; what is seen stands for itself. */
export const characterWords = (character: string): string => {
  if (character === ' ') return 'a space';
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  const name = characterNames[character];
  if (name !== undefined) return `${name} (${code})`;
  return /[\p{C}\p{Z}]/u.test(character) || trimmed(character) === ''
    ? `the character ${code}`
    : `“${character}”`;
};

// What no line of text may hold: control characters, halves of characters, breaks. Lone surrogates are no
// UTF-8.
const forbidden = /[\p{Cc}\p{Cs}\u2028\u2029]/u;
// They turn round what follows them, on screens, in logs and in other people's terminals.
const turning = /[\u202a-\u202e\u2066-\u2069]/u;

// Without making a list of them: of 600,000 that takes a tenth of a second.
const lengthOf = (text: string): number => {
  let count = 0;
  for (let at = 0; at < text.length; at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1) count += 1;
  return count;
};
const EMPTY = { code: 'too_small', message: 'Write at least one character.' };

const tooLong = (characters: string, max: number): Reading => ({
  code: 'too_big',
  message: `These are ${characters} characters; shorten this to ${max} or fewer.`,
});

/** A text that has too many even if spaces stand around it: to count those of megabytes would hold others up. */
const farTooLong = (text: string, max: number): Reading | null => {
  const far = 2 * max + 500;
  return text.length > 2 * far ? tooLong(`more than ${far.toLocaleString('en')}`, max) : null;
};
const tooLongAsItStands = (text: string, max: number): Reading | null => {
  const length = lengthOf(text);
  return length > max ? tooLong(length.toLocaleString('en'), max) : null;
};

const forbiddenIn = (text: string): Reading | undefined => {
  const found = forbidden.exec(text)?.[0];
  return found === undefined
    ? undefined
    : {
        code: 'control_characters',
        message: `Remove ${characterWords(found)}: this is one line of plain text.`,
      };
};

/** A name: composed, its ends free of what nobody sees. `max` counts characters (code points). */
export const readName = (text: string, max: number): Reading => {
  const far = farTooLong(text, max);
  if (far) return far;
  const value = trimmed(text).normalize('NFC');
  if (value === '')
    return text === ''
      ? EMPTY
      : {
          ...EMPTY,
          message: 'There are only spaces or characters that nobody sees. Write at least one other.',
        };
  const long = tooLongAsItStands(value, max);
  if (long) return long;
  const turned = turning.exec(value)?.[0];
  const wrong = forbiddenIn(value);
  if (wrong) return wrong;
  if (turned !== undefined)
    return {
      code: 'control_characters',
      message: `Remove ${characterWords(turned)}: it makes text read in another order than it is written.`,
    };
  return { value };
};

/**
 * A login or a secret: as it was sent, or not at all. What is wrong is named, and nothing else of the text.
 */
export const readAsSent = (text: string, max: number): Reading => {
  if (text === '') return EMPTY;
  const long = farTooLong(text, max) ?? tooLongAsItStands(text, max);
  if (long) return long;
  const wrong = forbiddenIn(text);
  if (wrong) return wrong;
  const bare = trimmed(text);
  if (bare === text) return { value: text };
  if (bare === '') return { ...EMPTY, message: 'There are only spaces or characters that nobody sees.' };
  const [first = ''] = text;
  const atStart = trimmed(first) === '';
  const odd = atStart ? first : (Array.from(text).at(-1) ?? '');
  return {
    code: 'unseen_characters',
    message: `It ${atStart ? 'begins' : 'ends'} with ${characterWords(odd)}. Remove ${odd.trim() === '' ? 'it' : 'it, though nobody sees it'}.`,
  };
};
