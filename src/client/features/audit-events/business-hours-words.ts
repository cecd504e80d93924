import type { HoursException } from '#contract/business-hours.ts';
import type { WeeklyInterval } from '#contract/clock-times.ts';
import { exceptionWords, weekWords } from '#routing/words/hours-words.ts';

/*
 * Business hours as the log holds them. It is read as what it may be: an event may be older than this
 * console.
 */

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
const isInterval = (value: unknown) =>
  isRecord(value) && typeof value['start'] === 'string' && typeof value['end'] === 'string';
const isWeekly = (value: unknown): value is WeeklyInterval[] =>
  Array.isArray(value) &&
  value.every((each) => isInterval(each) && Array.isArray((each as { days?: unknown }).days));
const isException = (value: unknown): value is HoursException =>
  isRecord(value) &&
  ['name', 'start_date', 'end_date'].every((key) => typeof value[key] === 'string') &&
  Array.isArray(value['intervals']) &&
  value['intervals'].every(isInterval);
const isExceptions = (value: unknown): value is HoursException[] =>
  Array.isArray(value) && value.every(isException);

/** `Mon–Fri 09:00–17:00`; null where it is no week. */
export const weeklyWords = (value: unknown): string | null => (isWeekly(value) ? weekWords(value) : null);

interface ExceptionChange {
  id: string;
  name: string;
  before: string | null;
  after: string | null;
}

/** Several may have one name, as a holiday of each year has: each is then told in its turn. */
const byName = (exceptions: readonly HoursException[]) => {
  const found = new Map<string, { name: string; words: string }>();
  for (const exception of exceptions) {
    let key = exception.name;
    for (let turn = 2; found.has(key); turn += 1) key = `${exception.name} ${turn}`;
    found.set(key, { name: exception.name, words: exceptionWords(exception) });
  }
  return found;
};

/**
 * One line for each exception that was added, changed or removed; null where the values are no exceptions.
 */
export const exceptionChanges = (before: unknown, after: unknown): ExceptionChange[] | null => {
  const [old, now] = [before ?? [], after ?? []];
  if (!isExceptions(old) || !isExceptions(now)) return null;
  const [was, is] = [byName(old), byName(now)];
  return [...new Set([...was.keys(), ...is.keys()])]
    .map((id) => ({
      id,
      name: is.get(id)?.name ?? was.get(id)?.name ?? id,
      before: was.get(id)?.words ?? null,
      after: is.get(id)?.words ?? null,
    }))
    .filter((line) => line.before !== line.after);
};
