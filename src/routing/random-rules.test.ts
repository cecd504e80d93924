import { describe, expect, test } from 'vitest';
import type { RoutedNumber, Rule } from '#contract/numbers/routing.ts';
import { decide } from './decide.ts';
import { hoursAt } from './hours.ts';
import { lint } from '#routing/lint/lint.ts';
import { unknownCaller, failedCondition, matchingRule, type Party } from './match.ts';
import { hoursStates, answersByHoursState, stateOf } from './answers-by-hours-state.ts';
import { everyDay, exception, hoursIn, numberWith, routing, weekly } from '#routing/testing/numbers.ts';
import { oneOf, randomFrom, wholeFrom } from '#routing/testing/random.ts';
import { callers, randomDestination, randomRule, randomRules } from '#routing/testing/random-rules.ts';
import { timeline } from './timeline.ts';

const HOUR_MS = 3_600_000;
const start = Date.UTC(2026, 10, 23);
// All four states within a week: open and closed, by the week and by an exception.
const hours = hoursIn(
  'America/New_York',
  weekly(everyDay, '09:00–17:00'),
  exception('Short', '2026-11-26/2026-11-27', '10:00–12:00'),
);
const hoursOrNone = [hours, null] as const;

const random = randomFrom(20_261_124);
const numbers: RoutedNumber[] = Array.from({ length: 1000 }, () =>
  numberWith({
    inbound_agent_id: oneOf(random, ['usual', null]),
    routing: routing(randomRules(random), oneOf(random, [null, randomDestination(random)])),
  }),
);
const rulesOf = ({ routing: found }: RoutedNumber): Rule[] => found?.rules ?? [];
const statusOf = () => 'active' as const;

/** What became of the call; of the rule its id, since its place may be another. */
const outcome = (number: RoutedNumber, party: Party, at: number, withHours: typeof hours | null) => {
  const {
    destination,
    agentId,
    decidedBy,
    rule,
    hours: state,
    settings,
  } = decide(number, withHours, { direction: 'inbound', party, at });
  return { destination, agentId, decidedBy, rule: rule?.id, state, settings };
};

describe('a rule that is switched off changes nothing', () => {
  const withOneMore = (number: RoutedNumber): RoutedNumber => {
    const rules = rulesOf(number);
    const place = wholeFrom(random, rules.length + 1);
    return {
      ...number,
      routing: routing(
        rules.toSpliced(place, 0, randomRule(random, 'off', false)),
        number.routing?.fallback ?? null,
      ),
    };
  };

  test('of what is decided', () => {
    for (const number of numbers) {
      const more = withOneMore(number);
      for (const party of [...callers, unknownCaller]) {
        const [at, some] = [start + wholeFrom(random, 168) * HOUR_MS, oneOf(random, hoursOrNone)];
        expect(outcome(more, party, at, some)).toEqual(outcome(number, party, at, some));
      }
    }
  });

  test('of the timeline, of the standing answers, and of what is found', () => {
    for (const number of numbers.slice(0, 300)) {
      const more = withOneMore(number);
      const stretches = (each: RoutedNumber) =>
        timeline(each, hours, start, start + 168 * HOUR_MS).map(({ from, decision }) => [
          from,
          decision.rule?.id,
          decision.destination,
        ]);
      expect(stretches(more)).toEqual(stretches(number));
      expect(answersByHoursState(more.routing)).toEqual(answersByHoursState(number.routing));
      const codes = (each: RoutedNumber) =>
        lint(each, hours, { at: start, country: 'US', statusOf }).map(({ code }) => code);
      expect(codes(more)).toEqual(codes(number));
    }
  });
});

test('a call is decided by the first rule whose conditions all hold, by whichever function is asked', () => {
  for (const number of numbers) {
    const at = start + wholeFrom(random, 168) * HOUR_MS;
    const party = oneOf(random, callers);
    const { isOpen, exception: governing } = hoursAt(hours, at);
    const facts = { isOpen, isException: governing !== null };
    const first = rulesOf(number).filter(
      ({ enabled, when }) => enabled && failedCondition(when, facts, party) === null,
    )[0];
    expect(matchingRule(rulesOf(number), facts, party)).toBe(first ?? null);
    expect(decide(number, hours, { direction: 'inbound', party, at }).rule).toBe(first ?? null);
  }
});

describe('standing answers', () => {
  const instants = [
    '2026-11-23T15:00:00Z',
    '2026-11-23T23:00:00Z',
    '2026-11-26T16:00:00Z',
    '2026-11-26T20:00:00Z',
  ].map((at) => Date.parse(at));

  test('the four moments are the four states', () => {
    const states = instants
      .map((at) => hoursAt(hours, at))
      .map(({ isOpen, exception: governing }) => ({ isOpen, isException: governing !== null }));
    expect(states).toEqual(hoursStates);
    expect(states.map(stateOf)).toEqual([0, 1, 2, 3]);
  });

  test('they are what is decided for an unknown caller', () => {
    for (const number of numbers) {
      const answers = answersByHoursState(number.routing) ?? [];
      for (const [state, at] of instants.entries()) {
        const { destination, decidedBy } = decide(number, hours, {
          direction: 'inbound',
          party: unknownCaller,
          at,
        });
        const standing =
          answers[state] === 'inbound' ? (number.inbound_agent_id ?? answers[4]) : answers[state];
        const said =
          destination.type === 'agent'
            ? destination.agent_id
            : destination.type === 'split'
              ? `split:${destination.agents.map((each) => each.agent_id).join(',')}`
              : destination.type;
        expect(standing, decidedBy).toBe(said);
      }
    }
  });

  test('there are none without routing', () => {
    expect(answersByHoursState(null)).toBeNull();
  });
});

test('a rule that is found unreachable matches no call', () => {
  const moments = Array.from({ length: 34 }, (_, place) => start + place * 5 * HOUR_MS);
  let found = 0;
  for (const number of numbers) {
    const unreachable = lint(number, hours, { at: start, country: null, statusOf }).flatMap(
      ({ code, pointer }) => (code === 'unreachable_rule' ? [pointer] : []),
    );
    if (unreachable.length === 0) continue;
    found += unreachable.length;
    const ids = new Set(unreachable.map((pointer) => rulesOf(number)[Number(pointer.split('/')[3])]?.id));
    const matched = callers.flatMap((party) =>
      moments.map((at) => decide(number, hours, { direction: 'inbound', party, at }).rule?.id),
    );
    expect(matched.filter((id) => id !== undefined && ids.has(id))).toEqual([]);
  }
  expect(found).toBeGreaterThan(50);
});
