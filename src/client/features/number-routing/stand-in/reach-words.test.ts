import { expect, test } from 'vitest';
import {
  agent,
  caller,
  everyDay,
  hoursIn,
  numberWith,
  routing,
  rule,
  weekly,
  workdays,
} from '#routing/testing/numbers.ts';
import { reachWords } from './reach-words.ts';

const zone = 'America/New_York';
const office = hoursIn(zone, weekly(workdays, '09:00–18:00'));
const voicemail = { type: 'voicemail', greeting: null } as const;
const from = Date.parse('2026-11-27T23:00:00Z');
const standing = (
  rules: ReturnType<typeof rule>[],
  ends_at: string,
  direction: 'inbound' | 'outbound' = 'inbound',
) => ({
  ...numberWith({ routing: routing(rules) }),
  temporary_reassignment: {
    agent_id: 'night',
    direction,
    starts_at: '2026-11-27T23:00:00Z',
    ends_at,
  },
});
const weekend = '2026-11-30T15:00:00Z';
const words = (number: ReturnType<typeof standing>, hours = office, now = from) =>
  reachWords(number, hours, zone, now, 'Night desk');

test('without rules a stand-in answers the whole time', () =>
  expect(words(standing([], weekend))).toBe('Night desk answers the whole time.'));

test('a rule for the closed hours leaves it the open ones', () =>
  expect(words(standing([rule('shut', { hours: 'closed' }, voicemail)], weekend))).toBe(
    'But rules come first: Night desk answers only Mon 30 Nov, 09:00–10:00.',
  ));

test('rules that take all calls leave it none', () =>
  expect(words(standing([rule('all', {}, agent('day'))], weekend))).toBe(
    'But rules take every call of that time: Night desk answers none.',
  ));

test('what is over is not told, nor a stand-in that dials', () => {
  expect(words(standing([], weekend), office, Date.parse(weekend))).toBeNull();
  expect(words(standing([], weekend, 'outbound'))).toBeNull();
});

test('of many times the first are named, of a long time the first days', () => {
  const shut = rule('shut', { hours: 'closed' }, voicemail);
  const daily = hoursIn(zone, weekly(everyDay, '09:00–18:00'));
  expect(words(standing([shut], '2026-12-03T05:00:00Z'), daily)).toBe(
    'But rules come first: Night desk answers only Sat 28 Nov, 09:00–18:00; Sun 29 Nov, 09:00–18:00; Mon 30 Nov, 09:00–18:00 and 2 more times.',
  );
  expect(words(standing([], '2027-11-27T23:00:00Z'))).toBe(
    'In the first 31 days, Night desk answers the whole time.',
  );
});

test('rules about certain callers are said to come first', () => {
  const ofCallers = rule('vip', { caller_in: [caller('+14155550123').number ?? ''] }, agent('vip'));
  expect(words(standing([ofCallers], weekend))).toBe(
    'Night desk answers the whole time. Rules about certain callers come first.',
  );
});
