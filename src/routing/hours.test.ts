import { beforeAll, describe, expect, test } from 'vitest';
import { hoursBodySchema, type Hours } from '#contract/business-hours.ts';
import { decide } from './decide.ts';
import { hoursAt } from './hours.ts';
import { unknownCaller } from './match.ts';
import { numberWith, routing, rule } from '#routing/testing/numbers.ts';
import { expectedState, shownAt, type Expected } from '#routing/testing/oracle.ts';
import { hoursOfYears, samplesOf, zoneYears, type Sample } from '#routing/testing/years.ts';

type HoursFunction = (hours: Hours, at: number) => Expected;

/**
 * Where a function departs from the second source, readably: asked of the real one, and of some that are
 * wrong.
 */
const departures = (
  candidate: HoursFunction,
  all: readonly Hours[],
  samples: readonly Sample[],
): string[] => {
  const found: string[] = [];
  for (const [place, hours] of all.entries()) {
    for (const { at, expected } of samples) {
      const [said, right] = [candidate(hours, at), expected[place]];
      if (said.isOpen === right?.isOpen && said.exception?.name === right.exception?.name) continue;
      found.push(
        `hours ${place} at ${new Date(at).toISOString()} in ${hours.time_zone}: open ${said.isOpen}, ${said.exception?.name}`,
      );
    }
  }
  return found;
};

describe.each(zoneYears)('ten years in %s from %i', (zone, year) => {
  const all = hoursOfYears(zone, year);
  let samples: Sample[] = [];
  beforeAll(() => {
    samples = samplesOf(zone, year, all);
  });

  test('the hours are such as may be saved', () => {
    for (const hours of all) expect(hoursBodySchema.safeParse(hours).error).toBeUndefined();
  });

  test('the hours are open when Temporal says so, and by the same exception', () => {
    expect(samples.length).toBeGreaterThan(10_000);
    expect(departures(hoursAt, all, samples).slice(0, 5)).toEqual([]);
  });

  test('every instant has the one destination that the rules give it', () => {
    const rules = [
      rule('holiday', { hours: 'exception' }, { type: 'voicemail', greeting: null }),
      rule('night', { hours: 'closed' }),
    ];
    const number = numberWith({ routing: routing(rules) });
    // They are shuffled: every fifth is enough, for whether it is open is judged at all of them above.
    const some = samples.filter((_, place) => place % 5 === 0);
    const wrong = all.flatMap((hours, place) =>
      some.filter(({ at, expected }) => {
        const right =
          expected[place]?.exception === null ? (expected[place].isOpen ? 'usual' : 'night') : 'voicemail';
        const { destination } = decide(number, hours, { direction: 'inbound', party: unknownCaller, at });
        return (destination.type === 'agent' ? destination.agent_id : destination.type) !== right;
      }),
    );
    expect(wrong.slice(0, 5)).toEqual([]);
  });
});

describe('what is wrong is found', () => {
  const [zone, year] = ['America/Santiago', 2016];
  const all = hoursOfYears(zone, year);
  const plain = new Map(all.map((hours) => [hours, { ...hours, exceptions: [] }]));
  const inWinter = new Map(all.map((hours) => [hours, { ...hours, time_zone: 'Etc/GMT+4' }]));
  const once = new Map(
    all.map((hours) => [
      hours,
      { ...hours, exceptions: hours.exceptions.map((each) => ({ ...each, every_year: false })) },
    ]),
  );
  let samples: Sample[] = [];
  beforeAll(() => {
    samples = samplesOf(zone, year, all).filter(({ date }) => date < `${year + 3}`);
  });

  const faults: [what: string, wrong: HoursFunction][] = [
    ['a minute early', (hours, at) => hoursAt(hours, at + 60_000)],
    ['the end counts as open', (hours, at) => hoursAt(hours, at - 1)],
    ['the offset of winter all year', (hours, at) => hoursAt(inWinter.get(hours) ?? hours, at)],
    ['opens twice where the clock is set back', (hours, at) => expectedState(hours, shownAt(zone, at))],
    ['yearly exceptions come once', (hours, at) => hoursAt(once.get(hours) ?? hours, at)],
    [
      'a weekly night runs on into a day that an exception covers',
      (hours, at) => {
        const [right, { interval }] = [hoursAt(hours, at), hoursAt(plain.get(hours) ?? hours, at)];
        return interval !== null && interval.end < interval.start ? { ...right, isOpen: true } : right;
      },
    ],
  ];
  test.each(faults)('%s', (_, wrong) => {
    expect(departures(wrong, all, samples).length).toBeGreaterThan(0);
  });
});
