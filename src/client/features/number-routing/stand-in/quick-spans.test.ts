import { expect, test } from 'vitest';
import { instantOf } from '#routing/zone.ts';
import { quickSpans } from './quick-spans.ts';

const zones = ['America/New_York', 'Asia/Dhaka', 'Pacific/Kiritimati', 'UTC'];
const local = (zone: string, text: string) => instantOf(zone, Date.parse(`${text}Z`));
const weekendAt = (zone: string, now: string) => {
  const span = quickSpans(local(zone, now), zone).find(({ name }) => name === 'Over the weekend');
  return [span?.from, span?.to];
};

test('tomorrow is the next day by the calendar of the zone', () => {
  for (const zone of zones) {
    const now = local(zone, '2026-11-30T23:50');
    const [tomorrow] = quickSpans(now, zone);
    expect([tomorrow?.from, tomorrow?.to]).toEqual([now, local(zone, '2026-12-01T09:00')]);
  }
});

test.each([
  ['2026-11-24T12:00', '2026-11-27T18:00', '2026-11-30T08:00'],
  ['2026-11-27T17:59', '2026-11-27T18:00', '2026-11-30T08:00'],
  ['2026-11-27T18:30', '2026-11-27T18:30', '2026-11-30T08:00'],
  ['2026-11-29T10:00', '2026-11-29T10:00', '2026-11-30T08:00'],
  ['2026-11-30T07:00', '2026-11-30T07:00', '2026-11-30T08:00'],
  ['2026-11-30T08:00', '2026-12-04T18:00', '2026-12-07T08:00'],
])('at %s the weekend is from %s to %s', (now, from, to) => {
  for (const zone of zones) expect(weekendAt(zone, now)).toEqual([local(zone, from), local(zone, to)]);
});

test('on a Friday evening in Dhaka it is not yet the weekend in New York', () => {
  const now = local('Asia/Dhaka', '2026-11-27T19:00');
  const span = quickSpans(now, 'America/New_York').find(({ name }) => name === 'Over the weekend');
  expect(span?.from).toBe(Date.parse('2026-11-27T23:00:00Z'));
});

test('a night in which clocks change is as long as it is', () => {
  const zone = 'America/New_York';
  const [, weekend] = quickSpans(local(zone, '2026-10-30T12:00'), zone);
  expect(weekend && (weekend.to - weekend.from) / 3_600_000).toBe(63);
});
