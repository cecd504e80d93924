import { describe, expect, test } from 'vitest';
import { datesWords, daysWords, exceptionWords, weekWords } from './hours-words.ts';

describe('a week in words', () => {
  test.each([
    [
      'days that are alike are said once',
      [
        { days: [1, 2, 3, 4, 5], start: '09:00', end: '17:00' },
        { days: [6], start: '22:00', end: '02:00' },
      ],
      'Mon–Fri 09:00–17:00; Sat 22:00–02:00',
    ],
    [
      'grouping on the wire does not matter',
      [
        { days: [3], start: '13:00', end: '17:00' },
        { days: [1, 3], start: '09:00', end: '12:00' },
        { days: [1], start: '13:00', end: '17:00' },
      ],
      'Mon, Wed 09:00–12:00, 13:00–17:00',
    ],
    ['always', [{ days: [1, 2, 3, 4, 5, 6, 7], start: '00:00', end: '24:00' }], 'Every day 00:00–24:00'],
    ['never', [], 'never open'],
  ])('%s', (_, weekly, words) => expect(weekWords(weekly)).toBe(words));

  test('runs of days', () =>
    expect([[1, 2, 4, 6, 7], [7], [5, 1]].map(daysWords)).toEqual([
      'Mon–Tue, Thu, Sat–Sun',
      'Sun',
      'Mon, Fri',
    ]));
});

describe('exceptions in words', () => {
  test('dates say what they have in common once', () => {
    expect(datesWords('2026-12-24', '2026-12-24')).toBe('24 Dec 2026');
    expect(datesWords('2026-12-24', '2026-12-26')).toBe('24–26 Dec 2026');
    expect(datesWords('2026-11-30', '2026-12-02')).toBe('30 Nov – 2 Dec 2026');
    expect(datesWords('2026-12-30', '2027-01-02')).toBe('30 Dec 2026 – 2 Jan 2027');
  });
  test('a holiday and a short day', () => {
    const christmas = { start_date: '2026-12-24', end_date: '2026-12-26', every_year: true, intervals: [] };
    expect(exceptionWords(christmas)).toBe('24–26 Dec every year, closed');
    expect(
      exceptionWords({ ...christmas, every_year: false, intervals: [{ start: '10:00', end: '12:00' }] }),
    ).toBe('24–26 Dec 2026, open 10:00–12:00');
  });
});
