import { expect, test } from 'vitest';
import type { Hours } from '#contract/business-hours.ts';
import { hoursAt, hoursBoundaries } from '#routing/hours.ts';
import { stateOf } from '#routing/answers-by-hours-state.ts';
import { statesAhead } from './states-ahead.ts';
import { everyDay, exception, hoursIn, weekly, workdays } from '#routing/testing/numbers.ts';
import { hoursOfYears, zoneYears } from '#routing/testing/years.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Every boundary of a year, asked one by one. */
const askedOneByOne = (hours: Hours, at: number): number[] => {
  const states = [at, ...hoursBoundaries(hours, at, at + 370 * DAY_MS)].map((instant) => {
    const { isOpen, exception: governing } = hoursAt(hours, instant);
    return stateOf({ isOpen, isException: governing !== null });
  });
  return [...new Set(states)].sort((a, b) => a - b);
};

test.each(zoneYears)(
  'the states of a year are those of each of its boundaries, in %s from %i',
  (zone, year) => {
    for (const hours of hoursOfYears(zone, year)) {
      for (let at = Date.UTC(year + 4, 1, 20); at < Date.UTC(year + 6, 0); at += 45 * DAY_MS + 7 * HOUR_MS) {
        expect(statesAhead(hours, at)).toEqual(askedOneByOne(hours, at));
      }
    }
  },
);

test('what is past no longer counts, by the hour and by the day', () => {
  const hours = hoursIn(
    'UTC',
    weekly(everyDay, '00:00–24:00'),
    exception('Sale', '2026-11-24', '10:00–14:00'),
  );
  const statesOn = (at: string) => statesAhead(hours, Date.parse(at));
  expect(statesOn('2026-11-23T23:00:00Z')).toEqual([0, 2, 3]);
  expect(statesOn('2026-11-24T12:00:00Z')).toEqual([0, 2, 3]);
  expect(statesOn('2026-11-24T14:00:00Z')).toEqual([0, 3]);
  expect(statesOn('2026-11-25T00:00:00Z')).toEqual([0]);
  expect(statesOn('2026-11-24T23:00:00Z')).toEqual([0, 3]);
});

test('a night that begins on a day that was left out is not', () => {
  const hours = hoursIn(
    'Pacific/Apia',
    weekly(workdays, '09:00–17:00'),
    exception('Gone', '2011-12-30', '22:00–06:00'),
  );
  expect(statesAhead(hours, Date.UTC(2011, 11, 1))).toEqual([0, 1, 2]);
});

test('without exceptions there are two at most', () => {
  expect(statesAhead(hoursIn('UTC', weekly([3], '12:00–12:01')), Date.UTC(2026, 10, 24))).toEqual([0, 1]);
  expect(statesAhead(hoursIn('UTC', []), Date.UTC(2026, 10, 24))).toEqual([1]);
});
