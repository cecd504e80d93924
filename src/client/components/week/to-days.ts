import { MINUTES_A_DAY, spanOf, timeOf, type WeeklyInterval } from '#contract/clock-times.ts';

/** A stretch of opening, in minutes from the midnight its day begins with: past 1440 is the morning after. */
export interface DaySpan {
  from: number;
  to: number;
}

/** Seven days, Monday first; in each what begins on it, in order. */
export type Week = readonly (readonly DaySpan[])[];

export const shortDays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
export const longDays = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
] as const;
/** The name of a day of the week: 0 is Monday, unlike the contract's days, where 1 is. */
export const dayName = (day: number): string => longDays[((day % 7) + 7) % 7] ?? '';

const byTime = (a: DaySpan, b: DaySpan) => a.from - b.from || a.to - b.to;
export const sorted = (spans: readonly DaySpan[]): DaySpan[] => spans.toSorted(byTime);

/** The wire says one interval for several days; a week is drawn and edited day by day. */
export const toDays = (weekly: readonly WeeklyInterval[]): Week =>
  longDays.map((_, day) => sorted(weekly.filter(({ days }) => days.includes(day + 1)).map(spanOf)));

const endOf = ({ to }: DaySpan) => timeOf(to > MINUTES_A_DAY ? to - MINUTES_A_DAY : to);

/** Back to the wire: what is equal on several days is said once. */
export const toWeekly = (week: Week): WeeklyInterval[] => {
  const found = new Map<string, { span: DaySpan; days: number[] }>();
  for (const [day, spans] of week.entries()) {
    for (const span of spans) {
      const key = `${span.from}-${span.to}`;
      const known = found.get(key);
      if (known === undefined) found.set(key, { span, days: [day + 1] });
      else if (!known.days.includes(day + 1)) known.days.push(day + 1);
      // Twice the same on one day overlaps itself: it is kept, so that the mistake is seen and not silently
      // mended.
      else found.set(`${key} ${found.size}`, { span, days: [day + 1] });
    }
  }
  return [...found.values()]
    .toSorted((a, b) => (a.days[0] ?? 0) - (b.days[0] ?? 0) || byTime(a.span, b.span))
    .map(({ span, days }) => ({ days, start: timeOf(span.from), end: endOf(span) }));
};

/** The same opening times, however they are grouped. */
export const isSameWeek = (one: readonly WeeklyInterval[], other: readonly WeeklyInterval[]): boolean =>
  JSON.stringify(toDays(one)) === JSON.stringify(toDays(other));

/** What is drawn in one row: an interval, its part before midnight, or its part after. */
export interface Segment {
  /** The day it begins on and its place there: for a tail that is not the row it is drawn in. */
  day: number;
  place: number;
  span: DaySpan;
  left: number;
  right: number;
  part: 'whole' | 'head' | 'tail';
}

export const segmentsOf = (week: Week, row: number): Segment[] => {
  const before = (row + 6) % 7;
  const tails = (week[before] ?? []).flatMap((span, place): Segment[] =>
    span.to > MINUTES_A_DAY
      ? [{ day: before, place, span, left: 0, right: span.to - MINUTES_A_DAY, part: 'tail' }]
      : [],
  );
  const own = (week[row] ?? []).map((span, place): Segment => ({
    day: row,
    place,
    span,
    left: span.from,
    right: Math.min(span.to, MINUTES_A_DAY),
    part: span.to > MINUTES_A_DAY ? 'head' : 'whole',
  }));
  return [...tails, ...own];
};

/** `09:00–18:00` */
export const spanText = (span: DaySpan, dash = '–'): string => `${timeOf(span.from)}${dash}${endOf(span)}`;

/** `Saturday 22:00 to 02:00 on Sunday` */
export const spanWords = (day: number, span: DaySpan): string =>
  `${dayName(day)} ${timeOf(span.from)} to ${endOf(span)}${span.to > MINUTES_A_DAY ? ` on ${dayName(day + 1)}` : ''}`;

/** `9 h`, `45 min`, `7 h 30 min` */
export const lengthWords = ({ from, to }: DaySpan): string => {
  const [hours, minutes] = [Math.floor((to - from) / 60), (to - from) % 60];
  return [...(hours > 0 ? [`${hours} h`] : []), ...(minutes > 0 ? [`${minutes} min`] : [])].join(' ');
};

/** A day in plain words: `Monday 09:00–12:00, 13:00–18:00`, `Sunday closed`. */
export const dayText = (week: Week, day: number): string => {
  const spans = week[day] ?? [];
  const times = spans.map((span) => `${spanText(span)}${span.to > MINUTES_A_DAY ? ' the next day' : ''}`);
  const begun = (week[(day + 6) % 7] ?? []).find(({ to }) => to > MINUTES_A_DAY);
  const until = begun && `until ${endOf(begun)} from the day before`;
  return `${dayName(day)} ${[...(until ? [until] : []), ...times].join(', ') || 'closed'}`;
};
