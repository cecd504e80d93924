import { isE164 } from '#contract/reading/phone-number.ts';

/*
 * How a text stands in a cell of CSV, and is read back. The promise: what is written is no formula to a
 * spreadsheet that reads it as CSV, with commas; and reading gives the text back, whatever it is.
 */

const formula = /^'*[=+\-@\t\r]/;
const guardedFormula = /^'+[=+\-@\t\r]/;

/** A text as its cell has it. A phone number is no formula, and keeps its plus in front. */
export const writeCell = (text: string): string => (formula.test(text) && !isE164(text) ? `'${text}` : text);

/** The text of a cell, without the sign that kept it from being a formula. */
export const readCell = (cell: string): string => (guardedFormula.test(cell) ? cell.slice(1) : cell);

const SEPARATOR = '|';

/** `production|vip`. A separator within a label has a backslash in front, and so has a backslash. */
export const joinLabels = (labels: readonly string[]): string =>
  labels.map((label) => label.replace(/[\\|]/g, String.raw`\$&`)).join(SEPARATOR);

/** A backslash in front of anything else stands for itself. What is left empty between separators is none. */
export const splitLabels = (cell: string): string[] => {
  const labels: string[] = [];
  let label = '';
  for (const [part] of cell.matchAll(/\\[\\|]|[^]/gu)) {
    if (part === SEPARATOR) {
      labels.push(label);
      label = '';
    } else label += part.length === 2 && /^\\[\\|]$/.test(part) ? part.charAt(1) : part;
  }
  return [...labels, label].filter((each) => each.trim() !== '');
};
