import { REASON_HEADING } from '#client/features/imports/csv/refused-file.ts';
import { usualChoices, type Choices } from './choices.ts';

/*
 * What was last chosen for files with the same headings, kept in this browser: a file that comes every month
 * is chosen for once. Headings alone are kept, and nothing that stands below them.
 */

const KEY = 'cordboard.imports';
const MOST = 30;

interface Remembered {
  headings: string;
  choices: Choices;
}

// Another order is the same file, and so is one of its own refused rows.
const keyOf = (headings: readonly string[]) =>
  headings
    .filter((heading) => heading !== REASON_HEADING)
    .toSorted()
    .join('\n');

const isRemembered = (entry: unknown): entry is Remembered =>
  typeof entry === 'object' && entry !== null && 'headings' in entry && 'choices' in entry;

const readAll = (): Remembered[] => {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isRemembered) : [];
  } catch {
    return [];
  }
};

/** The choices for a file with these headings; null where none like it was imported here. */
export const rememberedChoices = (headings: readonly string[]): Choices | null => {
  const found = readAll().find((entry) => entry.headings === keyOf(headings));
  return found === undefined ? null : { ...usualChoices, ...found.choices };
};

export const rememberChoices = (headings: readonly string[], choices: Choices): void => {
  const key = keyOf(headings);
  const others = readAll().filter((entry) => entry.headings !== key);
  try {
    localStorage.setItem(KEY, JSON.stringify([{ headings: key, choices }, ...others].slice(0, MOST)));
  } catch {
    // Storage can be forbidden altogether: the choices are made again next time.
  }
};
