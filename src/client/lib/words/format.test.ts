import { describe, expect, test } from 'vitest';
import {
  calendarDate,
  countryName,
  exactTime,
  formatCount,
  initials,
  plural,
  relativeTime,
  timeAgo,
} from './format.ts';

// Local noon, so that the days before and after are other calendar days in every zone.
const now = new Date(2026, 10, 23, 12, 0, 0).getTime();
const before = (ms: number) => new Date(now - ms).toISOString();
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('how long ago', () => {
  test.each([
    [30_000, 'just now'],
    [-5 * MINUTE, 'just now'],
    [2 * MINUTE, '2 min ago'],
    [59 * MINUTE, '59 min ago'],
    [HOUR, '1 h ago'],
    [11 * HOUR, '11 h ago'],
    [13 * HOUR, 'yesterday'],
    [DAY, 'yesterday'],
    [2 * DAY, '2 days ago'],
    [6 * DAY, '6 days ago'],
    [11 * DAY, '12 Nov'],
    [365 * DAY, '23 Nov 2025'],
  ])('%i ms ago reads %s', (age, words) => expect(relativeTime(before(age), now)).toBe(words));

  test('reads on within a sentence', () => {
    expect([30_000, 2 * MINUTE, DAY, 2 * DAY, 11 * DAY].map((age) => timeAgo(before(age), now))).toEqual([
      'just now',
      '2 min ago',
      'yesterday',
      '2 days ago',
      'on 12 Nov',
    ]);
  });

  test('what is no instant is nothing', () => {
    expect(relativeTime('soon', now)).toBe('');
    expect(calendarDate('', now)).toBe('');
  });
});

test('every date is written in one way', () => {
  const at = (...parts: [number, number, number, number, number, number]) => new Date(...parts).toISOString();
  expect(exactTime(at(2026, 10, 28, 22, 0, 5))).toBe('28 Nov 2026, 22:00:05');
  expect(exactTime(at(2026, 8, 1, 0, 0, 0))).toBe('1 Sep 2026, 00:00');
  expect(calendarDate(at(2025, 8, 1, 12, 0, 0), now)).toBe('1 Sep 2025');
});

test('counts are grouped and agree with their noun', () => {
  expect(formatCount(1_000_000)).toBe('1,000,000');
  expect([0, 1, 2].map((count) => plural(count, 'number'))).toEqual(['0 numbers', '1 number', '2 numbers']);
});

test('a country is named, and what is no country stays as it is', () => {
  expect(countryName('BD')).toBe('Bangladesh');
  expect(countryName('not a code')).toBe('not a code');
});

test.each([
  ['Rina K.', 'RK'],
  ['Asha · Bangla support', 'AS'],
  ['óscar', 'Ó'],
  ['🦜 Polly', 'P'],
  ['مريم', 'م'],
  ['', ''],
])('%j is shortened to %j', (name, short) => expect(initials(name)).toBe(short));
