import { isDate } from '#contract/clock-times.ts';
import { dateWords } from '#routing/words/hours-words.ts';
import { monthNames } from '#routing/words/words.ts';
import { addDays, daysInMonth, weekdayOfDate } from '#client/lib/days.ts';

/** A day, `YYYY-MM-DD`, or why none can be read, in words. */
export type DateReading = { date: string } | { problem: string };

/** As the console writes every date. */
export const EXAMPLE_DATE = '28 Nov 2026';
export const [FIRST_YEAR, LAST_YEAR] = [1970, 2199];

// Marks that turn a text around, or are not seen: copied with a date, and no part of it.
const UNSEEN = /\p{Cf}/gu;
const MAX_SHOWN = 40;
/** `“sometime” is no date.` */
export const isNo = (typed: string, what: string): string => {
  const text = typed.replace(UNSEEN, '').trim();
  return `“${text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text}” is no ${what}.`;
};

const monthsInFull = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];
const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** Of names, the place of the one that begins so, from 1; 0 where it is none of them. */
const placeOf = (names: readonly string[], word: string): number =>
  word.length < 3 ? 0 : names.findIndex((name) => name.startsWith(word)) + 1;

const relative: Record<string, number> = { yesterday: -1, today: 0, tomorrow: 1 };

/** `tomorrow`, and `fri`: the next Friday, today included. */
const relativeDate = (word: string, today: string): string | undefined => {
  const days = relative[word];
  if (days !== undefined) return addDays(today, days);
  const weekday = placeOf(weekdays, word);
  return weekday === 0 ? undefined : addDays(today, (weekday - weekdayOfDate(today) + 7) % 7);
};

interface Parts {
  day: number;
  month: number;
  /** Undefined where none is written. */
  year: number | undefined;
}

const DAY = String.raw`(\d{1,2})(?:st|nd|rd|th)?\.?`;
const NAME = String.raw`([a-z]{3,})\.?`;
const YEAR = String.raw`(\d{4}|\d{2})`;
const shapes: readonly [
  RegExp,
  (found: readonly string[]) => [day?: string, month?: string, year?: string],
][] = [
  [/^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/, ([, year, month, day]) => [day, month, year]],
  [
    new RegExp(String.raw`^(\d{1,2})[-/.] ?(\d{1,2})(?:[-/.] ?${YEAR}?)?$`),
    ([, day, month, year]) => [day, month, year],
  ],
  [new RegExp(`^${DAY} ?${NAME}(?:,? ${YEAR})?$`), ([, day, month, year]) => [day, month, year]],
  [new RegExp(`^${NAME} ${DAY}(?:,? ${YEAR})?$`), ([, month, day, year]) => [day, month, year]],
];

const partsOf = (text: string): Parts | undefined => {
  for (const [shape, order] of shapes) {
    const found = shape.exec(text);
    if (found === null) continue;
    const [day = '', month = '', year] = order(found);
    return {
      day: Number(day),
      month: /^\d/.test(month) ? Number(month) : placeOf(monthsInFull, month) || Number.NaN,
      year: year === undefined ? undefined : Number(year) + (year.length === 2 ? 2000 : 0),
    };
  }
  return undefined;
};

const two = (value: number) => String(value).padStart(2, '0');
const dateFrom = (year: number, month: number, day: number) => `${year}-${two(month)}-${two(day)}`;

/** Without a year, the one in which the day is nearest to today. */
const nearestYear = (today: string, month: number, day: number): number => {
  const year = Number(today.slice(0, 4));
  const distance = (other: number) => Math.abs(Date.UTC(other, month - 1, day) - Date.parse(today));
  return [year, year + 1, year - 1].reduce((best, each) => (distance(each) < distance(best) ? each : best));
};

const checked = ({ day, month, year: written }: Parts, today: string): DateReading => {
  if (!(month >= 1 && month <= 12))
    return { problem: `There is no month ${month}. Write the day first, as in ${EXAMPLE_DATE}.` };
  const year = written ?? nearestYear(today, month, day);
  if (year < FIRST_YEAR || year > LAST_YEAR)
    return { problem: `Write a year from ${FIRST_YEAR} to ${LAST_YEAR}.` };
  const last = daysInMonth(year, month);
  if (day < 1 || day > last) return { problem: `${monthNames[month - 1]} ${year} has ${last} days.` };
  return { date: dateFrom(year, month, day) };
};

export const tidied = (typed: string): string =>
  typed
    .normalize('NFKC')
    .replace(UNSEEN, '')
    .replace(/[\s,]+/gu, ' ')
    .trim()
    .toLowerCase();

/**
 * A day as people write it: `28 Nov 2026`, `nov 28`, `28.11.2026`, `28/11`, `2026-11-28`, `Sat 28 November`,
 * `tomorrow`, `fri`. The day stands before the month where both are figures.
 * @param today by the clock that the day is meant by, `YYYY-MM-DD`
 */
export const readDate = (typed: string, today: string): DateReading => {
  const text = tidied(typed);
  const near = relativeDate(text, today);
  if (near !== undefined) return { date: near };
  const parts = partsOf(text.replace(/^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.? (?=.*\d)/, ''));
  return parts === undefined || Number.isNaN(parts.month)
    ? { problem: `${isNo(typed, 'date')} Write it as ${EXAMPLE_DATE}.` }
    : checked(parts, today);
};

/** A day as a field shows it, `28 Nov 2026`; null for what is no day. */
export const shownDate = (value: string): string | null => (isDate(value) ? dateWords(value) : null);
