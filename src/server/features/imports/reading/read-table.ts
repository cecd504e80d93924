import type { Column } from '#contract/numbers/table/guess-columns.ts';
import type { Delimiter } from '#contract/numbers/table/guess-delimiter.ts';
import { decodeText, type Encoding } from './decode-text.ts';
import { FileRefused } from './file-refused.ts';
import { MAX_FILE_BYTES, MAX_FILE_ROWS, type FileFormat } from '#contract/numbers/table/table-columns.ts';
import { createLineIndex } from './line-index.ts';
import { mapColumns, type Mapping } from './map-columns.ts';
import { createRowReader } from './read-cells.ts';
import { readCsv } from './read-csv.ts';
import { createLineReader, readLines } from './read-lines.ts';
import type { NumberRules } from './read-number-cell.ts';
import { blankRow, type RowReading } from './row.ts';

export interface TableOptions extends NumberRules {
  format: FileFormat;
  /** By heading, of CSV; guessed where it is left out. */
  mapping?: Mapping | undefined;
  maxBytes?: number;
  maxRows?: number;
  /** Of CSV. */
  maxBlankRows?: number;
  /** Of CSV: by which others get their turn, in milliseconds. */
  now?: () => number;
}

/** What is known of a file once it was read. */
export interface TableFacts {
  encoding: Encoding;
  /** Of CSV alone. */
  delimiter: Delimiter | null;
  /** Of CSV alone: in the order of the file, also those that nothing is taken from. */
  columns: Column[];
}

const limited = async function* (bytes: AsyncIterable<Uint8Array>, max: number): AsyncGenerator<Uint8Array> {
  let count = 0;
  for await (const piece of bytes) {
    count += piece.length;
    if (count > max)
      throw new FileRefused(
        'file_too_large',
        `The file has more than ${max / 1_000_000} MB. Import it in parts, each with the heading.`,
      );
    yield piece;
  }
};

const brokenWords = {
  quote: {
    code: 'unclosed_quote',
    message: 'A quote that begins in this row is never closed, so all that follows belongs to it. Close it.',
  },
  length: {
    code: 'row_too_long',
    message: 'The row is longer than any can be, and what follows could not be read. A quote may be missing.',
  },
};

const brokenRow = (line: number, broken: keyof typeof brokenWords): RowReading => ({
  ...blankRow(line, {}),
  errors: [{ column: null, value: null, ...brokenWords[broken] }],
});

const tooManyRows = (max: number) =>
  new FileRefused(
    'too_many_rows',
    `The file has more than ${max.toLocaleString('en')} rows. Import it in parts, each with the heading.`,
  );

/** Of rows that are one number the first counts. */
const eachOnce = async function* (rows: AsyncIterable<RowReading>, max: number): AsyncGenerator<RowReading> {
  const lines = createLineIndex();
  let count = 0;
  for await (const row of rows) {
    count += 1;
    if (count > max) throw tooManyRows(max);
    const number = row.phoneNumber?.phone_number;
    const before = number === undefined ? undefined : lines.findOrAdd(Number(number.slice(1)), row.line);
    if (before !== undefined)
      row.errors.push({
        column: row.columns['phone_number'] ?? null,
        value: number ?? null,
        code: 'duplicate_row',
        message: `Line ${before} has the same number. Keep one of the two.`,
      });
    yield row;
  }
};

export interface TableReading {
  /** True of all rows that were taken so far; whole at the end. */
  facts: () => TableFacts;
  /** Throws FileRefused where nothing can be taken. */
  rows: AsyncGenerator<RowReading>;
}

const readCsvTable = (text: ReturnType<typeof decodeText>, options: TableOptions): TableReading => {
  const csv = readCsv(text.pieces, options.maxBlankRows, options.now);
  let columns: Column[] = [];
  const read = async function* (): AsyncGenerator<RowReading> {
    let readRow: ReturnType<typeof createRowReader> | undefined;
    for await (const row of csv.rows) {
      if ('broken' in row) {
        if (readRow === undefined)
          throw new FileRefused('not_a_table', 'The heading cannot be read: a quote in it is never closed.');
        yield brokenRow(row.line, row.broken);
      } else if (readRow === undefined) {
        columns = mapColumns(row.cells, options.mapping);
        readRow = createRowReader(columns, options);
      } else yield readRow(row.line, row.cells);
    }
    if (readRow === undefined)
      throw new FileRefused(
        'no_heading',
        'The file is empty. Its first line names the columns, beginning with phone_number.',
      );
  };
  return {
    facts: () => ({ encoding: text.encoding(), delimiter: csv.delimiter(), columns }),
    rows: read(),
  };
};

const readLineTable = (text: ReturnType<typeof decodeText>, options: TableOptions): TableReading => {
  const readLine = createLineReader(options);
  const read = async function* (): AsyncGenerator<RowReading> {
    let hasLines = false;
    for await (const row of readLines(text.pieces)) {
      hasLines = true;
      yield 'broken' in row ? brokenRow(row.line, row.broken) : readLine(row.line, row.text);
    }
    if (!hasLines) throw new FileRefused('not_a_table', 'The file is empty. Write one JSON object a line.');
  };
  return { facts: () => ({ encoding: text.encoding(), delimiter: null, columns: [] }), rows: read() };
};

/**
 * Reads a file of numbers while it comes in, never more of it in memory than a piece and a row. Every row of
 * the file is answered, with what is wrong with it; rows before a place where the file breaks stand.
 */
export const readTable = (bytes: AsyncIterable<Uint8Array>, options: TableOptions): TableReading => {
  const text = decodeText(limited(bytes, options.maxBytes ?? MAX_FILE_BYTES));
  const { facts, rows } =
    options.format === 'csv' ? readCsvTable(text, options) : readLineTable(text, options);
  return { facts, rows: eachOnce(rows, options.maxRows ?? MAX_FILE_ROWS) };
};
