import { describe, expect, test } from 'vitest';
import type { Hours } from '#contract/business-hours.ts';
import type { Conditions, RoutedNumber, Rule } from '#contract/numbers/routing.ts';
import type { Destination } from '#contract/numbers/destination.ts';
import type { FindingCode } from '#contract/numbers/finding.ts';
import { leadingBack, lint, lintHours, type LintFacts } from './lint.ts';
import {
  agent,
  everyDay,
  exception,
  hoursIn,
  numberWith,
  routing,
  rule,
  weekly,
  workdays,
} from '#routing/testing/numbers.ts';

const at = Date.UTC(2026, 10, 24, 12);
const statusOf: LintFacts['statusOf'] = (id) =>
  id === 'gone' ? undefined : id === 'old' ? 'retired' : 'active';
const forward = (to: string): Destination => ({ type: 'forward', to, ring_timeout_seconds: null });
const split = (...ids: string[]): Destination => ({
  type: 'split',
  agents: ids.map((id) => ({ agent_id: id, weight: 1 })),
});

// 0199 forwards to 0198, which forwards back to our own number; 0197 and 0196 forward to each other.
const forwards: Record<string, string[]> = {
  '+12125550199': ['+12125550198'],
  '+12125550198': ['+442079460000', '+12125550100'],
  '+12125550197': ['+12125550196'],
  '+12125550196': ['+12125550197'],
};
const forwardsOf = (phoneNumber: string) => forwards[phoneNumber] ?? [];

const find = (number: Partial<RoutedNumber>, hours: Hours | null = null, facts: Partial<LintFacts> = {}) =>
  lint(numberWith(number), hours, { at, country: null, statusOf, forwardsOf, ...facts });
const pointersOf = (code: FindingCode, ...asked: Parameters<typeof find>) =>
  find(...asked).flatMap((each) => (each.code === code ? [each.pointer] : []));

const office = hoursIn('America/New_York', weekly(workdays, '09:00–17:00'));
const always = hoursIn('America/New_York', weekly(everyDay, '00:00–24:00'));
const never = hoursIn('America/New_York', []);
const withSale = hoursIn(
  'America/New_York',
  weekly(workdays, '09:00–17:00'),
  exception('Sale', '2026-11-28', '10:00–14:00'),
);
const longPast = hoursIn(
  'America/New_York',
  weekly(workdays, '09:00–17:00'),
  exception('Sale', '2026-11-01', '10:00–14:00'),
);
const leapDay = hoursIn(
  'America/New_York',
  weekly(workdays, '09:00–17:00'),
  exception('Leap', '2024-02-29 yearly'),
);

const rules = (...list: Rule[]): Partial<RoutedNumber> => ({ routing: routing(list) });
const nobody = (...list: Rule[]): Partial<RoutedNumber> => ({ inbound_agent_id: null, ...rules(...list) });

describe('nobody answers', () => {
  const said = (...asked: Parameters<typeof find>) =>
    find(...asked).flatMap((each) => (each.code === 'nobody_answers' ? [each.message] : []));
  const cases: [name: string, number: Partial<RoutedNumber>, hours: Hours | null, message: string | null][] =
    [
      ['no agent, no rules', { inbound_agent_id: null }, null, 'Nobody answers: calls are declined.'],
      ['an agent', {}, null, null],
      ['a fallback', { inbound_agent_id: null, routing: routing([], agent('spare')) }, null, null],
      ['a rule for all', nobody(rule('all', {})), office, null],
      [
        'a rule for all that is switched off',
        nobody(rule('all', {}, agent('a'), false)),
        null,
        'Nobody answers: calls are declined.',
      ],
      [
        'a rule for closed hours',
        nobody(rule('night', { hours: 'closed' })),
        office,
        'Nobody answers during business hours: calls are declined.',
      ],
      [
        'a rule for open hours',
        nobody(rule('day', { hours: 'open' })),
        office,
        'Nobody answers outside business hours: calls are declined.',
      ],
      ['a rule for open hours that never close', nobody(rule('day', { hours: 'open' })), always, null],
      ['a rule for open hours, without hours', nobody(rule('day', { hours: 'open' })), null, null],
      [
        'rules for both',
        nobody(rule('day', { hours: 'open' }), rule('night', { hours: 'closed' })),
        withSale,
        null,
      ],
      [
        'a rule for some callers',
        nobody(rule('some', { caller_countries: ['US'] })),
        null,
        'Nobody answers: calls are declined.',
      ],
      [
        'a rule for exceptions',
        nobody(rule('sale', { hours: 'exception' })),
        withSale,
        'Nobody answers during business hours and outside business hours: calls are declined.',
      ],
    ];
  test.each(cases)('%s', (_, number, hours, message) =>
    expect(said(number, hours)).toEqual(message === null ? [] : [message]),
  );
});

describe('an unreachable rule', () => {
  type Asked = Partial<Conditions>;
  const second = (first: Asked, then: Asked, hours: Hours | null = office) =>
    pointersOf('unreachable_rule', rules(rule('a', first), rule('b', then)), hours).includes(
      '/routing/rules/1',
    );
  const taken: [name: string, first: Asked, then: Asked, hours?: Hours][] = [
    ['one before takes all', {}, { hours: 'open', caller_countries: ['US'] }],
    ['the same hours', { hours: 'closed' }, { hours: 'closed', anonymous: true }],
    ['more countries', { caller_countries: ['GB', 'US'] }, { caller_countries: ['US'] }],
    ['a shorter prefix', { caller_prefixes: ['+1', '+44'] }, { caller_prefixes: ['+4420'] }],
    ['more callers', { caller_in: ['+1', '+2'] }, { caller_in: ['+2'] }],
    ['numbers that are given', { anonymous: false }, { caller_prefixes: ['+44'] }],
    [
      'exceptions that are always open',
      { hours: 'open' },
      { hours: 'exception' },
      hoursIn('UTC', [], exception('Sale', '2026-11-28', '00:00–24:00')),
    ],
  ];
  test.each(taken)('taken: %s', (_, first, then, hours) => expect(second(first, then, hours)).toBe(true));

  const left: [name: string, first: Asked, then: Asked, hours?: Hours][] = [
    ['other hours', { hours: 'closed' }, { hours: 'open' }],
    ['any hours', { hours: 'closed' }, {}],
    ['fewer countries', { caller_countries: ['US'] }, { caller_countries: ['GB', 'US'] }],
    ['any country', { caller_countries: ['US'] }, {}],
    ['a longer prefix', { caller_prefixes: ['+4420'] }, { caller_prefixes: ['+44'] }],
    ['withheld numbers', { anonymous: false }, { anonymous: true }],
    ['all callers after those that give a number', { anonymous: false }, {}],
    ['open by the week after exceptions', { hours: 'exception' }, { hours: 'open' }, withSale],
  ];
  test.each(left)('left: %s', (_, first, then, hours) => expect(second(first, then, hours)).toBe(false));

  const messageOf = (number: Partial<RoutedNumber>, hours: Hours | null) =>
    find(number, hours).map(({ message }) => message);
  test('two before it that share its hours', () => {
    const three = rules(rule('a', { hours: 'open' }), rule('b', { hours: 'closed' }), rule('c', {}));
    expect(messageOf(three, office)).toEqual(['Rule 3 never matches: rules before it take all its calls.']);
    expect(
      messageOf(
        rules(rule('a', { hours: 'open' }, agent('a'), false), rule('b', { hours: 'closed' }), rule('c', {})),
        office,
      ),
    ).toEqual([]);
  });

  const alone: [name: string, when: Asked, hours: Hours | null, message: string | null][] = [
    [
      'closed, without hours',
      { hours: 'closed' },
      null,
      'Rule 1 never matches: a number without hours is always open.',
    ],
    [
      'exception, without hours',
      { hours: 'exception' },
      null,
      'Rule 1 never matches: a number without hours is always open.',
    ],
    ['closed, always open', { hours: 'closed' }, always, 'Rule 1 never matches: the hours are never closed.'],
    ['open, never open', { hours: 'open' }, never, 'Rule 1 never matches: the hours are never open.'],
    [
      'exception, none',
      { hours: 'exception' },
      office,
      'Rule 1 never matches: no exception comes within a year.',
    ],
    [
      'exception, one that is past',
      { hours: 'exception' },
      longPast,
      'Rule 1 never matches: no exception comes within a year.',
    ],
    [
      'exception, one that is years away',
      { hours: 'exception' },
      leapDay,
      'Rule 1 never matches: no exception comes within a year.',
    ],
    ['exception, one that comes', { hours: 'exception' }, withSale, null],
    ['open, without hours', { hours: 'open' }, null, null],
    [
      'a withheld number of a country',
      { anonymous: true, caller_countries: ['US'] },
      null,
      'Rule 1 never matches: no caller is all that it asks for.',
    ],
    [
      'a withheld number that begins somehow',
      { anonymous: true, caller_prefixes: ['+1'] },
      null,
      'Rule 1 never matches: no caller is all that it asks for.',
    ],
    [
      'callers whose numbers begin otherwise',
      { caller_in: ['+15'], caller_prefixes: ['+44'] },
      null,
      'Rule 1 never matches: no caller is all that it asks for.',
    ],
    ['callers of whom one begins so', { caller_in: ['+15', '+445'], caller_prefixes: ['+44'] }, null, null],
    ['a withheld number', { anonymous: true, caller_countries: [] }, null, null],
  ];
  test.each(alone)('%s', (_, when, hours, message) =>
    expect(messageOf(rules(rule('r', when)), hours)).toEqual(message === null ? [] : [message]),
  );

  test('not one that is switched off', () => {
    expect(find(rules(rule('a', {}), rule('b', {}, agent('b'), false)))).toEqual([]);
  });
});

test('agents that are retired or do not exist, wherever they are named', () => {
  const number = {
    inbound_agent_id: 'old',
    outbound_agent_id: 'gone',
    routing: routing([rule('a', {}, agent('here')), rule('b', {}, split('here', 'old'))], agent('gone')),
  };
  expect(pointersOf('retired_agent', number)).toEqual([
    '/inbound_agent_id',
    '/routing/rules/1/destination/agents/1/agent_id',
  ]);
  expect(pointersOf('missing_agent', number)).toEqual(['/outbound_agent_id', '/routing/fallback/agent_id']);
  expect(
    find({ routing: routing([rule('a', {}, split('here', 'there'))], forward('+442079460000')) }),
  ).toEqual([]);
  expect(find(rules(rule('off', {}, agent('gone'), false)))).toEqual([]);
});

test('forwards to the number itself, or that lead back to it', () => {
  const to = (target: string, enabled = true) => ({
    routing: routing([rule('r', {}, forward(target), enabled)], forward(target)),
  });
  const both = ['/routing/rules/0/destination/to', '/routing/fallback/to'];
  expect(pointersOf('forward_to_itself', to('+12125550100'))).toEqual(both);
  expect(pointersOf('forward_loop', to('+12125550100'))).toEqual([]);
  expect(pointersOf('forward_loop', to('+12125550199'))).toEqual(both);
  expect(pointersOf('forward_loop', to('+12125550199', false))).toEqual(both.slice(1));
  expect(find(to('+12125550197'))).toEqual([]);
  expect(find(to('+442079460000'))).toEqual([]);
  expect(find(to('+12125550199'), null, { forwardsOf: undefined })).toEqual([]);
  expect([...leadingBack(['+12125550197', '+12125550199'], '+12125550100', forwardsOf)]).toEqual([
    '+12125550199',
  ]);
});

test('exceptions that are past, by the clock of the hours', () => {
  const hours = (zone: string) =>
    hoursIn(
      zone,
      [],
      exception('Past', '2026-11-22/2026-11-23'),
      exception('Today', '2026-11-24'),
      exception('Yearly', '2020-01-01 yearly'),
    );
  expect(lintHours(hours('UTC'), at).map(({ code, pointer }) => [code, pointer])).toEqual([
    ['past_exception', '/exceptions/0'],
  ]);
  // On Kiritimati it is the 25th already.
  expect(lintHours(hours('Pacific/Kiritimati'), at).map(({ pointer }) => pointer)).toEqual([
    '/exceptions/0',
    '/exceptions/1',
  ]);
  expect(lintHours(office, at)).toEqual([]);
});

test('hours by the clock of another country than the number’s', () => {
  const code = 'zone_of_another_country';
  expect(pointersOf(code, {}, office, { country: 'GB' })).toEqual(['/routing/business_hours_id']);
  expect(pointersOf(code, {}, office, { country: 'US' })).toEqual([]);
  // The same time all year round, though under another name.
  expect(pointersOf(code, {}, hoursIn('Europe/Berlin', []), { country: 'FR' })).toEqual([]);
  // The same time now, but not in summer.
  expect(pointersOf(code, {}, hoursIn('Africa/Lagos', []), { country: 'FR' })).toEqual([
    '/routing/business_hours_id',
  ]);
  expect(pointersOf(code, {}, office)).toEqual([]);
  expect(pointersOf(code, {}, null, { country: 'GB' })).toEqual([]);
});
