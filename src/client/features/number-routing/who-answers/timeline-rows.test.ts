import { expect, test } from 'vitest';
import { timeline } from '#routing/timeline.ts';
import type { RoutedNumber } from '#contract/numbers/routing.ts';
import { daysFrom, toRows } from './timeline-rows.ts';
import { stretchWords } from './timeline-words.ts';

const zone = 'Europe/London';
const hours = {
  name: 'Office',
  time_zone: zone,
  weekly: [{ days: [1, 2, 3, 4, 5, 6, 7], start: '09:00', end: '18:00' }],
  exceptions: [],
};
const number: RoutedNumber = {
  phone_number: '+442071838750',
  inbound_agent_id: 'a',
  outbound_agent_id: null,
  routing: {
    business_hours_id: 'h',
    fallback: null,
    rules: [
      {
        id: 'r',
        name: null,
        enabled: true,
        when: {
          hours: 'closed',
          caller_countries: null,
          caller_prefixes: null,
          caller_in: null,
          anonymous: 'any',
        },
        destination: { type: 'agent', agent_id: 'night' },
      },
    ],
  },
  call_handling: null,
  temporary_reassignment: null,
};

const rowsFrom = (now: string, count: number) => {
  const days = daysFrom(zone, Date.parse(now), count);
  return toRows(days, timeline(number, hours, days[0]!.from, days.at(-1)!.to));
};

test('a day is three stretches, which touch and fill it', () => {
  const [row] = rowsFrom('2026-11-24T12:00:00Z', 1);
  expect(row?.length).toBeNull();
  expect(row?.segments.map(({ left, width }) => [left * 24, width * 24].map(Math.round))).toEqual([
    [0, 9],
    [9, 9],
    [18, 6],
  ]);
});

test.each([
  ['2026-10-24T12:00:00Z', '25 h', 10 / 25],
  ['2027-03-27T12:00:00Z', '23 h', 8 / 23],
])('the day after %s is %s long, and its opening stands where it is', (now, length, left) => {
  const [, row] = rowsFrom(now, 2);
  expect(row?.length).toBe(length);
  expect(row?.segments[1]?.left).toBeCloseTo(left, 6);
  const filled = row?.segments.reduce((sum, { width }) => sum + width, 0);
  expect(filled).toBeCloseTo(1, 9);
});

test('a stretch is told by the zone’s clock', () => {
  expect(stretchWords(zone, Date.parse('2026-11-26T18:00:00Z'), Date.parse('2026-11-27T09:00:00Z'))).toBe(
    'Thu 26 Nov, 18:00–09:00',
  );
  expect(stretchWords(zone, Date.parse('2026-11-27T18:00:00Z'), Date.parse('2026-11-30T09:00:00Z'))).toBe(
    'Fri 27 Nov, 18:00 to Mon 30 Nov, 09:00',
  );
});
