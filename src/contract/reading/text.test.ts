import { describe, expect, test } from 'vitest';
import { lookOf, readAsSent, readName, trimmed } from './text.ts';

const name = (text: string) => readName(text, 10);
const messageOf = (reading: object) => ('message' in reading ? reading.message : reading);

describe('a name', () => {
  test.for<[string, string]>([
    ['  Dhaka  ', 'Dhaka'],
    ['\ufeffDhaka\u200b', 'Dhaka'],
    ['\u200e\u202aDhaka\u202c', 'Dhaka'],
    ['\u00a0Dhaka\u3164', 'Dhaka'],
    ['VIP\u200d', 'VIP'],
    ['VIP\ufe0f', 'VIP'],
    ['cafe\u0301', 'caf\u00e9'],
    // What is inside stays: joiners of Bangla and Persian, and marks of direction.
    ['\u09b0\u200d\u09cd\u09af\u09be\u09ac', '\u09b0\u200d\u09cd\u09af\u09be\u09ac'],
    ['\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645', '\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645'],
    // What belongs to the last seen character stays, too.
    ['\u09b9\u09a0\u09be\u09a4\u09cd\u200d', '\u09b9\u09a0\u09be\u09a4\u09cd\u200d'],
    ['love \u2764\ufe0f', 'love \u2764\ufe0f'],
    [
      '\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
      '\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
    ],
    ['\u{1f642}'.repeat(10), '\u{1f642}'.repeat(10)],
  ])('%j is read as %j, and that as itself', ([text, value]) => {
    expect(name(text)).toEqual({ value });
    expect(name(value)).toEqual({ value });
  });

  test.for<[string, string, string]>([
    ['', 'too_small', 'Write at least one character.'],
    [
      ' \u200b\u2060\ufeff',
      'too_small',
      'There are only spaces or characters that nobody sees. Write at least one other.',
    ],
    ['eleven char', 'too_big', 'These are 11 characters; shorten this to 10 or fewer.'],
    ['a\nb', 'control_characters', 'Remove a line break (U+000A): this is one line of plain text.'],
    ['a\u0007b', 'control_characters', 'Remove the character U+0007: this is one line of plain text.'],
    ['a\ud800b', 'control_characters', 'Remove the character U+D800: this is one line of plain text.'],
    [
      'ok\u202egnp',
      'control_characters',
      'Remove a right-to-left override (U+202E): it makes text read in another order than it is written.',
    ],
  ])('%j is refused as %s: %s', ([text, code, message]) => expect(name(text)).toEqual({ code, message }));

  test('of a million characters is refused without counting them', () =>
    expect(messageOf(name('\u200b'.repeat(1_000_000) + 'x'))).toBe(
      'These are more than 520 characters; shorten this to 10 or fewer.',
    ));
});

test.for<[string, string]>([
  ['VIP', 'vip'],
  ['Caf\u00e9', 'CAFE\u0301'],
  ['vip', 'v\u200bi\u00adp\u2060'],
  ['night desk', 'Night\u00a0\u2003desk'],
  ['\u0130zmir', 'I\u0307zmir'],
  ['\u2764', '\u2764\ufe0f'],
])('%j looks like %j', ([one, other]) => expect(lookOf(one)).toBe(lookOf(other)));

test.for<[string, string]>([
  ['vip', 'vip 2'],
  ['e', '\u00e9'],
  ['night desk', 'nightdesk'],
])('%j does not look like %j', ([one, other]) => expect(lookOf(one)).not.toBe(lookOf(other)));

describe('a login', () => {
  test.for(['acme', 'a b', 'p\u00e4ss', 'cafe\u0301', 'x\u200by', '\u{1f642}'.repeat(10)])(
    '%j stays as it was sent',
    (text) => expect(readAsSent(text, 10)).toEqual({ value: text }),
  );

  test.for<[string, string, string]>([
    ['acme ', 'unseen_characters', 'It ends with a space. Remove it.'],
    ['\u00a0acme', 'unseen_characters', 'It begins with a no-break space (U+00A0). Remove it.'],
    [
      'acme\u200b',
      'unseen_characters',
      'It ends with a zero-width space (U+200B). Remove it, though nobody sees it.',
    ],
    ['\ufeffacme', 'unseen_characters', 'It begins with a byte order mark (U+FEFF). Remove it.'],
    [' ', 'too_small', 'There are only spaces or characters that nobody sees.'],
    ['', 'too_small', 'Write at least one character.'],
    ['a\tb', 'control_characters', 'Remove a tab (U+0009): this is one line of plain text.'],
    ['x'.repeat(11), 'too_big', 'These are 11 characters; shorten this to 10 or fewer.'],
  ])('%j is refused as %s: %s', ([text, code, message]) =>
    expect(readAsSent(text, 10)).toEqual({ code, message }),
  );
});

test('what is trimmed is trimmed wholly', () => {
  for (const text of [' \u200b a \u200d\u200b ', '\u09cd\u200d\u200d ', '\u2764\ufe0f\ufe0f'])
    expect(trimmed(trimmed(text))).toBe(trimmed(text));
});
