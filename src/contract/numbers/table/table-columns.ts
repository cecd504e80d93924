import { fieldNames, fieldOf, type FieldName } from '#contract/numbers/fields.ts';

/*
 * The columns of files of many numbers, in their order. Free of zod: the console offers them before any
 * schema is there.
 */

export const fileFormats = ['csv', 'jsonl'] as const;
export type FileFormat = (typeof fileFormats)[number];

/** The largest file that import takes, in bytes. */
export const MAX_FILE_BYTES = 100_000_000;
/** The most rows that import takes of one file: as many as the list is made for. */
export const MAX_FILE_ROWS = 1_000_000;

/** Characters of a file's name. */
export const MAX_FILE_NAME = 200;

/** The same names in media types. */
export const fileTypes: Record<FileFormat, string> = { csv: 'text/csv', jsonl: 'application/x-ndjson' };

/** Whoever reads CSV knows an agent by its name: `inbound_agent` beside `inbound_agent_id`. */
export const cellNameOf = (name: FieldName): string =>
  fieldOf(name).kind === 'agent' ? name.replace(/_id$/, '') : name;

const isExported = (name: FieldName) => fieldOf(name).csv !== 'import';
const exported = fieldNames.filter(isExported);
const inCells = exported.filter((name) => fieldOf(name).csv === 'both');
const agentIds = inCells.filter((name) => fieldOf(name).kind === 'agent');

const identity = ['phone_number', 'provider'];
// Said of a number, and never given by whoever adds it.
const told = ['phone_number_international', 'country', '_id', 'version', 'created_at', 'updated_at'];

/** Those that a file has where none are chosen: whatever import takes back. */
export const usualColumns: Record<FileFormat, readonly string[]> = {
  csv: [...identity, ...inCells.map(cellNameOf)],
  jsonl: [...identity, ...exported],
};

/** All that can be chosen. */
export const allColumns: Record<FileFormat, readonly string[]> = {
  csv: [...usualColumns.csv, ...agentIds, ...told],
  jsonl: [...usualColumns.jsonl, ...told],
};

const toldLabels: Record<string, string> = {
  phone_number: 'Phone number',
  provider: 'Provider',
  phone_number_international: 'Phone number with spaces',
  country: 'Country',
  _id: 'Id',
  version: 'Version',
  created_at: 'Added',
  updated_at: 'Changed',
};
const cellLabels = Object.fromEntries(
  exported.flatMap((name) => {
    const { label, kind } = fieldOf(name);
    return kind === 'agent'
      ? [
          [cellNameOf(name), label],
          [name, `${label}’s id`],
        ]
      : [[name, label]];
  }),
);
/** What people call a column. */
export const columnLabel = (column: string): string =>
  toldLabels[column] ?? (cellLabels[column] as string | undefined) ?? column;
