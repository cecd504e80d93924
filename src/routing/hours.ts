import type { Hours, HoursException } from '#contract/business-hours.ts';
import type { Interval } from '#contract/clock-times.ts';
import {
  compiledOf,
  exceptionOn,
  planDay,
  reach,
  type CompiledHours,
  type DayPlan,
  type Opening,
} from './day-plan.ts';
import { DAY_MS, localAt } from './zone.ts';

/*
 * When business hours are open. Each day that is asked about is laid out once; the rest is comparing
 * instants.
 */

export interface HoursState {
  isOpen: boolean;
  /** The exception that governs the moment: it covers the day, or one of its nights is not over. */
  exception: HoursException | null;
  /** The interval that is open. */
  interval: Interval | null;
  /** The day that governs: days since 1970-01-01, local. */
  day: number;
  /** What the clock shows: milliseconds since 1970-01-01 as if local time were UTC. */
  local: number;
}

export const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** The exception that covers this day, if any. */
export const exceptionOnDay = (hours: Hours, day: number): HoursException | null =>
  exceptionOn(compiledOf(hours), day)?.exception ?? null;

// As many days as a timeline shows, and a few; there may be thousands of hours.
const MAX_PLANS = 20;

const planOf = (compiled: CompiledHours, day: number): DayPlan => {
  const known = compiled.plans.get(day);
  if (known) return known;
  const made = planDay(compiled, day);
  if (compiled.plans.size >= MAX_PLANS) compiled.plans.clear();
  compiled.plans.set(day, made);
  return made;
};

/** The day that governs an instant: its midnight was reached, and the next one's was not. */
export const governingDay = (zone: string, at: number): number => {
  let day = Math.floor(localAt(zone, at) / DAY_MS);
  // A clock set back over midnight shows the day before again.
  while (reach(zone, day + 1, 0) <= at) day += 1;
  return day;
};

export const planAt = (compiled: CompiledHours, at: number): DayPlan => {
  const { last } = compiled;
  if (last !== null && last.begins <= at && at < last.ends) return last;
  compiled.last = planOf(compiled, governingDay(compiled.zone, at));
  return compiled.last;
};

export const openingAt = ({ openings }: DayPlan, at: number): Opening | undefined =>
  openings.find(({ opens, closes }) => opens <= at && at < closes);

/**
 * Whether the hours are open at an instant, and why. Throws RangeError where this engine does not know the
 * zone.
 */
export const hoursAt = (hours: Hours, at: number): HoursState => {
  const compiled = compiledOf(hours);
  const plan = planAt(compiled, at);
  const opening = openingAt(plan, at);
  const { exception, interval } = opening ?? { exception: plan.exception, interval: null };
  return {
    isOpen: opening !== undefined,
    exception,
    interval,
    day: plan.day,
    local: localAt(compiled.zone, at),
  };
};

/** The instants of a day at which the state may change, in order. */
export const edgesOf = ({ begins, ends, openings }: DayPlan): number[] =>
  [begins, ...openings.flatMap(({ opens, closes }) => [opens, closes])]
    .filter((edge) => begins <= edge && edge < ends)
    .sort((a, b) => a - b);

/** Every instant in `[from, to)` at which the state may change, each once, in order. */
export const hoursBoundaries = (hours: Hours, from: number, to: number): number[] => {
  const compiled = compiledOf(hours);
  const found = new Set<number>();
  for (let plan = planAt(compiled, from); plan.begins < to; plan = planOf(compiled, plan.day + 1)) {
    for (const edge of edgesOf(plan)) if (from <= edge && edge < to) found.add(edge);
  }
  return [...found];
};

// Without exceptions one week is like the next, but for an hour that the clock passes over: the second has
// it.
export const PLAIN_AHEAD_DAYS = 15;
const LOOK_AHEAD_DAYS = 400;

/**
 * The next instant after `at` at which they open or close, or an exception begins or ends; null for a long
 * time to come. Throws RangeError where this engine does not know the zone.
 */
export const nextHoursChange = (hours: Hours, at: number): number | null => {
  const compiled = compiledOf(hours);
  const now = hoursAt(hours, at);
  const days = compiled.exceptions.length === 0 ? PLAIN_AHEAD_DAYS : LOOK_AHEAD_DAYS;
  for (let { day } = now; day <= now.day + days; day += 1) {
    const plan = planOf(compiled, day);
    for (const edge of edgesOf(plan)) {
      if (edge <= at) continue;
      const opening = openingAt(plan, edge);
      if ((opening !== undefined) !== now.isOpen || (opening ?? plan).exception !== now.exception)
        return edge;
    }
  }
  return null;
};
