import { expect, test } from 'vitest';
import { findZones } from './find-zones.ts';

const winter = Date.UTC(2026, 11, 1);
const found = (typed: string) => findZones(typed, winter).map(({ zone }) => zone);

test.for<[string, string]>([
  ['calcutta', 'Asia/Kolkata'],
  ['kyiv', 'Europe/Kyiv'],
  ['Kiev', 'Europe/Kyiv'],
  ['saigon', 'Asia/Ho_Chi_Minh'],
  ['us/eastern', 'America/New_York'],
  ['Tampa', 'America/New_York'],
  ['são paulo', 'America/Sao_Paulo'],
  ['asia/dhaka', 'Asia/Dhaka'],
  ['mumbai', 'Asia/Kolkata'],
  ['utc', 'Etc/UTC'],
])('%s finds %s first', ([typed, zone]) => expect(found(typed)[0]).toBe(zone));

test('IST is the time of three countries, and no part of Boa Vista', () => {
  expect(found('IST').slice(0, 3).toSorted()).toEqual(['Asia/Jerusalem', 'Asia/Kolkata', 'Europe/Dublin']);
  expect(found('ist')).toContain('Europe/Istanbul');
  expect(found('IST')).not.toContain('America/Boa_Vista');
});

test.for<[string, string]>([
  ['UTC+6', 'Asia/Dhaka'],
  ['gmt +05:30', 'Asia/Kolkata'],
  ['-3', 'America/Sao_Paulo'],
  ['+0', 'Europe/London'],
])('%s finds those whose clocks are so far from UTC, as %s', ([typed, zone]) => {
  expect(found(typed)).toContain(zone);
  expect(found(typed)).not.toContain('Asia/Tokyo');
});

test('what it was found by is said where it is no name of its own', () => {
  expect(findZones('tampa', winter)).toEqual([{ zone: 'America/New_York', by: 'Tampa' }]);
  expect(findZones('kolkata', winter)).toEqual([{ zone: 'Asia/Kolkata', by: null }]);
  expect(findZones('nowhere at all', winter)).toEqual([]);
  expect(findZones('', winter).length).toBeGreaterThan(400);
});
