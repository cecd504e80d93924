import { engineZone } from '#contract/reading/engine-zone.ts';

/* Days of the calendar, `YYYY-MM-DD`: no clock and no zone is part of them. */

const DAY_MS = 86_400_000;

/** The day that a local time, in milliseconds as if it were UTC, lies in. */
export const dateOf = (local: number): string => new Date(local).toISOString().slice(0, 10);

export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);

export const addDays = (date: string, days: number): string => dateOf(Date.parse(date) + days * DAY_MS);

/** 1 is Monday. */
export const weekdayOfDate = (date: string): number => ((new Date(date).getUTCDay() + 6) % 7) + 1;

/** The number of days in a month, which counts from 1. */
export const daysInMonth = (year: number, month: number): number =>
  new Date(Date.UTC(year, month, 0)).getUTCDate();

/** The same day so many months on, or the last of that month where it has no such day. */
export const addMonths = (date: string, months: number): string => {
  const place = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + months;
  const [year, month] = [Math.floor(place / 12), (place % 12) + 1];
  const day = Math.min(Number(date.slice(8, 10)), daysInMonth(year, month));
  return dateOf(Date.UTC(year, month - 1, day));
};

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
