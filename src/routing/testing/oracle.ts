import { Temporal } from 'temporal-polyfill';
import type { Hours, HoursException } from '#contract/business-hours.ts';

/**
 * Business hours a second way, by Temporal alone and none of the room's own arithmetic, for the tests to
 * compare with. A time is reached when the clock has shown it or a later one: so the clock is read as a hand
 * that never goes back, and what it shows is looked up in the day's intervals. The room goes the other way,
 * from intervals to instants.
 */
export interface Wall {
  /** `2026-11-01` */
  date: string;
  /** Of the day, 0 to 1439. */
  minute: number;
}

const atInstant = (at: number, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);

/** When the zone's clock changes between two instants. */
export const transitionsIn = (zone: string, from: number, to: number): number[] => {
  const found: number[] = [];
  let next = atInstant(from, zone).getTimeZoneTransition('next');
  for (; next !== null && next.epochMilliseconds < to; next = next.getTimeZoneTransition('next'))
    found.push(next.epochMilliseconds);
  return found;
};

const wallOf = (text: string): Wall => ({
  date: text.slice(0, 10),
  minute: Number(text.slice(11, 13)) * 60 + Number(text.slice(14, 16)),
});

/** What the clock shows, set back or not. */
export const shownAt = (zone: string, at: number): Wall =>
  wallOf(atInstant(at, zone).toPlainDateTime().toString());

/**
 * The hand that never goes back, for instants between two. Temporal is asked at each change alone: it takes
 * its time.
 */
export const handOf = (zone: string, from: number, to: number): ((at: number) => Wall) => {
  const starts = [from, ...transitionsIn(zone, from, to)];
  const periods = starts.map((start) => ({
    start,
    offset: atInstant(start, zone).offsetNanoseconds / 1_000_000,
  }));
  return (at) => {
    const place = periods.findLastIndex(({ start }) => start <= at);
    const [now, before] = [periods[place], periods[place - 1]];
    if (!now) throw new RangeError('This is before the time that the hand was made for.');
    const shownBefore = before ? now.start - 1 + before.offset : -Infinity;
    return wallOf(new Date(Math.max(at + now.offset, shownBefore)).toISOString());
  };
};

const isCovering = (
  { every_year: isYearly, start_date: first, end_date: last }: HoursException,
  date: string,
): boolean => {
  if (date < first) return false;
  if (!isYearly) return date <= last;
  const [today, from, to] = [date.slice(5), first.slice(5), last.slice(5)];
  return from > to ? today >= from || today <= to : from <= today && today <= to;
};

const lasts = ({ start_date: first, end_date: last }: HoursException) =>
  Temporal.PlainDate.from(first).until(last, { largestUnit: 'days' }).days;

const governs = (hours: Hours, date: string): HoursException | null => {
  let best: HoursException | null = null;
  for (const each of hours.exceptions.filter((one) => isCovering(one, date))) {
    if (best === null || (best.every_year && !each.every_year)) best = each;
    else if (best.every_year === each.every_year && lasts(each) < lasts(best)) best = each;
  }
  return best;
};

interface DayRule {
  exception: HoursException | null;
  intervals: readonly { start: string; end: string }[];
  yesterday: string;
}

const known = new WeakMap<Hours, Map<string, DayRule>>();
const ruleOf = (hours: Hours, date: string): DayRule => {
  const rules = known.get(hours) ?? new Map<string, DayRule>();
  known.set(hours, rules);
  const found = rules.get(date);
  if (found) return found;
  const day = Temporal.PlainDate.from(date);
  const exception = governs(hours, date);
  const intervals = exception?.intervals ?? hours.weekly.filter(({ days }) => days.includes(day.dayOfWeek));
  const made = { exception, intervals, yesterday: day.subtract({ days: 1 }).toString() };
  rules.set(date, made);
  return made;
};

const parsed = new Map<string, number>();
const minutes = (time: string): number => {
  const found = parsed.get(time);
  if (found !== undefined) return found;
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  parsed.set(time, hour * 60 + minute);
  return hour * 60 + minute;
};

export interface Expected {
  isOpen: boolean;
  exception: HoursException | null;
}

export const expectedState = (hours: Hours, { date, minute }: Wall): Expected => {
  const today = ruleOf(hours, date);
  const before = ruleOf(hours, today.yesterday);
  const isNightOn = today.exception === null || today.exception === before.exception;
  const isNight = ({ start, end }: { start: string; end: string }) => end <= start && minute < minutes(end);
  if (isNightOn && before.intervals.some(isNight)) return { isOpen: true, exception: before.exception };
  const isOpen = today.intervals.some(
    ({ start, end }) => minute >= minutes(start) && (end <= start || minute < minutes(end)),
  );
  return { isOpen, exception: today.exception };
};
