import { describe, expect, test } from 'vitest';
import { businessHoursCreateSchema } from '#contract/business-hours.ts';
import type { WeeklyInterval } from '#contract/clock-times.ts';
import { dayText, isSameWeek, lengthWords, segmentsOf, spanWords, toDays, toWeekly } from './to-days.ts';

/** Which minutes of the week are open: what hours mean, however they are written. */
const minutesOpen = (weekly: readonly WeeklyInterval[]) => {
  const open = new Set<number>();
  for (const { days, start, end } of weekly) {
    const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
    const length = (minutes(end) - minutes(start) + 1440) % 1440 || 1440;
    for (const day of days)
      for (let at = 0; at < length; at += 1) open.add(((day - 1) * 1440 + minutes(start) + at) % 10_080);
  }
  return open;
};

const nine = { start: '09:00', end: '18:00' };

describe('a week, day by day and back', () => {
  test('what is equal on several days is said once, in the order of the days', () => {
    const weekly = [1, 2, 3, 5].map((day) => ({ days: [day], ...nine }));
    expect(toWeekly(toDays([{ days: [4], start: '10:07', end: '24:00' }, ...weekly]))).toEqual([
      { days: [1, 2, 3, 5], ...nine },
      { days: [4], start: '10:07', end: '24:00' },
    ]);
  });

  test.each<[string, WeeklyInterval[]]>([
    ['nothing', []],
    ['always', [{ days: [1, 2, 3, 4, 5, 6, 7], start: '00:00', end: '24:00' }]],
    ['a night over the end of the week', [{ days: [7], start: '22:00', end: '02:00' }]],
    ['an end written as midnight', [{ days: [5, 6], start: '18:00', end: '00:00' }]],
    ['times between the lines of the grid', [{ days: [2], start: '09:07', end: '09:08' }]],
    [
      'several a day',
      ['08', '10', '12', '14'].map((hour) => ({ days: [1, 3, 7], start: `${hour}:00`, end: `${hour}:45` })),
    ],
    ['nearly a whole day', [{ days: [1], start: '12:00', end: '11:59' }]],
  ])('%s keeps its meaning', (_, weekly) => {
    const back = toWeekly(toDays(weekly));
    expect(minutesOpen(back)).toEqual(minutesOpen(weekly));
    expect(isSameWeek(back, weekly)).toBe(true);
    expect(businessHoursCreateSchema.safeParse({ name: 'a', time_zone: 'UTC', weekly: back }).success).toBe(
      true,
    );
  });

  test('five hundred weeks keep their meaning', () => {
    let seed = 7;
    const random = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
    for (let turn = 0; turn < 500; turn += 1) {
      const weekly = Array.from({ length: random(6) }, () => {
        const start = random(1440);
        const end = (start + 1 + random(1438)) % 1440;
        const text = (minutes: number) =>
          `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
        return {
          days: [1, 2, 3, 4, 5, 6, 7].filter(() => random(2) === 0),
          start: text(start),
          end: text(end),
        };
      });
      expect(minutesOpen(toWeekly(toDays(weekly)))).toEqual(minutesOpen(weekly));
    }
  });

  test('a mistake is not silently mended', () => {
    const twice = [
      { days: [1], ...nine },
      { days: [1], ...nine },
    ];
    expect(toWeekly(toDays(twice))).toEqual(twice);
  });
});

describe('what is drawn and read', () => {
  const week = toDays([
    { days: [7], start: '22:00', end: '02:00' },
    { days: [1], ...nine },
  ]);

  test('Sunday night goes on in Monday’s row', () => {
    expect(segmentsOf(week, 6)).toMatchObject([{ day: 6, left: 1320, right: 1440, part: 'head' }]);
    expect(segmentsOf(week, 0)).toMatchObject([
      { day: 6, place: 0, left: 0, right: 120, part: 'tail' },
      { day: 0, left: 540, right: 1080, part: 'whole' },
    ]);
  });

  test('each row reads as text', () => {
    expect(dayText(week, 0)).toBe('Monday until 02:00 from the day before, 09:00–18:00');
    expect(dayText(week, 1)).toBe('Tuesday closed');
    expect(dayText(week, 6)).toBe('Sunday 22:00–02:00 the next day');
    expect(spanWords(6, { from: 1320, to: 1560 })).toBe('Sunday 22:00 to 02:00 on Monday');
    expect([
      lengthWords({ from: 0, to: 45 }),
      lengthWords({ from: 0, to: 60 }),
      lengthWords({ from: 1320, to: 1590 }),
    ]).toEqual(['45 min', '1 h', '4 h 30 min']);
  });
});
