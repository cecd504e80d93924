import type { FilterOption } from './filter-menu.tsx';

const HOUR_MS = 3_600_000;

/** Midnight in the operator's zone, so many days ago. */
const dayAgo = (now: Date, days: number) =>
  new Date(now.getFullYear(), now.getMonth(), now.getDate() - days).toISOString();

/** The instant at which a day, `YYYY-MM-DD`, begins in the operator's zone. */
export const dayBegins = (date: string): string => {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return new Date(year, month - 1, day).toISOString();
};

/**
 * Since when numbers were changed: instants, so that an address means tomorrow what it means today. What is
 * chosen already is one of them.
 */
export const sinceOptions = (
  chosen: readonly string[],
  wordsOf: (instant: string) => string,
  now: Date,
): FilterOption[] => {
  const offered = {
    'An hour ago': new Date(now.getTime() - HOUR_MS).toISOString(),
    Today: dayAgo(now, 0),
    Yesterday: dayAgo(now, 1),
    '7 days ago': dayAgo(now, 7),
    '30 days ago': dayAgo(now, 30),
  };
  const options = Object.entries(offered).map(([label, value]) => ({ value, label, hint: wordsOf(value) }));
  const others = chosen.filter((value) => options.every((option) => option.value !== value));
  return [...others.map((value) => ({ value, label: wordsOf(value) })), ...options];
};
