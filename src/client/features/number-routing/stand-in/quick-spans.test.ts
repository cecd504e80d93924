import { expect, test } from 'vitest';
import { quickSpans } from './quick-spans.ts';

const local = (text: string) => new Date(text).getTime();
const weekendAt = (now: string) => {
  const span = quickSpans(local(now)).find(({ name }) => name === 'Over the weekend');
  return [span?.from, span?.to];
};

test('tomorrow is the next day by the calendar', () => {
  const [tomorrow] = quickSpans(local('2026-11-30T23:50'));
  expect([tomorrow?.from, tomorrow?.to]).toEqual([local('2026-11-30T23:50'), local('2026-12-01T09:00')]);
});

test.each([
  ['2026-11-24T12:00', '2026-11-27T18:00', '2026-11-30T08:00'],
  ['2026-11-27T17:59', '2026-11-27T18:00', '2026-11-30T08:00'],
  ['2026-11-27T18:30', '2026-11-27T18:30', '2026-11-30T08:00'],
  ['2026-11-29T10:00', '2026-11-29T10:00', '2026-11-30T08:00'],
  ['2026-11-30T07:00', '2026-11-30T07:00', '2026-11-30T08:00'],
  ['2026-11-30T08:00', '2026-12-04T18:00', '2026-12-07T08:00'],
])('at %s the weekend is from %s to %s', (now, from, to) =>
  expect(weekendAt(now)).toEqual([local(from), local(to)]),
);
