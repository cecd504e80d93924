import { Temporal } from 'temporal-polyfill';
import type { Hours } from '#contract/business-hours.ts';
import { expectedState, handOf, transitionsIn, type Expected, type Wall } from './oracle.ts';
import { randomFrom, shuffled } from './random.ts';
import { exception, everyDay, hoursIn, weekly, workdays } from './numbers.ts';

/** Ten years in each of twelve zones whose clocks do what others do not. */
export const zoneYears: readonly (readonly [zone: string, firstYear: number])[] = [
  ['America/New_York', 2020],
  ['Europe/London', 2020],
  // Summer time in 2009 alone: from 23:00 to midnight, and back from midnight of New Year.
  ['Asia/Dhaka', 2004],
  // By half an hour.
  ['Australia/Lord_Howe', 2020],
  // At one minute past midnight, back into the day before.
  ['America/St_Johns', 2003],
  // Back for Ramadan, and forth.
  ['Africa/Casablanca', 2018],
  // By a quarter of an hour, at New Year 1986.
  ['Asia/Kathmandu', 1981],
  // The day 2011-12-30 was left out.
  ['Pacific/Apia', 2006],
  // At midnight: days without one, and days with two.
  ['America/Santiago', 2016],
  ['Africa/Cairo', 2008],
  ['Asia/Tehran', 2014],
  ['Pacific/Chatham', 2021],
];

/** Weeks and exceptions with edges where clocks change: in the night, about midnight, and over New Year. */
export const hoursOfYears = (zone: string, year: number): Hours[] => [
  hoursIn(
    zone,
    [
      ...weekly(workdays, '08:30–12:00', '13:00–17:30'),
      ...weekly([6, 7], '22:00–03:15'),
      ...weekly([7], '03:30–05:00'),
    ],
    exception('New Year', `${year}-12-30/${year + 1}-01-02 yearly`, '23:15–01:45'),
    exception('Leap day', '1980-02-29 yearly'),
    exception('Year end', `${year + 2}-12-31`, '00:00–24:00'),
  ),
  hoursIn(
    zone,
    [...weekly(everyDay, '00:00–00:30', '01:30–02:30', '23:30–00:00'), ...weekly([1, 3], '12:00–12:01')],
    exception('Spring', `${year}-03-01/${year}-04-30 yearly`, '00:15–02:15', '23:45–00:05'),
    exception('Sunday work', `${year + 1}-03-20/${year + 1}-04-10`, '23:00–02:45'),
    exception('Autumn', `${year}-10-01/${year}-11-10 yearly`, '02:05–02:55', '23:30–24:00'),
  ),
  hoursIn(
    zone,
    [...weekly(everyDay, '02:00–02:30', '04:00–00:15')],
    exception('Night shift', `${year}-06-15/${year}-09-30 yearly`, '20:00–04:00'),
    exception('Inner', `${year}-06-18/${year}-06-20 yearly`, '23:30–00:30'),
    exception('Closed', `${year + 5}-12-29/${year + 5}-12-30`),
  ),
];

export interface Sample {
  at: number;
  date: string;
  /** What each of the hours should be, by the second source. */
  expected: Expected[];
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const tenYears = (zone: string, year: number): [from: number, to: number] => {
  const begin = (at: number) =>
    Temporal.PlainDate.from({ year: at, month: 1, day: 1 }).toZonedDateTime(zone).epochMilliseconds;
  return [begin(year), begin(year + 10)];
};

/**
 * Each minute for three hours about every change of the clock, the edges of some days to the millisecond, and
 * now and then between; in no order, so that what is remembered of one instant seldom answers the next.
 */
export const samplesOf = (zone: string, year: number, hours: readonly Hours[]): Sample[] => {
  const [from, to] = tenYears(zone, year);
  const moments: number[] = [];
  for (const change of transitionsIn(zone, from - 1, to))
    for (let at = change - 3 * HOUR_MS; at <= change + 3 * HOUR_MS; at += MINUTE_MS) moments.push(at);
  for (let at = from; at < to; at += 17 * HOUR_MS + 7 * MINUTE_MS + 1) moments.push(at);
  const intervals = hours.flatMap(({ weekly: week, exceptions }) => [
    ...week,
    ...exceptions.flatMap((each) => each.intervals),
  ]);
  const times = new Set(
    ['00:00', ...intervals.flatMap(({ start, end }) => [start, end])].map((time) =>
      time.replace('24:00', '00:00'),
    ),
  );
  for (
    let day = Temporal.PlainDate.from({ year, month: 1, day: 1 });
    day.year < year + 10;
    day = day.add({ days: 17 })
  ) {
    for (const time of times) {
      const edge = day.toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds;
      moments.push(edge - 1, edge);
    }
  }
  const sampleAt = (at: number, wall: Wall): Sample => ({
    at,
    date: wall.date,
    expected: hours.map((each) => expectedState(each, wall)),
  });
  const hand = handOf(zone, from - 400 * 24 * HOUR_MS, to);
  const samples = moments.filter((at) => from <= at && at < to).map((at) => sampleAt(at, hand(at)));
  return shuffled(samples, randomFrom(year));
};
