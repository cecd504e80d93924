import { stringify } from 'csv-stringify/sync';
import { fieldOf, isFieldName, type FieldName } from '#contract/numbers/fields.ts';
import { joinLabels, writeCell } from '#contract/numbers/table/cell-text.ts';
import { usualColumns, type FileFormat } from '#contract/numbers/table/table-columns.ts';
import type { PhoneNumberRow } from '#server/features/phone-numbers/rows/row.ts';
import { toPhoneNumber } from '#server/features/phone-numbers/rows/to-phone-number.ts';

/** What an agent is called, by its id. */
export type AgentNames = ReadonlyMap<string, string>;

export interface TableWriter {
  /** Before the first number; empty where a file has none. */
  head: string;
  write: (rows: readonly PhoneNumberRow[], agents: AgentNames) => string;
}

type Value = (row: PhoneNumberRow, agents: AgentNames) => string | null;

const valueOf = (row: PhoneNumberRow, name: FieldName): unknown =>
  fieldOf(name).provider === undefined
    ? (row as unknown as Record<string, unknown>)[name]
    : row.settings[name];

const textOf = (value: unknown): string | null => {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return joinLabels(value as string[]);
  if (typeof value === 'object') return Object.keys(value).length === 0 ? null : JSON.stringify(value);
  return String(value as string | number);
};

const valueIn = (column: string): Value => {
  const agentField = `${column}_id`;
  if (isFieldName(agentField))
    return (row, agents) => {
      const id = valueOf(row, agentField) as string | null;
      return id === null ? null : (agents.get(id) ?? id);
    };
  if (isFieldName(column)) return (row) => textOf(valueOf(row, column));
  const named = column === '_id' ? 'id' : (column as keyof PhoneNumberRow);
  return (row) => textOf(row[named]);
};

const options = {
  record_delimiter: 'windows',
  // The library quotes the line break it writes; readers end a line at any other, too.
  quoted_match: /[\r\n]|^\s|\s$/,
} as const;

const csvWriter = (columns: readonly string[]): TableWriter => {
  const values = columns.map(valueIn);
  const cells: Value[] = values.map((value) => (row, agents) => {
    const text = value(row, agents);
    return text === null ? null : writeCell(text);
  });
  return {
    head: stringify([[...columns]], options),
    write: (rows, agents) =>
      stringify(
        rows.map((row) => cells.map((cell) => cell(row, agents))),
        options,
      ),
  };
};

// No file tells which numbers share a secret.
const noFingerprint = () => '';

const linesWriter = (columns: readonly string[]): TableWriter => ({
  head: '',
  write: (rows) =>
    rows
      .map((row) => {
        const record: Readonly<Record<string, unknown>> = { ...toPhoneNumber(row, noFingerprint) };
        const had = columns.filter((column) => record[column] !== undefined);
        return `${JSON.stringify(Object.fromEntries(had.map((column) => [column, record[column]])))}\n`;
      })
      .join(''),
});

const writers: Record<FileFormat, (columns: readonly string[]) => TableWriter> = {
  csv: csvWriter,
  jsonl: linesWriter,
};

/** Writes numbers as lines of a file. The columns are the format's own: no credential is among them. */
export const openTableWriter = (format: FileFormat, columns = usualColumns[format]): TableWriter =>
  writers[format](columns);
