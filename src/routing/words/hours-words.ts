import type { HoursException } from '#contract/business-hours.ts';
import { spanOf, type Interval, type WeeklyInterval } from '#contract/clock-times.ts';
import { dayNames, monthNames } from './words.ts';

/* Business hours in plain words: for the list, the history and whoever reads a change aloud. */

const short = (day: number) => dayNames[day]?.slice(0, 3) ?? String(day);

/** `Mon–Fri`, `Mon, Wed`, `Sat–Sun`, `Every day` */
export const daysWords = (days: readonly number[]): string => {
  const inOrder = days.toSorted((a, b) => a - b);
  if (inOrder.length === 7) return 'Every day';
  const runs: number[][] = [];
  for (const day of inOrder) {
    const run = runs.at(-1);
    if (run?.at(-1) === day - 1) run.push(day);
    else runs.push([day]);
  }
  return runs
    .flatMap((run) => (run.length < 2 ? run.map(short) : [`${short(run[0] ?? 0)}–${short(run.at(-1) ?? 0)}`]))
    .join(', ');
};

const byStart = (a: Interval, b: Interval) => spanOf(a).from - spanOf(b).from;

/** `09:00–12:00, 13:00–17:00` */
export const intervalsWords = (intervals: readonly Interval[]): string =>
  intervals
    .toSorted(byStart)
    .map(({ start, end }) => `${start}–${end}`)
    .join(', ');

/** `Mon–Fri 09:00–17:00; Sat 22:00–02:00`: days that are alike are said once. */
export const weekWords = (weekly: readonly WeeklyInterval[]): string => {
  const alike = new Map<string, number[]>();
  for (let day = 1; day <= 7; day += 1) {
    const words = intervalsWords(weekly.filter(({ days }) => days.includes(day)));
    if (words !== '') alike.set(words, [...(alike.get(words) ?? []), day]);
  }
  if (alike.size === 0) return 'never open';
  return [...alike].map(([words, days]) => `${daysWords(days)} ${words}`).join('; ');
};

/** `24 Dec 2026`; what is no date stays as it is. */
export const dateWords = (date: string, withYear = true): string => {
  const month = monthNames[Number(date.slice(5, 7)) - 1];
  if (month === undefined) return date;
  return `${Number(date.slice(8, 10))} ${month}${withYear ? ` ${date.slice(0, 4)}` : ''}`;
};

/** `24 Dec 2026`, `24–26 Dec 2026`, `30 Dec 2026 – 2 Jan 2027` */
export const datesWords = (first: string, last: string, withYear = true): string => {
  if (first === last) return dateWords(first, withYear);
  if (first.slice(0, 7) === last.slice(0, 7))
    return `${Number(first.slice(8, 10))}–${dateWords(last, withYear)}`;
  const isOneYear = first.slice(0, 4) === last.slice(0, 4);
  return `${dateWords(first, withYear && !isOneYear)} – ${dateWords(last, withYear)}`;
};

/** What is said of an exception whose dates are over; the console knows by it which one was meant. */
export const pastExceptionWords = (name: string, end: string): string =>
  `The exception “${name}” ended on ${dateWords(end)}.`;

/** `closed`, `open 10:00–12:00` */
export const openWords = (intervals: readonly Interval[]): string =>
  intervals.length === 0 ? 'closed' : `open ${intervalsWords(intervals)}`;

/** `24–26 Dec every year, closed` */
export const exceptionWords = ({
  start_date,
  end_date,
  every_year,
  intervals,
}: Omit<HoursException, 'name'>): string =>
  `${datesWords(start_date, end_date, !every_year)}${every_year ? ' every year' : ''}, ${openWords(intervals)}`;
