import { expect, test } from 'vitest';
import { endsSoon, endWords, isLive } from './key-life.ts';

const now = Date.parse('2026-02-03T12:00:00.000Z');
const endingIn = (hours: number) => ({
  expires_at: new Date(now + hours * 3_600_000).toISOString(),
  revoked_at: null,
});

test('a key ends soon from fourteen days before, until it is over', () => {
  expect([14.01 * 24, 14 * 24, 0.1, 0, -1].map((hours) => endsSoon(endingIn(hours), now))).toEqual([
    false,
    true,
    true,
    false,
    false,
  ]);
  expect(endsSoon({ expires_at: null, revoked_at: null }, now)).toBe(false);
  expect(endsSoon({ ...endingIn(24), revoked_at: '2026-02-03T11:00:00.000Z' }, now)).toBe(false);
});

test('a key without an end is alive until it is revoked', () => {
  expect(isLive({ expires_at: null, revoked_at: null }, now)).toBe(true);
  expect(isLive({ expires_at: null, revoked_at: '2026-02-03T11:00:00.000Z' }, now)).toBe(false);
});

test('what is left is never said to be more than it is', () => {
  expect([9 * 24 + 23, 25, 23.9, 1.2, 0.5, 0.001].map((hours) => endWords(endingIn(hours), now))).toEqual([
    'ends in 9 days',
    'ends in 1 day',
    'ends in 23 h',
    'ends in 1 h',
    'ends in 30 min',
    'ends in 1 min',
  ]);
});
