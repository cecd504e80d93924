import type { HoursException } from '#contract/business-hours.ts';
import { isDate } from '#contract/clock-times.ts';
import { dateOf } from '#client/lib/days.ts';

/** When an exception comes next, or is on: dates in the zone of its hours, `YYYY-MM-DD`. */
export interface Occurrence {
  first: string;
  last: string;
}

type Dated = Pick<HoursException, 'start_date' | 'end_date' | 'every_year'>;

const DAY_MS = 86_400_000;

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
  if (!isDate(first) || !isDate(last)) return null;
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
