import { describe, expect, test } from 'vitest';
import { answerTo, ask, type Question } from '#routing/testing/ask.ts';
import {
  agent,
  caller,
  exception,
  hoursIn,
  numberWith,
  routing,
  rule,
  weekly,
  withheld,
  workdays,
} from '#routing/testing/numbers.ts';
import type { Rule } from '#contract/numbers/routing.ts';

const office = hoursIn(
  'Europe/London',
  weekly(workdays, '09:00–17:00'),
  exception('Sale', '2026-11-28', '10:00–14:00'),
);
const [atWork, atNight] = ['2026-11-24T12:00', '2026-11-24T20:00'];
const [inSale, afterSale] = ['2026-11-28T11:00', '2026-11-28T15:00'];
const withRules = (...rules: Rule[]) => numberWith({ routing: routing(rules) });
const usual = 'usual by inbound_agent';

type Case = [name: string, question: Question, answer: string];

describe('conditions', () => {
  const british = withRules(rule('gb', { caller_countries: ['GB', 'IE'] }));
  const london = withRules(rule('london', { caller_prefixes: ['+4420', '+44161'] }));
  const vip = withRules(rule('vip', { caller_in: ['+442079460000'] }));
  const hidden = withRules(rule('hidden', { anonymous: true }));
  const shown = withRules(rule('shown', { anonymous: false }));
  const both = withRules(
    rule('both', { hours: 'closed', caller_countries: ['GB'], caller_prefixes: ['+4420'] }),
  );
  const cases: Case[] = [
    [
      'open, in the week',
      { number: withRules(rule('r', { hours: 'open' })), hours: office, at: atWork },
      'r by r, open',
    ],
    [
      'open, outside it',
      { number: withRules(rule('r', { hours: 'open' })), hours: office, at: atNight },
      `${usual}, closed`,
    ],
    [
      'open, by an exception',
      { number: withRules(rule('r', { hours: 'open' })), hours: office, at: inSale },
      'r by r, open by Sale',
    ],
    [
      'closed, by an exception',
      { number: withRules(rule('r', { hours: 'closed' })), hours: office, at: afterSale },
      'r by r, closed by Sale',
    ],
    [
      'exception, while it is open',
      { number: withRules(rule('r', { hours: 'exception' })), hours: office, at: inSale },
      'r by r, open by Sale',
    ],
    [
      'exception, while it is closed',
      { number: withRules(rule('r', { hours: 'exception' })), hours: office, at: afterSale },
      'r by r, closed by Sale',
    ],
    [
      'exception, in the week',
      { number: withRules(rule('r', { hours: 'exception' })), hours: office, at: atWork },
      `${usual}, open`,
    ],
    ['a number without hours is open', { number: withRules(rule('r', { hours: 'open' })) }, 'r by r'],
    ['a number without hours is never closed', { number: withRules(rule('r', { hours: 'closed' })) }, usual],
    [
      'a number without hours has no exceptions',
      { number: withRules(rule('r', { hours: 'exception' })) },
      usual,
    ],
    ['a country of the list', { number: british, party: caller('+442079460000', 'GB') }, 'gb by gb'],
    ['a country not of the list', { number: british, party: caller('+14155550123', 'US') }, usual],
    ['no known country', { number: british, party: caller('+88213000000') }, usual],
    ['a withheld number is of no country', { number: british, party: withheld }, usual],
    ['a prefix', { number: london, party: caller('+441612345678', 'GB') }, 'london by london'],
    ['another prefix', { number: london, party: caller('+441132345678', 'GB') }, usual],
    ['a prefix and a withheld number', { number: london, party: withheld }, usual],
    ['a certain caller', { number: vip, party: caller('+442079460000', 'GB') }, 'vip by vip'],
    [
      'a caller whose number begins so is not that caller',
      { number: vip, party: caller('+4420794600001', 'GB') },
      usual,
    ],
    ['withheld, asked for', { number: hidden, party: withheld }, 'hidden by hidden'],
    ['given, where withheld is asked for', { number: hidden }, usual],
    ['given, asked for', { number: shown }, 'shown by shown'],
    ['withheld, where given is asked for', { number: shown, party: withheld }, usual],
    [
      'empty lists ask nothing',
      {
        number: withRules(rule('r', { caller_countries: [], caller_prefixes: [], caller_in: [] })),
        party: withheld,
      },
      'r by r',
    ],
    [
      'all conditions hold',
      { number: both, hours: office, at: atNight, party: caller('+442079460000', 'GB') },
      'both by both, closed',
    ],
    [
      'all but one',
      { number: both, hours: office, at: atNight, party: caller('+441612345678', 'GB') },
      `${usual}, closed`,
    ],
  ];
  test.each(cases)('%s', (_, question, answer) => expect(answerTo(question)).toBe(answer));
});

describe('order', () => {
  const cases: Case[] = [
    [
      'the first that matches',
      { number: withRules(rule('never', { hours: 'closed' }), rule('first', {}), rule('second', {})) },
      'first by first',
    ],
    [
      'one that is switched off is passed over',
      { number: withRules(rule('off', {}, agent('off'), false), rule('on', {})) },
      'on by on',
    ],
    ['without rules the inbound agent', { number: withRules() }, usual],
    ['without routing the inbound agent', { number: numberWith() }, usual],
    [
      'without an agent the fallback',
      { number: numberWith({ inbound_agent_id: null, routing: routing([], agent('spare')) }) },
      'spare by fallback',
    ],
    ['with an agent no fallback', { number: numberWith({ routing: routing([], agent('spare')) }) }, usual],
    ['nobody', { number: numberWith({ inbound_agent_id: null }) }, 'declined by nobody'],
    [
      'nobody, with rules',
      {
        number: numberWith({
          inbound_agent_id: null,
          routing: routing([rule('never', { hours: 'closed' })]),
        }),
      },
      'declined by nobody',
    ],
    [
      'a rule needs no agent',
      { number: numberWith({ inbound_agent_id: null, routing: routing([rule('r', {})]) }) },
      'r by r',
    ],
  ];
  test.each(cases)('%s', (_, question, answer) => expect(answerTo(question)).toBe(answer));
});

describe('destinations', () => {
  const to = (destination: Rule['destination']) => withRules(rule('r', {}, destination));
  const forward = (seconds: number | null) =>
    ({ type: 'forward', to: '+442079460000', ring_timeout_seconds: seconds }) as const;
  const cases: Case[] = [
    ['an agent', { number: to(agent('a')) }, 'a by r'],
    ['a split', { number: to({ type: 'split', agents: [{ agent_id: 'a', weight: 1 }] }) }, 'split by r'],
    ['a forward rings as long as it says', { number: to(forward(12)) }, '+442079460000 for 12 s by r'],
    [
      'or as the number says',
      { number: { ...to(forward(null)), call_handling: { ring_timeout_seconds: 45 } } },
      '+442079460000 for 45 s by r',
    ],
    ['or as the platform says', { number: to(forward(null)) }, '+442079460000 for 30 s by r'],
    ['a message', { number: to({ type: 'message', text: 'We moved.' }) }, '“We moved.” by r'],
    ['voicemail', { number: to({ type: 'voicemail', greeting: null }) }, 'voicemail by r'],
    [
      'voicemail with a greeting',
      { number: to({ type: 'voicemail', greeting: 'Hello' }) },
      'voicemail “Hello” by r',
    ],
    ['busy', { number: to({ type: 'reject', reason: 'busy' }) }, 'busy by r'],
    [
      'a fallback forwards too',
      { number: numberWith({ inbound_agent_id: null, routing: routing([], forward(null)) }) },
      '+442079460000 for 30 s by fallback',
    ],
  ];
  test.each(cases)('%s', (_, question, answer) => expect(answerTo(question)).toBe(answer));

  test('the agent that takes part', () => {
    expect(ask({ number: to(agent('a')) }).agentId).toBe('a');
    expect(ask({ number: to({ type: 'split', agents: [{ agent_id: 'only', weight: 3 }] }) }).agentId).toBe(
      'only',
    );
    expect(ask({ number: to({ type: 'voicemail', greeting: null }) }).agentId).toBeNull();
    expect(ask({ number: numberWith({ inbound_agent_id: null }) }).agentId).toBeNull();
  });
});

test('the reasons tell how it came about', () => {
  const number = withRules(
    rule('off', {}, agent('off'), false),
    rule('vip', { caller_in: ['+442079460000'] }),
    {
      ...rule('night', { hours: 'closed' }),
      name: 'Night',
    },
  );
  expect(ask({ number, hours: office, at: atNight }).reasons).toEqual([
    'It is Tuesday 24 Nov 2026, 20:00 in Europe/London: “Office” is closed.',
    'Rule 1 is switched off.',
    'Rule 2 does not match: the caller is not one of those it names.',
    'Rule 3, “Night”, matches: closed.',
  ]);
  expect(ask({ number, hours: office, at: atWork }).reasons.slice(3)).toEqual([
    'Rule 3, “Night”, does not match: it asks for closed, and the hours are open.',
    'No rule matches: agent usual, the inbound agent, answers.',
  ]);
});
