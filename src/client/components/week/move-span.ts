import { MINUTES_A_DAY } from '#contract/clock-times.ts';
import { sorted, type DaySpan, type Week } from './to-days.ts';

/* How intervals move under the hand: by quarters of an hour, and never into a neighbour. */

export const STEP_MINUTES = 15;
const MINUTES_A_WEEK = 7 * MINUTES_A_DAY;

export const snap = (minutes: number): number => Math.round(minutes / STEP_MINUTES) * STEP_MINUTES;
const clamp = (value: number, low: number, high: number) => Math.max(low, Math.min(high, value));

/**
 * The room around a moment of a day, in that day's minutes, between what ends before and what begins after
 * it.
 */
export interface Room {
  low: number;
  high: number;
}

/**
 * Counted round the week: Monday's neighbour before it may be Sunday's night. `except` is the interval that
 * moves.
 */
export const roomAt = (week: Week, day: number, minute: number, except: number | null): Room => {
  const at = day * MINUTES_A_DAY + minute;
  let [low, high] = [at - MINUTES_A_WEEK, at + MINUTES_A_WEEK];
  for (const [otherDay, spans] of week.entries()) {
    for (const [place, { from, to }] of spans.entries()) {
      if (otherDay === day && place === except) continue;
      for (const turn of [-MINUTES_A_WEEK, 0, MINUTES_A_WEEK]) {
        const [begins, ends] = [from + otherDay * MINUTES_A_DAY + turn, to + otherDay * MINUTES_A_DAY + turn];
        // What covers the moment itself leaves no room on either side.
        if (begins <= at) low = Math.max(low, ends);
        else high = Math.min(high, begins);
      }
    }
  }
  return { low: low - day * MINUTES_A_DAY, high: high - day * MINUTES_A_DAY };
};

/** The wire has no way to say a whole day from another time than midnight. */
const longest = (from: number) => (from === 0 ? MINUTES_A_DAY : MINUTES_A_DAY - 1 + from);
const LAST_START = MINUTES_A_DAY - 1;

/** Moved as a whole. It stays within its day, unless it already ran past midnight. */
export const moveTo = (span: DaySpan, from: number, { low, high }: Room): DaySpan => {
  const length = span.to - span.from;
  const latest =
    span.to > MINUTES_A_DAY ? Math.min(LAST_START, high - length) : Math.min(MINUTES_A_DAY, high) - length;
  const begins = clamp(from, Math.max(0, low), latest);
  return { from: begins, to: Math.min(begins + length, longest(begins)) };
};

export const startAt = (span: DaySpan, from: number, { low }: Room): DaySpan => {
  const earliest = Math.max(0, low, span.to > MINUTES_A_DAY ? span.to - MINUTES_A_DAY + 1 : 0);
  const latest = Math.min(LAST_START, span.to - STEP_MINUTES);
  return { from: clamp(from, Math.min(earliest, span.from), Math.max(latest, span.from)), to: span.to };
};

export const endAt = (span: DaySpan, to: number, { high }: Room): DaySpan => {
  const latest = Math.min(high, longest(span.from));
  return {
    from: span.from,
    to: clamp(
      to,
      Math.min(span.from + STEP_MINUTES, span.to),
      Math.max(latest, span.to === latest ? latest : span.from + 1),
    ),
  };
};

/** What is painted between two moments of a day; null where there is no room for anything. */
export const paint = (anchor: number, at: number, { low, high }: Room): DaySpan | null => {
  const [first, last] = anchor <= at ? [anchor, at] : [at, anchor];
  const from = Math.max(0, low, Math.min(first, LAST_START));
  const to = Math.min(Math.max(last, from + STEP_MINUTES), high, longest(from));
  return to > from ? { from, to } : null;
};

/** To the next line of the grid in this direction: a time between two lines comes to the nearer one first. */
export const nudged = (minutes: number, direction: 1 | -1): number =>
  direction === 1
    ? (Math.floor(minutes / STEP_MINUTES) + 1) * STEP_MINUTES
    : (Math.ceil(minutes / STEP_MINUTES) - 1) * STEP_MINUTES;

/**
 * An hour or what is left of one, for those who do not paint: nine to five where the day is empty, else after
 * the last.
 */
export const freeSpan = (week: Week, day: number): DaySpan | null => {
  const spans = week[day] ?? [];
  const wishes = spans.length === 0 ? [{ from: 540, to: 1020 }] : [];
  const starts = [...spans.map(({ to }) => to).toReversed(), 540, 0, ...spans.map(({ from }) => from - 60)];
  for (const { from, to } of [...wishes, ...starts.map((start) => ({ from: start, to: start + 60 }))]) {
    if (from < 0 || from > LAST_START) continue;
    const room = roomAt(week, day, from, null);
    const end = Math.min(to, room.high, Math.max(MINUTES_A_DAY, from));
    if (room.low <= from && end > from) return { from, to: end };
  }
  return null;
};

export const withSpan = (week: Week, day: number, place: number | null, span: DaySpan | null): Week =>
  week.map((spans, each) => {
    if (each !== day) return spans;
    const rest = spans.filter((_, at) => at !== place);
    return span === null ? rest : sorted([...rest, span]);
  });

export const copyDay = (week: Week, from: number, to: readonly number[]): Week =>
  week.map((spans, day) => (to.includes(day) ? (week[from] ?? []) : spans));
