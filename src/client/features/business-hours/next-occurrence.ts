import type { HoursException } from '#contract/business-hours.ts';
import { engineZone } from '#contract/reading/engine-zone.ts';

/** When an exception comes next, or is on: dates in the zone of its hours, `YYYY-MM-DD`. */
export interface Occurrence {
  first: string;
  last: string;
}

type Dated = Pick<HoursException, 'start_date' | 'end_date' | 'every_year'>;

const DAY_MS = 86_400_000;
const dateOf = (at: number) => new Date(at).toISOString().slice(0, 10);
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
export const addDays = (date: string, days: number): string => dateOf(Date.parse(date) + days * DAY_MS);

/** What the zone's calendar shows at this instant; the zone of the reader where this one is not known. */
export const todayIn = (zone: string, now: number): string => {
  const form = (timeZone?: string) =>
    new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
      now,
    );
  try {
    return form(engineZone(zone));
  } catch {
    return form();
  }
};

// 29 February comes again after eight years at the latest (as over 2100).
const YEARS_AHEAD = 8;

/**
 * A month and day in a year; where that year has no 29 February, the first day after it, or the last before
 * it.
 */
const inYear = (year: number, date: string, side: 'first' | 'last') => {
  const day = Number(date.slice(8, 10));
  const at = Date.UTC(year, Number(date.slice(5, 7)) - 1, day);
  return dateOf(side === 'last' && new Date(at).getUTCDate() !== day ? at - DAY_MS : at);
};

const yearly = ({ start_date: start, end_date: end }: Dated, today: string): Occurrence | null => {
  const wraps = end.slice(5) < start.slice(5);
  for (let year = Math.max(Number(today.slice(0, 4)) - 1, Number(start.slice(0, 4)) - 1); ; year += 1) {
    if (year > Number(today.slice(0, 4)) + YEARS_AHEAD && year > Number(start.slice(0, 4)) + YEARS_AHEAD)
      return null;
    const began = inYear(year, start, 'first');
    // It is not yet in force before the first day it names.
    const first = began < start ? start : began;
    const last = inYear(wraps ? year + 1 : year, end, 'last');
    if (first <= last && last >= today && last >= start) return { first, last };
  }
};

/** Null for one that is over, and for one whose dates are none. */
export const nextOccurrence = (exception: Dated, today: string): Occurrence | null => {
  const { start_date: first, end_date: last, every_year: isYearly } = exception;
  if (Number.isNaN(Date.parse(first)) || Number.isNaN(Date.parse(last))) return null;
  if (isYearly) return yearly(exception, today);
  return last >= today ? { first, last } : null;
};

/** Those that come next first; those that are over last, the latest of them first. */
export const inOrder = <T extends Dated>(exceptions: readonly T[], today: string): T[] => {
  const placed = exceptions.map((exception) => ({ exception, next: nextOccurrence(exception, today) }));
  return placed
    .toSorted((a, b) => {
      if (a.next && b.next) return a.next.first.localeCompare(b.next.first);
      if (a.next || b.next) return a.next ? -1 : 1;
      return b.exception.start_date.localeCompare(a.exception.start_date);
    })
    .map(({ exception }) => exception);
};
