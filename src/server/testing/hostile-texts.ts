import { randomFrom } from './spelled-numbers.ts';

/*
 * Texts that are traps for whoever writes or reads a table: formulas, quotes, separators, unseen and foreign
 * characters, and what a spreadsheet takes for a number or a date.
 */

const formulas = ['=1+1', '+1', '-2', '@x', '=cmd|calc', "'=1", "''=1", '＝1', '=HYPERLINK("http://x","y")'];
const signs = [
  '+14155552671',
  "'",
  '"',
  '""',
  ',',
  ';',
  '|',
  '\\',
  '\\|',
  ' ',
  '  ',
  'sep=;',
  '#REF!',
  '<script>',
  '••••••••',
];
const foreign = ['\u00a0', '\u200b', '\u202e', '\ufeff', 'é', 'e\u0301', 'ﬁ', '中文', '١٢', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', 'İ', 'ß'];
const values = [
  '1E5',
  '4.4207E+11',
  '0',
  '00123',
  '12/04/2026',
  '1-2',
  'NULL',
  'null',
  'true',
  '[]',
  '{"a":1}',
];
export const traps: readonly string[] = [...formulas, ...signs, ...foreign, ...values, 'a', 'b', 'word'];
/** With the line breaks that prose alone may have. */
export const trapsOfProse: readonly string[] = [...traps, '\t', '\n', '\n\n', '\t=1', '\n=1'];

export interface Chance {
  below: (limit: number) => number;
  oneOf: <T>(values: readonly T[]) => T;
}

/** The same chances for the same seed, so that what was seen to fail can be seen again. */
export const chanceOf = (seed: number): Chance => {
  const next = randomFrom(seed);
  const below = (limit: number) => Math.floor(next() * limit);
  return { below, oneOf: (values) => values[below(values.length)] as (typeof values)[number] };
};
