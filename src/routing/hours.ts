import type { Hours, HoursException } from '#contract/business-hours.ts';
import { spanOf, type Interval } from '#contract/clock-times.ts';
import { DAY_MS, instantOf, localAt, MINUTE_MS } from './zone.ts';

/**
 * When business hours are open. Days are counted from 1970-01-01; a day begins at the instant its midnight is first
 * reached, and lasts until the next one's is, whatever the clock does in between.
 */
export interface HoursState {
  isOpen: boolean;
  /** The exception that governs the moment: it covers the day, or one of its nights is not over. */
  exception: HoursException | null;
  /** The interval that is open. */
  interval: Interval | null;
  /** The day that governs, and what the clock shows, both local. */
  day: number;
  local: number;
}

interface Span {
  interval: Interval;
  /** Minutes from the day's midnight. */
  from: number;
  to: number;
}

interface PlacedException {
  exception: HoursException;
  spans: Span[];
  startDay: number;
  endDay: number;
  /** For those that come every year: month and day, as 1224. */
  startOfYear: number;
  endOfYear: number;
}

interface Compiled {
  week: Span[][];
  exceptions: PlacedException[];
}

const dayOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY_MS;
const monthAndDay = (date: string): number => Number(date.slice(5, 7)) * 100 + Number(date.slice(8, 10));
const toSpan = (interval: Interval): Span => ({ interval, ...spanOf(interval) });
const byStart = (a: Span, b: Span) => a.from - b.from;

/** 1 is Monday; the first of January 1970 was a Thursday. */
export const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;

export const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

const compile = (hours: Hours): Compiled => {
  const week = Array.from({ length: 8 }, (_, weekday) =>
    hours.weekly
      .filter(({ days }) => days.includes(weekday))
      .map(({ start, end }) => toSpan({ start, end }))
      .sort(byStart),
  );
  const lasts = ({ startDay, endDay }: PlacedException) => endDay - startDay;
  const exceptions = hours.exceptions
    .map((exception) => ({
      exception,
      spans: exception.intervals.map(toSpan).sort(byStart),
      startDay: dayOf(exception.start_date),
      endDay: dayOf(exception.end_date),
      startOfYear: monthAndDay(exception.start_date),
      endOfYear: monthAndDay(exception.end_date),
    }))
    // The first that covers a day governs it; sorting is stable, so those alike stay in the list's order.
    .sort((a, b) => Number(a.exception.every_year) - Number(b.exception.every_year) || lasts(a) - lasts(b));
  return { week, exceptions };
};

const compiled = new WeakMap<Hours, Compiled>();
const compiledOf = (hours: Hours): Compiled => {
  const known = compiled.get(hours);
  if (known) return known;
  const made = compile(hours);
  compiled.set(hours, made);
  return made;
};

const covers = ({ exception, startDay, endDay, startOfYear, endOfYear }: PlacedException, day: number): boolean => {
  if (!exception.every_year) return startDay <= day && day <= endDay;
  if (day < startDay) return false;
  const today = monthAndDay(dateOf(day));
  return startOfYear <= endOfYear ? startOfYear <= today && today <= endOfYear : today >= startOfYear || today <= endOfYear;
};

const exceptionOn = ({ exceptions }: Compiled, day: number): PlacedException | null => exceptions.find((each) => covers(each, day)) ?? null;

/** The exception that covers this day, if any. */
export const exceptionOnDay = (hours: Hours, day: number): HoursException | null => exceptionOn(compiledOf(hours), day)?.exception ?? null;

const reach = (zone: string, day: number, minutes: number): number => instantOf(zone, day * DAY_MS + minutes * MINUTE_MS);

const openSpan = (spans: readonly Span[], zone: string, day: number, at: number): Span | undefined =>
  spans.find(({ from, to }) => reach(zone, day, from) <= at && at < reach(zone, day, to));

/** The day that governs an instant: its midnight was reached, and the next one's was not. */
export const governingDay = (zone: string, at: number): number => {
  let day = Math.floor(localAt(zone, at) / DAY_MS);
  // A clock set back over midnight shows the day before again.
  while (reach(zone, day + 1, 0) <= at) day += 1;
  return day;
};

/** Whether the hours are open at an instant, and why. */
export const hoursAt = (hours: Hours, at: number): HoursState => {
  const { time_zone: zone } = hours;
  const rules = compiledOf(hours);
  const day = governingDay(zone, at);
  const local = localAt(zone, at);
  const today = exceptionOn(rules, day);
  const yesterday = exceptionOn(rules, day - 1);

  // A night that began yesterday goes on, unless another rule governs today.
  if (today === null || today === yesterday) {
    const spans = yesterday?.spans ?? rules.week[weekdayOf(day - 1)] ?? [];
    const night = openSpan(
      spans.filter(({ to }) => to > 1440),
      zone,
      day - 1,
      at,
    );
    if (night) return { isOpen: true, exception: yesterday?.exception ?? null, interval: night.interval, day, local };
  }
  const span = openSpan(today?.spans ?? rules.week[weekdayOf(day)] ?? [], zone, day, at);
  return { isOpen: span !== undefined, exception: today?.exception ?? null, interval: span?.interval ?? null, day, local };
};

/** Every instant in `[from, to)` at which the state may change, in order. */
export const hoursBoundaries = (hours: Hours, from: number, to: number): number[] => {
  const { time_zone: zone } = hours;
  const rules = compiledOf(hours);
  const found = new Set<number>();
  const last = governingDay(zone, to);
  for (let day = governingDay(zone, from) - 1; day <= last; day += 1) {
    found.add(reach(zone, day, 0));
    const spans = exceptionOn(rules, day)?.spans ?? rules.week[weekdayOf(day)] ?? [];
    for (const span of spans) found.add(reach(zone, day, span.from)).add(reach(zone, day, span.to));
  }
  return [...found].filter((instant) => from <= instant && instant < to).sort((a, b) => a - b);
};

const LOOK_AHEAD_DAYS = 400;

/** The next instant after `at` at which they open or close, or an exception begins or ends; null for a long time to come. */
export const nextHoursChange = (hours: Hours, at: number): number | null => {
  const now = hoursAt(hours, at);
  // Mostly it is within days: the year is only searched where it is not.
  for (const [from, to] of [
    [0, 8],
    [8, LOOK_AHEAD_DAYS],
  ] as const) {
    for (const instant of hoursBoundaries(hours, at + from * DAY_MS + (from === 0 ? 1 : 0), at + to * DAY_MS)) {
      const then = hoursAt(hours, instant);
      if (then.isOpen !== now.isOpen || then.exception !== now.exception) return instant;
    }
  }
  return null;
};
