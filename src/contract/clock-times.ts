/* Arithmetic on times of day, free of zod: the editors use it without fetching the schemas. */

export const MINUTES_A_DAY = 1440;

/**
 * One stretch of opening within a day; from `start` to `end`, past midnight where `end` is not after `start`.
 */
export interface Interval {
  /** `HH:MM`, 00:00 to 23:59. */
  start: string;
  /** `HH:MM`, 00:00 to 24:00. */
  end: string;
}

/** `09:30` → 570. */
export const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** 570 → `09:30`; 1440 → `24:00`. */
export const timeOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** Minutes from the midnight its day begins with: an end past midnight is more than 1440. */
export const spanOf = ({ start, end }: Interval): { from: number; to: number } => {
  const [from, to] = [minutesOf(start), minutesOf(end)];
  return { from, to: to > from ? to : to + MINUTES_A_DAY };
};

export interface WeeklyInterval extends Interval {
  /** ISO 8601: 1 is Monday, 7 is Sunday. */
  days: readonly number[];
}

interface Placed {
  /** The place in the list it comes from. */
  at: number;
  from: number;
  to: number;
}

/** The place of the first that overlaps one before it in time; undefined where none do. They may touch. */
const firstOverlap = (placed: readonly Placed[]): number | undefined => {
  const inOrder = placed.toSorted((a, b) => a.from - b.from);
  let latest: Placed | undefined;
  for (const each of inOrder) {
    if (latest && each.from < latest.to) return Math.max(each.at, latest.at);
    if (!latest || each.to > latest.to) latest = each;
  }
  return undefined;
};

const MINUTES_A_WEEK = 7 * MINUTES_A_DAY;

/**
 * Which of the week's intervals overlaps another, by its place in the list. Sunday night runs into Monday.
 */
export const overlapInWeek = (weekly: readonly WeeklyInterval[]): number | undefined =>
  firstOverlap(
    weekly.flatMap((interval, at) => {
      const { from, to } = spanOf(interval);
      return interval.days.flatMap((day) => {
        const midnight = (day - 1) * MINUTES_A_DAY;
        const placed = { at, from: midnight + from, to: midnight + to };
        if (placed.to <= MINUTES_A_WEEK) return [placed];
        return [
          { ...placed, to: MINUTES_A_WEEK },
          { at, from: 0, to: placed.to - MINUTES_A_WEEK },
        ];
      });
    }),
  );

/**
 * The same for the intervals of an exception. Where it lasts several days, a night runs into the exception's
 * next day.
 */
export const overlapInDay = (intervals: readonly Interval[], lastsDays: boolean): number | undefined =>
  firstOverlap(
    intervals.flatMap((interval, at) => {
      const span = { at, ...spanOf(interval) };
      if (!lastsDays || span.to <= MINUTES_A_DAY) return [span];
      return [span, { at, from: 0, to: span.to - MINUTES_A_DAY }];
    }),
  );

/** Whether a calendar has this day, written `2026-02-28`. */
export const isDate = (text: string): boolean => {
  if (!/^[1-9]\d{3}-\d\d-\d\d$/.test(text)) return false;
  const instant = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text);
};
