import { fieldNames, fieldOf, isFieldName, type FieldName } from '#contract/numbers/fields.ts';
import { allColumns } from '#contract/numbers/table/table-columns.ts';
import { isRecord } from './is-record.ts';
import { readProvider, wrongProvider } from './read-cells.ts';
import { isRefusal, readNumberCell, type NumberRules } from './read-number-cell.ts';
import { blankRow, shownValue, type CellError, type RowReading } from './row.ts';
import { whyNotToParse } from './scan-text.ts';

// A record that is full to its limits is shorter, each character written as an escape.
const MAX_LINE_CHARACTERS = 2_000_000;

export type RawLine = { line: number; text: string } | { line: number; broken: 'length' };

/** The lines of a text as it comes in; blank ones are none. One that never ends makes a broken one, and is the last. */
export const readLines = async function* (pieces: AsyncIterable<string>): AsyncGenerator<RawLine> {
  let line = 1;
  let begun = '';
  for await (const piece of pieces) {
    const [head = '', ...rest] = piece.split('\n');
    begun += head;
    for (const next of rest) {
      if (begun.trim() !== '') yield { line, text: begun };
      line += 1;
      begun = next;
    }
    if (begun.length > MAX_LINE_CHARACTERS) {
      yield { line, broken: 'length' };
      return;
    }
  }
  if (begun.trim() !== '') yield { line, text: begun };
};

// Of a record that was read, and nothing that can be set.
const told: ReadonlySet<string> = new Set([
  ...allColumns.jsonl.filter(
    (column) => !isFieldName(column) && column !== 'phone_number' && column !== 'provider',
  ),
  ...fieldNames.filter((name) => fieldOf(name).kind === 'credential').map((name) => `${name}_fingerprint`),
]);

const columnNames = Object.fromEntries(
  ['phone_number', 'provider', ...fieldNames].map((name) => [name, name]),
);

const parse = (text: string): Record<string, unknown> | null => {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
};

const textOf = (value: unknown): string | null =>
  value === null || value === undefined ? null : typeof value === 'string' ? value : JSON.stringify(value);

/** Opens the reader of JSON lines: an object each, as the API answers a number. */
export const createLineReader =
  (rules: NumberRules) =>
  (line: number, text: string): RowReading => {
    const row = blankRow(line, columnNames);
    const refuse = (
      column: string | null,
      value: unknown,
      { code, message }: Pick<CellError, 'code' | 'message'>,
    ) => {
      const shown = textOf(value);
      row.errors.push({ column, value: shown === null ? null : shownValue(shown), code, message });
    };
    const tooMuch = whyNotToParse(text);
    if (tooMuch !== null) {
      row.errors.push({ value: null, ...tooMuch });
      return row;
    }
    const given = parse(text);
    if (given === null) {
      refuse(null, null, {
        code: 'invalid_json',
        message: 'The line is no JSON object. Write one number a line.',
      });
      return row;
    }
    const { phone_number: number, provider, ...fields } = given;
    const read = readNumberCell(typeof number === 'string' ? number : '', rules);
    if (isRefusal(read)) refuse('phone_number', number, read);
    else row.phoneNumber = read;
    if (provider !== undefined && provider !== null) {
      row.provider = typeof provider === 'string' ? readProvider(provider) : null;
      if (row.provider === null) refuse('provider', provider, wrongProvider);
    }
    for (const [name, value] of Object.entries(fields)) {
      if (isFieldName(name)) row.values[name as FieldName] = value;
      else if (!told.has(name))
        // What stands there may be a secret under another name.
        refuse(shownValue(name), null, {
          code: 'unknown_field',
          message: 'Leave it out: numbers have nothing of this name.',
        });
    }
    return row;
  };
