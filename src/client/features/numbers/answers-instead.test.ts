import { expect, test } from 'vitest';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import type { RoutedNumber } from '#contract/numbers/routing.ts';
import type { Destination } from '#contract/numbers/destination.ts';
import { hoursIn, numberWith, routing, rule, weekly, workdays } from '#routing/testing/numbers.ts';
import { insteadWords } from './answers-instead.ts';

const NEW_YORK = 'America/New_York';
const office = hoursIn(NEW_YORK, weekly(workdays, '09:00–18:00'));
// Thursday, eight in the evening in New York.
const evening = Date.parse('2026-11-27T01:00:00Z');
const noon = Date.parse('2026-11-26T17:00:00Z');
const names: Record<string, string> = { usual: 'Dev', night: 'Night desk' };

const words = (
  fields: Partial<RoutedNumber>,
  now = evening,
  own = NEW_YORK,
  hours: typeof office | null = office,
) =>
  insteadWords(
    { ...numberWith(fields), country: 'US' } as unknown as PhoneNumber,
    hours,
    (id) => names[id],
    now,
    own,
  );
const closed = (destination: Destination) => ({
  routing: routing([rule('shut', { hours: 'closed' }, destination)]),
});
const voicemail: Destination = { type: 'voicemail', greeting: null };

test('where the inbound agent answers, nothing is said', () => {
  expect(words(closed(voicemail), noon)).toBeNull();
  expect(words({}, noon, NEW_YORK, null)).toBeNull();
});

test.each<[string, Destination]>([
  ['voicemail answers until 09:00', voicemail],
  ['Night desk answers until 09:00', { type: 'agent', agent_id: 'night' }],
  ['a message answers until 09:00', { type: 'message', text: 'A moment.' }],
  [
    'calls are forwarded to +442079460000 until 09:00',
    { type: 'forward', to: '+442079460000', ring_timeout_seconds: null },
  ],
  ['calls are declined until 09:00', { type: 'reject', reason: 'busy' }],
])('%s', (said, destination) => expect(words(closed(destination))).toBe(said));

test('an end that is more than a day off has its day', () =>
  expect(words(closed(voicemail), Date.parse('2026-11-28T01:00:00Z'))).toBe(
    'voicemail answers until Mon 09:00',
  ));

test('a clock that is not the reader’s is named', () =>
  expect(words(closed(voicemail), evening, 'Asia/Dhaka')).toBe(
    'voicemail answers until 09:00 in America/New_York',
  ));

test('what does not change for long has no end', () =>
  expect(words({ routing: routing([rule('all', {}, voicemail)]) }, noon)).toBe('voicemail answers'));

test('whoever stands in is said to', () => {
  const temporary_reassignment = {
    agent_id: 'night',
    direction: 'inbound',
    starts_at: '2026-11-26T00:00:00Z',
    ends_at: '2026-11-30T13:00:00Z',
  } as const;
  expect(words({ temporary_reassignment }, noon, NEW_YORK, null)).toBe(
    'Night desk stands in until Mon 08:00',
  );
});
