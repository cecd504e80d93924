import {
  guessDelimiter,
  readSeparatorLine,
  type Delimiter,
} from '#contract/numbers/table/guess-delimiter.ts';
import type { FileFormat } from '#contract/numbers/table/table-columns.ts';
import { createRowCutter, isBlankRow, plainCell } from './cut-rows.ts';

/** The first lines of a file of CSV. */
export interface Head {
  delimiter: Delimiter;
  headings: string[];
  /** By column, a few of the values that stand there, each once. */
  samples: string[][];
}

/** What is to be imported, as it lies on this machine. */
export interface FileInHand {
  name: string;
  blob: Blob;
  format: FileFormat;
  /** Null where it cannot be told here, and of JSON lines. */
  head: Head | null;
}

const HEAD_BYTES = 65_536;
const SAMPLE_ROWS = 50;
const SAMPLES = 3;

const startsWith = (bytes: Uint8Array, ...mark: number[]) => mark.every((byte, at) => bytes[at] === byte);
const zerosAt = (bytes: Uint8Array, parity: 0 | 1) =>
  bytes.slice(0, 1024).filter((byte, at) => byte === 0 && at % 2 === parity).length;

const encodingOf = (bytes: Uint8Array): string => {
  const [even, odd] = [zerosAt(bytes, 0), zerosAt(bytes, 1)];
  if (startsWith(bytes, 0xff, 0xfe) || odd > 4 * even + 1) return 'utf-16le';
  if (startsWith(bytes, 0xfe, 0xff) || even > 4 * odd + 1) return 'utf-16be';
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
};

/** Null where these are no letters. */
const textOf = (bytes: Uint8Array): string | null => {
  const text = new TextDecoder(encodingOf(bytes)).decode(bytes, { stream: true });
  return text.includes('\0') ? null : text;
};

const samplesOf = (rows: readonly string[][], at: number): string[] => {
  const values = rows.map((cells) => (cells[at] ?? '').trim()).filter((value) => value !== '');
  return [...new Set(values)].slice(0, SAMPLES);
};

const headOf = (text: string, isWhole: boolean): Head | null => {
  const said = readSeparatorLine(text);
  const table = text.slice(said?.length ?? 0);
  const delimiter = said?.delimiter ?? guessDelimiter(table);
  const cutter = createRowCutter(delimiter);
  const rows = [...cutter.write(table), ...(isWhole ? cutter.end() : [])]
    .filter((row) => !isBlankRow(row))
    .slice(0, 1 + SAMPLE_ROWS)
    .map(({ cells }) => cells.map(plainCell));
  const [headings, ...below] = rows;
  return headings === undefined
    ? null
    : {
        delimiter,
        headings: headings.map((heading) => heading.trim()),
        samples: headings.map((_, at) => samplesOf(below, at)),
      };
};

const formatOf = (name: string, text: string): FileFormat =>
  /\.(?:jsonl|ndjson)$/i.test(name) || (!/\.(?:csv|tsv|txt)$/i.test(name) && text.trimStart().startsWith('{'))
    ? 'jsonl'
    : 'csv';

/**
 * Looks at the beginning of a file, as far as columns can be shown by it. What the file is, and whether it can
 * be imported at all, is the server's to say. Rejects where the file cannot be read from the disk.
 */
export const takeInHand = async (name: string, blob: Blob): Promise<FileInHand> => {
  const bytes = new Uint8Array(await blob.slice(0, HEAD_BYTES).arrayBuffer());
  const text = textOf(bytes);
  const format = text === null ? 'csv' : formatOf(name, text);
  const head = text === null || format === 'jsonl' ? null : headOf(text, blob.size <= HEAD_BYTES);
  return { name, blob, format, head };
};
