import { expect, test } from 'vitest';
import { keyEnd, numbersWords, stateWords } from './connection-words.ts';

const now = Date.parse('2026-02-03T12:00:00Z');
const DAY_MS = 86_400_000;
const endIn = (ms: number) => keyEnd({ key_expires_at: new Date(now + ms).toISOString() }, now);

test('a key that ends soon says in how many days, one that ends later when, and one that has ended so', () => {
  expect(endIn(9 * DAY_MS + 1000)).toEqual({ words: 'ends in 9 days', isSoon: true });
  expect(endIn(5 * 3_600_000)).toEqual({ words: 'ends in 5 h', isSoon: true });
  expect(endIn(300 * DAY_MS)).toEqual({ words: 'ends 30 Nov', isSoon: false });
  expect(endIn(-1)).toEqual({ words: 'has ended', isSoon: true });
  expect(keyEnd({ key_expires_at: null }, now)).toBeNull();
});

test('a paused connection says so before what its last check found', () => {
  expect(stateWords({ state: 'refused', paused: true })).toEqual(['Paused', 'quiet']);
  expect(stateWords({ state: 'refused', paused: false })).toEqual(['Refused', 'harm']);
  expect(stateWords({ state: 'ok', paused: false })).toEqual(['Answering', 'ok']);
});

test('as many numbers as a check asks for may be more', () => {
  expect(numbersWords({ numbers_seen: 0 })).toBe('0');
  expect(numbersWords({ numbers_seen: 100 })).toBe('100 or more');
  expect(numbersWords({ numbers_seen: null })).toBeNull();
});
