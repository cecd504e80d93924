import { expect, test } from 'vitest';
import { secondsWords } from './seconds-words.ts';

test.each([
  [3600, '1 h'],
  [5430, '1 h 30 min 30 s'],
  [45, '45 s'],
  [Number.NaN, ''],
  [null, ''],
])('%s seconds are %s', (seconds, words) =>
  expect(secondsWords(seconds).replaceAll('\u00a0', ' ')).toBe(words),
);
