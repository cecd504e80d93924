import { describe, expect, test } from 'vitest';
import type { Hours } from '#contract/business-hours.ts';
import type { RoutedNumber } from '#contract/numbers/routing.ts';
import { decide, type Decision } from './decide.ts';
import { hoursAt, hoursBoundaries, nextHoursChange } from './hours.ts';
import { unknownCaller, type Party } from './match.ts';
import {
  agent,
  caller,
  everyDay,
  exception,
  hoursIn,
  numberWith,
  routing,
  rule,
  weekly,
  withheld,
  workdays,
} from '#routing/testing/numbers.ts';
import { transitionsIn } from '#routing/testing/oracle.ts';
import { hoursOfYears, zoneYears } from '#routing/testing/years.ts';
import { timeline, type Stretch } from './timeline.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;

const isoDay = (at: number) => new Date(at).toISOString().slice(0, 10);
const isoTime = (at: number) => new Date(at).toISOString();

/**
 * A week of nights, exceptions about the change with nights of their own, and rules that ask for all of it.
 */
const aroundChange = (zone: string, change: number): [RoutedNumber, Hours] => {
  const hours = hoursIn(
    zone,
    [...weekly(workdays, '09:00–12:30', '13:00–17:00'), ...weekly([5, 6, 7], '22:00–02:30')],
    exception('Holiday', `${isoDay(change - 4 * DAY_MS)}/${isoDay(change - 3 * DAY_MS)}`, '18:00–03:00'),
    exception('Change', `${isoDay(change + DAY_MS)} yearly`, '01:15–02:45', '23:30–00:30'),
    exception('Closed', isoDay(change + 4 * DAY_MS)),
  );
  const split = {
    type: 'split',
    agents: [
      { agent_id: 'a', weight: 1 },
      { agent_id: 'b', weight: 2 },
    ],
  } as const;
  const rules = [
    rule('off', {}, agent('off'), false),
    rule(
      'american',
      { hours: 'exception', caller_countries: ['US'] },
      { ...split, agents: [...split.agents] },
    ),
    rule('holiday', { hours: 'exception' }, { type: 'voicemail', greeting: null }),
    rule('night', { hours: 'closed' }, { type: 'forward', to: '+442079460000', ring_timeout_seconds: null }),
  ];
  const number = numberWith({
    routing: routing(rules, agent('spare')),
    call_handling: {
      blocked_callers: [
        { prefix: '+1415', reason: null, expires_at: isoTime(change - 6 * DAY_MS + 7 * MINUTE_MS) },
      ],
    },
    temporary_reassignment: {
      agent_id: 'stand-in',
      direction: 'both',
      starts_at: isoTime(change - 5 * DAY_MS + 17 * MINUTE_MS),
      ends_at: isoTime(change + 3 * DAY_MS + 11 * MINUTE_MS),
    },
  });
  return [number, hours];
};

const textOf = ({ destination, decidedBy, rule: by, agentId }: Decision) =>
  JSON.stringify([destination, decidedBy, by?.id, agentId]);

/** Where the timeline and the decision of a minute differ. */
const differences = (
  stretches: readonly Stretch[],
  number: RoutedNumber,
  hours: Hours,
  party: Party,
): string[] => {
  const found: string[] = [];
  for (const { from, to, decision } of stretches) {
    const shown = textOf(decision);
    for (let at = from; at < to; at += MINUTE_MS) {
      const said = textOf(decide(number, hours, { direction: 'inbound', party, at }));
      if (said !== shown) found.push(`${isoTime(at)}: ${shown} is ${said}`);
    }
  }
  return found;
};

const changing: [zone: string, year: number][] = [
  ['America/New_York', 2026],
  ['Europe/London', 2026],
  ['Australia/Lord_Howe', 2026],
  ['America/Santiago', 2026],
  ['America/St_Johns', 2010],
  ['Africa/Cairo', 2026],
];
const changes = changing.flatMap(([zone, year]) =>
  transitionsIn(zone, Date.UTC(year, 0), Date.UTC(year + 1, 0)).map((change): [string, string, number] => [
    zone,
    isoTime(change),
    change,
  ]),
);

describe.each(changes)('two weeks in %s about %s', (zone, _, change) => {
  const [number, hours] = aroundChange(zone, change);
  const [from, to] = [change - 7 * DAY_MS, change + 7 * DAY_MS];

  test.each([
    ['anyone', unknownCaller],
    ['an American', caller('+14155550123', 'US')],
  ] as const)('for %s the timeline is the decision of every minute', (__, party) => {
    const stretches = timeline(number, hours, from, to, party);
    expect(stretches.map((each) => each.from)).toEqual([
      from,
      ...stretches.slice(0, -1).map((each) => each.to),
    ]);
    expect(stretches.at(-1)?.to).toBe(to);
    expect(stretches.length).toBeGreaterThan(20);
    expect(differences(stretches, number, hours, party)).toEqual([]);
    for (const [place, { decision }] of stretches.slice(1).entries())
      expect(textOf(decision)).not.toBe(textOf((stretches[place] as Stretch).decision));
  });
});

test('a timeline that leaves out a stretch is found out', () => {
  const [zone, , change] = changes[0] ?? ['UTC', '', 0];
  const [number, hours] = aroundChange(zone, change);
  const stretches = timeline(number, hours, change - 7 * DAY_MS, change + 7 * DAY_MS);
  const [first, second] = stretches;
  if (!first || !second) throw new Error('There is nothing to leave out.');
  expect(
    differences([{ ...first, to: second.to }, ...stretches.slice(2)], number, hours, unknownCaller),
  ).not.toEqual([]);
});

test('of callers who withhold their numbers no agent of a split is named', () => {
  const agents = [
    { agent_id: 'a', weight: 1 },
    { agent_id: 'b', weight: 1 },
  ];
  const number = numberWith({ routing: routing([rule('split', {}, { type: 'split', agents })]) });
  const stretches = timeline(
    number,
    hoursIn('UTC', weekly(everyDay, '09:00–17:00')),
    0,
    14 * DAY_MS,
    withheld,
  );
  expect(stretches.map(({ decision }) => [decision.agentId, decision.rule?.id])).toEqual([[null, 'split']]);
});

describe('the next change of hours', () => {
  test.each(zoneYears)('is the next boundary at which they differ, in %s from %i', (zone, year) => {
    for (const hours of hoursOfYears(zone, year)) {
      const boundaries = hoursBoundaries(hours, Date.UTC(year + 4, 11, 1), Date.UTC(year + 5, 2, 1));
      expect(boundaries).toEqual([...new Set(boundaries)].sort((a, b) => a - b));
      const states = boundaries.map((at) => ({ at, ...hoursAt(hours, at) }));
      for (const [place, now] of states.slice(0, -60).entries()) {
        const next = states
          .slice(place + 1)
          .find((then) => then.isOpen !== now.isOpen || then.exception !== now.exception);
        expect(nextHoursChange(hours, now.at)).toBe(next?.at);
        if (next) expect(nextHoursChange(hours, next.at - 1)).toBe(next.at);
      }
    }
  });

  test('does not come where hours are always or never open, and is found where it is months away', () => {
    const at = Date.UTC(2026, 2, 1);
    expect(nextHoursChange(hoursIn('UTC', weekly(everyDay, '00:00–24:00')), at)).toBeNull();
    expect(nextHoursChange(hoursIn('UTC', []), at)).toBeNull();
    expect(nextHoursChange(hoursIn('UTC', [], exception('Late', '2027-03-01')), at)).toBe(
      Date.UTC(2027, 2, 1),
    );
  });

  test('is found where the clock passes this week’s over', () => {
    const hours = hoursIn('America/New_York', weekly([7], '02:15–02:45'));
    expect(nextHoursChange(hours, Date.UTC(2026, 2, 7))).toBe(Date.parse('2026-03-15T06:15:00Z'));
  });
});
