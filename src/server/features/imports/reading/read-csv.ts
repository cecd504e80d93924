import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import { Parser, type CsvError } from 'csv-parse';
import {
  guessDelimiter,
  readSeparatorLine,
  type Delimiter,
} from '#contract/numbers/table/guess-delimiter.ts';
import { FileRefused } from './file-refused.ts';

/** A row as it stands in the file, with the line on which it begins; `broken` where the rest cannot be cut into rows. */
export type RawRow = { line: number; cells: string[] } | { line: number; broken: 'quote' | 'length' };

// Longer than the longest record there can be, each character a quote that is doubled.
const MAX_ROW_CHARACTERS = 400_000;
// Enough to see the whole heading.
const LOOK_CHARACTERS = 65_536;
// Rows that are empty come to nobody who would give others a turn: thousands of them are in a piece.
const SLICE_CHARACTERS = 8192;
const TASK_MS = 10;
// As many as a whole sheet of a spreadsheet has.
const MAX_BLANK_ROWS = 1_048_576;
export const MAX_COLUMNS = 200;

const tooManyColumns = (columns: number) =>
  new FileRefused(
    'too_many_columns',
    `The heading has ${columns.toLocaleString('en')} columns; ${MAX_COLUMNS} are the most. Keep those that numbers have.`,
  );

const tooManyBlankRows = (max: number) =>
  new FileRefused(
    'not_a_table',
    `The file has more than ${max.toLocaleString('en')} empty rows. Delete them, and import it again.`,
  );

// Spreadsheets leave rows of empty cells below what was once longer.
const isBlank = (cells: readonly string[]) => cells.every((cell) => cell.trim() === '');

// The library's own count takes one of two characters in quotes for two.
const breaksIn = (cells: readonly string[]): number =>
  cells.reduce((sum, cell) => sum + (cell.match(/\r\n|\n|\r/g)?.length ?? 0), 0);

// Half of a character would become another one.
const wholeCharacters = (text: string, end: number): number =>
  /[\ud800-\udbff]/.test(text.charAt(end - 1)) ? end + 1 : end;

const openParser = (delimiter: Delimiter, firstLineAt: number) => {
  let rows: RawRow[] = [];
  let lastLine = firstLineAt;
  let blank = 0;
  let skipped = 0;
  let failure: CsvError | undefined;
  const parser = new Parser({
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    // A quote within a cell is one.
    relax_quotes: true,
    relax_column_count: true,
    max_record_size: MAX_ROW_CHARACTERS,
    // Rows that came before a failure stand: the library's own stream would lose those not yet taken.
    // Left to the callback, each would cost an error that says how many cells it lacks.
    skip_empty_lines: true,
    on_record: (cells: string[], { empty_lines: empty }) => {
      lastLine += empty - skipped;
      skipped = empty;
      if (isBlank(cells)) blank += 1;
      else rows.push({ line: lastLine + 1, cells });
      lastLine += 1 + breaksIn(cells);
      return null;
    },
  });
  parser.on('error', (error: CsvError) => (failure = error));
  // Nothing comes out of it but its end.
  parser.resume();
  const take = (): RawRow[] => {
    const taken = rows;
    rows = [];
    if (failure !== undefined)
      taken.push({
        line: lastLine + 1 + parser.info.empty_lines - skipped,
        broken: failure.code === 'CSV_QUOTE_NOT_CLOSED' ? 'quote' : 'length',
      });
    return taken;
  };
  return {
    write: (text: string) =>
      new Promise<RawRow[]>((resolve) => {
        parser.write(text, (error) => {
          if (error) failure = error as CsvError;
          resolve(take());
        });
      }),
    end: () =>
      new Promise<RawRow[]>((resolve) => {
        parser.once('close', () => resolve(take()));
        parser.end();
      }),
    hasFailed: () => failure !== undefined,
    blankRows: () => blank + parser.info.empty_lines,
  };
};

export interface CsvRows {
  delimiter: () => Delimiter;
  /** The heading first. Blank lines are none. */
  rows: AsyncGenerator<RawRow>;
}

/**
 * The rows of CSV as its text comes in. An unclosed quote, or a row longer than any can be, makes one broken
 * row of itself and all that follows. By `now`, in milliseconds, others get their turn.
 */
export const readCsv = (
  pieces: AsyncIterable<string>,
  maxBlankRows = MAX_BLANK_ROWS,
  now: () => number = () => performance.now(),
): CsvRows => {
  let delimiter: Delimiter = ',';
  let since = now();
  const write = async function* (
    parser: ReturnType<typeof openParser>,
    text: string,
  ): AsyncGenerator<RawRow> {
    let end = 0;
    for (let at = 0; at < text.length && !parser.hasFailed(); at = end) {
      end = wholeCharacters(text, at + SLICE_CHARACTERS);
      yield* await parser.write(text.slice(at, end));
      if (parser.blankRows() > maxBlankRows) throw tooManyBlankRows(maxBlankRows);
      if (now() - since < TASK_MS) continue;
      await yieldToEventLoop();
      since = now();
    }
  };
  const open = (begun: string): { parser: ReturnType<typeof openParser>; text: string } => {
    const said = readSeparatorLine(begun);
    const text = begun.slice(said?.length ?? 0);
    delimiter = said?.delimiter ?? guessDelimiter(text);
    return { parser: openParser(delimiter, said === null ? 0 : 1), text };
  };
  const read = async function* (): AsyncGenerator<RawRow> {
    let parser: ReturnType<typeof openParser> | undefined;
    let begun = '';
    for await (const piece of pieces) {
      if (parser === undefined) {
        begun += piece;
        if (begun.length < LOOK_CHARACTERS) continue;
        const opened = open(begun);
        ({ parser } = opened);
        yield* write(parser, opened.text);
      } else yield* write(parser, piece);
      if (parser.hasFailed()) return;
    }
    if (parser === undefined) {
      const opened = open(begun);
      ({ parser } = opened);
      yield* write(parser, opened.text);
    }
    if (!parser.hasFailed()) yield* await parser.end();
  };
  const judged = async function* (): AsyncGenerator<RawRow> {
    let isHeading = true;
    for await (const row of read()) {
      if (isHeading && 'cells' in row && row.cells.length > MAX_COLUMNS)
        throw tooManyColumns(row.cells.length);
      isHeading = false;
      yield row;
    }
  };
  return { delimiter: () => delimiter, rows: judged() };
};
