import { describe, expect, test } from 'vitest';
import { exceptionOnDay } from '#routing/hours.ts';
import { addDays, daysBetween, todayIn } from '#client/lib/days.ts';
import { nextOccurrence } from './next-occurrence.ts';

const dated = (start_date: string, end_date = start_date, every_year = false) => ({
  start_date,
  end_date,
  every_year,
});

describe('the next occurrence', () => {
  test.each([
    ['one that is over', dated('2026-05-01'), '2026-05-02', null],
    ['one that is on', dated('2026-05-01', '2026-05-03'), '2026-05-02', ['2026-05-01', '2026-05-03']],
    [
      'a yearly one later this year',
      dated('2020-12-24', '2020-12-26', true),
      '2026-11-24',
      ['2026-12-24', '2026-12-26'],
    ],
    [
      'a yearly one that was this year',
      dated('2020-03-26', '2020-03-26', true),
      '2026-11-24',
      ['2027-03-26', '2027-03-26'],
    ],
    [
      'a yearly one over New Year, in January',
      dated('2020-12-30', '2021-01-02', true),
      '2026-01-01',
      ['2025-12-30', '2026-01-02'],
    ],
    [
      'a yearly one that is not yet in force',
      dated('2030-06-01', '2030-06-01', true),
      '2026-11-24',
      ['2030-06-01', '2030-06-01'],
    ],
    ['29 February', dated('2024-02-29', '2024-02-29', true), '2026-11-24', ['2028-02-29', '2028-02-29']],
    [
      'what begins on 29 February',
      dated('2024-02-29', '2024-03-02', true),
      '2026-11-24',
      ['2027-03-01', '2027-03-02'],
    ],
    ['dates that are not written yet', dated(''), '2026-11-24', null],
  ] as const)('%s', (_, exception, today, expected) => {
    expect(nextOccurrence(exception, today)).toEqual(expected && { first: expected[0], last: expected[1] });
  });

  test('is the first day on which the decision finds it', () => {
    const named = [
      dated('2025-12-30', '2026-01-02', true),
      dated('2024-02-29', '2024-02-29', true),
      dated('2024-02-28', '2024-02-29', true),
    ];
    for (const exception of named) {
      const hours = {
        name: 'a',
        time_zone: 'UTC',
        weekly: [],
        exceptions: [{ name: 'x', intervals: [], ...exception }],
      };
      for (let offset = 0; offset < 800; offset += 7) {
        const today = addDays('2026-01-01', offset);
        const day = (date: string) => daysBetween('1970-01-01', date);
        let first = today;
        while (exceptionOnDay(hours, day(first)) === null) first = addDays(first, 1);
        const found = nextOccurrence(exception, today);
        expect([today, found && (found.first < today ? today : found.first)]).toEqual([today, first]);
      }
    }
  });

  test('today is that of the zone', () => {
    const noon = Date.UTC(2026, 10, 24, 12);
    expect([todayIn('Pacific/Kiritimati', noon), todayIn('Pacific/Pago_Pago', noon)]).toEqual([
      '2026-11-25',
      '2026-11-24',
    ]);
    expect(todayIn('No/Where', noon)).toMatch(/^2026-11-2[3-5]$/);
  });
});
