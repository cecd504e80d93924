import { choiceWords, readChoice } from '#contract/numbers/choice-words.ts';
import { providerNames, type Provider } from '#contract/numbers/choices.ts';
import { fieldOf, isFieldName, type FieldName } from '#contract/numbers/fields.ts';
import { readCell, splitLabels } from '#contract/numbers/table/cell-text.ts';
import type { Column } from '#contract/numbers/table/guess-columns.ts';
import { agentFieldOf, fieldOfTarget, type Target } from '#contract/numbers/table/headings.ts';
import { isRecord } from './is-record.ts';
import { findDamage } from './find-damage.ts';
import { isRefusal, readNumberCell, type NumberRules } from './read-number-cell.ts';
import { blankRow, shownValue, type CellError, type RowReading } from './row.ts';
import { whyNotToParse } from './scan-text.ts';

/* A row of CSV, cell by cell. What a value may be is not said here: the acts judge it, as they judge all. */

/** By its name or by what people call it; null where it is none. */
export const readProvider = (text: string): Provider | null =>
  readChoice(providerNames, text) as Provider | null;

export const wrongProvider: Pick<CellError, 'code' | 'message'> = {
  code: 'invalid_value',
  message: `No provider is called so. Write ${choiceWords(providerNames)}.`,
};

const isCredential = (target: Target) => isFieldName(target) && fieldOf(target).kind === 'credential';

const readMetadata = (text: string): { value: unknown } | Pick<CellError, 'code' | 'message'> => {
  const tooMuch = whyNotToParse(text);
  if (tooMuch !== null) return { code: tooMuch.code, message: tooMuch.message };
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value)) return { value };
  } catch {
    // Said below, as of any other text.
  }
  return { code: 'invalid_json', message: 'Write metadata as a JSON object, as in {"shop": "north"}.' };
};

/** An empty cell clears what all numbers have, and says nothing of what is fixed, secret, or another provider's. */
const emptyValue = (name: FieldName): { value: unknown } | null => {
  const { kind, isFixed } = fieldOf(name);
  if (kind === 'credential' || isFixed === true) return null;
  return { value: name === 'labels' ? [] : null };
};

const readValue = (
  name: FieldName,
  text: string,
): { value: unknown } | Pick<CellError, 'code' | 'message'> | null => {
  if (text === '') return emptyValue(name);
  if (name === 'labels') return { value: splitLabels(text) };
  if (name === 'metadata') return readMetadata(text);
  if (fieldOf(name).kind === 'credential') {
    const damage = findDamage(text);
    if (damage?.code === 'spreadsheet_rounded') return damage;
  }
  return { value: readChoice(fieldOf(name).choices ?? {}, text) ?? text };
};

/** Opens the reader of rows with these columns. */
export const createRowReader = (columns: readonly Column[], rules: NumberRules) => {
  const used = columns.flatMap(({ heading, target }, at) =>
    target === null ? [] : [{ heading, target, at }],
  );
  const headingOf = Object.fromEntries(used.map(({ heading, target }) => [fieldOfTarget(target), heading]));

  const readInto = (
    row: RowReading,
    target: Target,
    cell: string,
    refuse: (wrong: Pick<CellError, 'code' | 'message'>) => void,
  ) => {
    const text = readCell(cell);
    const agentField = agentFieldOf(target);
    if (agentField !== null) {
      if (text.trim() === '') row.values[agentField] = null;
      else row.agentNames[agentField] = text;
    } else if (target === 'phone_number') {
      const read = readNumberCell(text, rules);
      if (isRefusal(read)) refuse(read);
      else row.phoneNumber = read;
    } else if (target === 'provider') {
      row.provider = readProvider(text);
      if (row.provider === null && text.trim() !== '') refuse(wrongProvider);
    } else {
      const read = readValue(target as FieldName, text);
      if (read === null) return;
      if ('value' in read) row.values[target as FieldName] = read.value;
      else refuse(read);
    }
  };

  const wrongCount = (cells: readonly string[]): CellError | null => {
    const [given, wanted] = [cells.length, columns.length];
    const isMore = cells.slice(wanted).some((cell) => cell.trim() !== '');
    if (given === wanted || (given > wanted && !isMore)) return null;
    const words = `It has ${given} ${given === 1 ? 'cell' : 'cells'}, and the heading ${wanted}.`;
    const way = isMore ? 'Put a cell that holds a separator in quotes.' : 'Write every cell, empty ones too.';
    return {
      column: null,
      value: null,
      code: isMore ? 'too_many_cells' : 'too_few_cells',
      message: `${words} ${way}`,
    };
  };

  return (line: number, cells: readonly string[]): RowReading => {
    const row = blankRow(line, headingOf);
    const wrong = wrongCount(cells);
    if (wrong !== null) row.errors.push(wrong);
    for (const { heading, target, at } of wrong === null
      ? used
      : used.filter((each) => each.target === 'phone_number')) {
      const cell = cells[at] ?? '';
      readInto(row, target, cell, ({ code, message }) =>
        row.errors.push({
          column: heading,
          value: isCredential(target) ? null : shownValue(cell),
          code,
          message,
        }),
      );
    }
    return row;
  };
};
