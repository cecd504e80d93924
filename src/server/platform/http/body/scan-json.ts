import { pointerTo } from '#contract/pointer.ts';
import {
  MAX_BODY_DEPTH,
  MAX_BODY_VALUES,
  MAX_OBJECT_KEYS,
  MAX_TEXT,
  MAX_TEXT_BYTES,
} from '#contract/body-limits.ts';
import { fieldProblem, Problem } from '#server/problem.ts';

/*
 * The promise: what costs more to parse than it can be worth, and what parsing would drop without a word, is
 * refused before anything is parsed: too many values or keys, too long a text, too deep, a key twice, the key
 * __proto__.
 * Whether the bytes are JSON is for the parser to say; of those that are, nothing is missed.
 */

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

const MAX_KEY_BYTES = 1024;
// A limit has room for each character as \u0041: a body of shorter escapes, which cost as much each, has too
// many characters.
const BYTES_AN_ESCAPE = 6;

/** An object or a list that is not closed yet. */
interface Opened {
  /** Those seen so far; null for a list. */
  keys: Set<string> | null;
  awaitsKey: boolean;
  /** Where it has come to: the key, or the place in the list. */
  at: string | number;
}

const readKey = (bytes: Buffer): string => {
  const text = bytes.toString();
  if (!text.includes('\\')) return text;
  try {
    return JSON.parse(`"${text}"`) as string;
  } catch {
    return text;
  }
};

/**
 * Takes a body of at most so many bytes piece by piece, as it arrives. Throws a problem as soon as one is
 * seen.
 */
export const openJsonScan = (atMost: number): ((piece: Buffer) => void) => {
  const maxEscapes = atMost / BYTES_AN_ESCAPE;
  let escapes = 0;
  const opened: Opened[] = [];
  let inside: Opened | undefined;
  let values = 0;
  let isInString = false;
  let isEscaped = false;
  let isKey = false;
  let textStart = 0;
  /** How much of it the pieces before had. */
  let textBefore = 0;
  let keyBefore: Buffer | null = null;

  const countValue = () => {
    values += 1;
    if (values > MAX_BODY_VALUES)
      throw new Problem(
        'body_too_large',
        `Send at most ${MAX_BODY_VALUES.toLocaleString('en')} values in one body.`,
      );
  };

  const countEscape = () => {
    isEscaped = true;
    escapes += 1;
    if (escapes > maxEscapes)
      throw new Problem(
        'body_too_large',
        `Send at most ${Math.floor(maxEscapes).toLocaleString('en')} escapes in one body.`,
      );
  };

  const open = (isObject: boolean) => {
    countValue();
    if (opened.length === MAX_BODY_DEPTH)
      throw new Problem('validation_failed', `Nest values at most ${MAX_BODY_DEPTH} deep.`);
    inside = { keys: isObject ? new Set() : null, awaitsKey: isObject, at: isObject ? '' : 0 };
    opened.push(inside);
  };

  const close = () => {
    opened.pop();
    inside = opened.at(-1);
  };

  const goOn = () => {
    countValue();
    if (inside?.keys) inside.awaitsKey = true;
    else if (inside) inside.at = Number(inside.at) + 1;
  };

  const takeKey = (bytes: Buffer) => {
    if (bytes.length > MAX_KEY_BYTES)
      throw new Problem(
        'unknown_field',
        `Remove the key that begins with ${bytes.toString('latin1', 0, 20).replaceAll(/[^ -~]/g, '?')}: no field has so long a name.`,
      );
    const key = readKey(bytes);
    // It would vanish on the way through any object; nothing is ever dropped silently.
    if (key === '__proto__') throw new Problem('unknown_field', 'Remove the key __proto__.');
    if (!inside?.keys) return;
    inside.at = key;
    if (inside.keys.has(key)) {
      const pointer = pointerTo(...opened.map(({ at }) => at));
      throw fieldProblem([{ pointer, code: 'duplicate_key', message: 'Send this key once.' }]);
    }
    inside.keys.add(key);
    if (inside.keys.size > MAX_OBJECT_KEYS) {
      const pointer = pointerTo(...opened.slice(0, -1).map(({ at }) => at));
      throw fieldProblem([
        { pointer, code: 'too_many_keys', message: `Send at most ${MAX_OBJECT_KEYS} keys in one object.` },
      ]);
    }
  };

  const measureText = (end: number) => {
    if (textBefore + end - textStart <= MAX_TEXT_BYTES) return;
    const pointer = pointerTo(...opened.map(({ at }) => at));
    const message = `Shorten this: no text here has more than ${MAX_TEXT.toLocaleString('en')} characters.`;
    throw fieldProblem([{ pointer, code: 'too_big', message }]);
  };

  const endString = (piece: Buffer, end: number) => {
    isInString = false;
    if (!isKey) return measureText(end);
    isKey = false;
    const last = piece.subarray(textStart, end);
    takeKey(keyBefore === null ? last : Buffer.concat([keyBefore, last]));
    keyBefore = null;
  };

  const structural = (byte: number, place: number) => {
    if (byte === QUOTE) {
      isInString = true;
      isKey = inside?.awaitsKey ?? false;
      textStart = place + 1;
      textBefore = 0;
    } else if (byte === COMMA) goOn();
    else if (byte === COLON) {
      if (inside) inside.awaitsKey = false;
    } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) open(byte === OPEN_OBJECT);
    else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) close();
  };

  return (piece) => {
    textStart = 0;
    for (let place = 0; place < piece.length; place += 1) {
      const byte = piece[place] ?? 0;
      if (!isInString) structural(byte, place);
      else if (isEscaped) isEscaped = false;
      else if (byte === BACKSLASH) countEscape();
      else if (byte === QUOTE) endString(piece, place);
    }
    if (!isInString) return;
    if (!isKey) {
      measureText(piece.length);
      textBefore += piece.length - textStart;
      return;
    }
    const rest = piece.subarray(textStart);
    keyBefore = keyBefore === null ? Buffer.from(rest) : Buffer.concat([keyBefore, rest]);
    if (keyBefore.length > MAX_KEY_BYTES) takeKey(keyBefore);
  };
};
