import type { Hours, HoursException } from '#contract/business-hours.ts';
import { MINUTES_A_DAY, spanOf, type Interval } from '#contract/clock-times.ts';
import { DAY_MS, instantOf, MINUTE_MS } from './zone.ts';

/*
 * A day of business hours laid out in instants. Days are counted from 1970-01-01; a day begins at the instant
 * its midnight is first reached, and lasts until the next one's is, whatever the clock does in between.
 */

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

export interface Opening {
  opens: number;
  closes: number;
  interval: Interval;
  exception: HoursException | null;
}

export interface DayPlan {
  day: number;
  begins: number;
  ends: number;
  exception: HoursException | null;
  /** Last night's first, then by their start. */
  openings: Opening[];
}

export interface CompiledHours {
  zone: string;
  week: Span[][];
  exceptions: PlacedException[];
  /** What was laid out lately. */
  plans: Map<number, DayPlan>;
  last: DayPlan | null;
}

const dayOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY_MS;
const toSpan = (interval: Interval): Span => ({ interval, ...spanOf(interval) });
const byStart = (a: Span, b: Span) => a.from - b.from;
const noSpans: Span[] = [];

const monthAndDay = (day: number): number => {
  const date = new Date(day * DAY_MS);
  return (date.getUTCMonth() + 1) * 100 + date.getUTCDate();
};

/** 1 is Monday; the first of January 1970 was a Thursday. */
export const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;

const compile = (hours: Hours): CompiledHours => {
  const week = Array.from({ length: 8 }, (_, weekday) =>
    hours.weekly
      .filter(({ days }) => days.includes(weekday))
      .map(({ start, end }) => toSpan({ start, end }))
      .sort(byStart),
  );
  const lasts = ({ startDay, endDay }: PlacedException) => endDay - startDay;
  const exceptions = hours.exceptions
    .map((exception) => {
      const [startDay, endDay] = [dayOf(exception.start_date), dayOf(exception.end_date)];
      const spans = exception.intervals.map(toSpan).sort(byStart);
      return {
        exception,
        spans,
        startDay,
        endDay,
        startOfYear: monthAndDay(startDay),
        endOfYear: monthAndDay(endDay),
      };
    })
    // The first that covers a day governs it; sorting is stable, so those alike stay in the list's order.
    .sort((a, b) => Number(a.exception.every_year) - Number(b.exception.every_year) || lasts(a) - lasts(b));
  return { zone: hours.time_zone, week, exceptions, plans: new Map(), last: null };
};

const allCompiled = new WeakMap<Hours, CompiledHours>();
export const compiledOf = (hours: Hours): CompiledHours => {
  const known = allCompiled.get(hours);
  if (known) return known;
  const made = compile(hours);
  allCompiled.set(hours, made);
  return made;
};

const covers = (
  { exception, startDay, endDay, startOfYear, endOfYear }: PlacedException,
  day: number,
  today: number,
): boolean => {
  if (day < startDay) return false;
  if (!exception.every_year) return day <= endDay;
  return startOfYear <= endOfYear
    ? startOfYear <= today && today <= endOfYear
    : today >= startOfYear || today <= endOfYear;
};

export const exceptionOn = ({ exceptions }: CompiledHours, day: number): PlacedException | null => {
  if (exceptions.length === 0) return null;
  const today = monthAndDay(day);
  return exceptions.find((each) => covers(each, day, today)) ?? null;
};

export const reach = (zone: string, day: number, minutes: number): number =>
  instantOf(zone, day * DAY_MS + minutes * MINUTE_MS);

/** Laid out anew each time. */
export const planDay = (compiled: CompiledHours, day: number): DayPlan => {
  const { zone, week } = compiled;
  const [today, yesterday] = [exceptionOn(compiled, day), exceptionOn(compiled, day - 1)];
  const openings: Opening[] = [];
  const add = (on: number, { from, to, interval }: Span, exception: HoursException | null) =>
    openings.push({ opens: reach(zone, on, from), closes: reach(zone, on, to), interval, exception });
  // A night that began yesterday goes on, unless another exception governs today.
  if (today === null || today === yesterday) {
    for (const span of yesterday?.spans ?? week[weekdayOf(day - 1)] ?? noSpans) {
      if (span.to > MINUTES_A_DAY) add(day - 1, span, yesterday?.exception ?? null);
    }
  }
  const exception = today?.exception ?? null;
  for (const span of today?.spans ?? week[weekdayOf(day)] ?? noSpans) add(day, span, exception);
  return { day, begins: reach(zone, day, 0), ends: reach(zone, day + 1, 0), exception, openings };
};
