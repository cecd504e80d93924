import { expect, test } from 'vitest';
import type { Destination } from '#contract/numbers/destination.ts';
import { agent, rule } from '#routing/testing/numbers.ts';
import { conditionWords, dayWords, destinationWords, momentWords, ruleWords } from './words.ts';

const nameOf = (id: string) => ({ night: 'Night agent', day: 'Day agent' })[id];

test('moments are what the zone’s clock shows', () => {
  expect(dayWords(0)).toBe('Thursday 1 Jan 1970');
  expect(dayWords(-1)).toBe('Wednesday 31 Dec 1969');
  expect(momentWords('Asia/Kathmandu', Date.UTC(2026, 10, 24, 18, 20))).toBe('Wednesday 25 Nov 2026, 00:05');
  expect(momentWords('America/New_York', Date.UTC(1969, 11, 31, 23, 30))).toBe(
    'Wednesday 31 Dec 1969, 18:30',
  );
});

test('conditions are read aloud', () => {
  const words = (when: Parameters<typeof rule>[1]) => conditionWords(rule('r', when).when);
  expect(words({})).toBe('a call comes');
  expect(words({ hours: 'closed' })).toBe('closed');
  expect(words({ hours: 'exception', anonymous: true })).toBe(
    'on a holiday or exception day, and the caller withholds the number',
  );
  expect(words({ hours: 'open', caller_countries: ['BD', 'IN'], caller_prefixes: ['+44'] })).toBe(
    'open, the caller is from BD or IN, and the caller’s number begins with +44',
  );
  expect(words({ caller_in: ['+1', '+2', '+3', '+4', '+5'] })).toBe('the caller is +1, +2, +3 or 2 more');
  expect(words({ caller_countries: [], anonymous: false })).toBe('the caller gives a number');
});

test('a rule is read as a sentence', () => {
  const sentence = (when: Parameters<typeof rule>[1]) =>
    ruleWords({ when: rule('r', when).when, destination: { type: 'voicemail', greeting: null } }, nameOf);
  expect(sentence({ hours: 'closed' })).toBe('When closed → voicemail');
  expect(sentence({ hours: 'exception', caller_countries: ['BD'] })).toBe(
    'On a holiday or exception day, and the caller is from BD → voicemail',
  );
});

test('destinations are named', () => {
  const cases: [Destination, string][] = [
    [agent('night'), 'Night agent'],
    [agent('unknown'), 'agent unknown'],
    [
      {
        type: 'split',
        agents: [
          { agent_id: 'day', weight: 2 },
          { agent_id: 'night', weight: 1 },
        ],
      },
      'Day agent 67 %, Night agent 33 %',
    ],
    [{ type: 'forward', to: '+442079460000', ring_timeout_seconds: null }, 'forward to +442079460000'],
    [{ type: 'message', text: 'We moved.' }, 'message “We moved.”'],
    [{ type: 'voicemail', greeting: null }, 'voicemail'],
    [{ type: 'reject', reason: 'busy' }, 'reject as busy'],
    [{ type: 'reject', reason: 'declined' }, 'decline'],
  ];
  for (const [destination, words] of cases) expect(destinationWords(destination, nameOf)).toBe(words);
  expect(destinationWords({ type: 'message', text: 'a'.repeat(80) }, nameOf)).toBe(
    `message “${'a'.repeat(57)}…”`,
  );
  expect(ruleWords(rule('r', { hours: 'closed' }, agent('night')), nameOf)).toBe('When closed → Night agent');
});
