import { writeCell } from '#contract/numbers/table/cell-text.ts';
import { readSeparatorLine } from '#contract/numbers/table/guess-delimiter.ts';
import { createRowCutter, isBlankRow, plainCell, type CutRow } from './cut-rows.ts';
import type { FileInHand } from './read-head.ts';

/** What the column is called that says why a row was refused. Import takes nothing from it. */
export const REASON_HEADING = 'Why it was refused';

/** Why rows are refused, by the line on which each begins. */
export interface Refused {
  reasons: ReadonlyMap<number, string>;
  /** The line from which on the file could not be cut into rows: all that follows is one. */
  brokenAt: number | null;
}

// Spreadsheets take a file without it for one in an older alphabet.
const BYTE_ORDER_MARK = '\ufeff';
const LINE_END = '\r\n';

const quotedCell = (text: string) => `"${writeCell(text).replaceAll('"', '""')}"`;

const createCsvWriter = ({ reasons, brokenAt }: Refused, delimiter: string) => {
  let cutter: ReturnType<typeof createRowCutter> | undefined;
  let heading: CutRow | undefined;
  let isBroken = false;
  // Refused once before and repaired in part: the old reason goes.
  const withoutReason = (cells: readonly string[]) =>
    plainCell(heading?.cells[0] ?? '').trim() === REASON_HEADING ? cells.slice(1) : cells;
  const written = (first: string, cells: readonly string[]) =>
    [first, ...withoutReason(cells)].join(delimiter);

  const take = (row: CutRow): string => {
    if (heading === undefined) {
      if (isBlankRow(row)) return '';
      heading = row;
      return written(REASON_HEADING, row.cells) + LINE_END;
    }
    const reason = reasons.get(row.line) ?? (brokenAt !== null && row.line > brokenAt ? '' : undefined);
    return reason === undefined ? '' : written(quotedCell(reason), row.cells) + LINE_END;
  };
  const breakOff = (): string => {
    const row = cutter?.begun();
    if (brokenAt === null || row?.line !== brokenAt) return '';
    isBroken = true;
    return written(quotedCell(reasons.get(brokenAt) ?? ''), row.cells);
  };
  return {
    write: (piece: string): string => {
      if (isBroken || piece === '') return piece;
      const said = cutter === undefined ? readSeparatorLine(piece) : null;
      cutter ??= createRowCutter(delimiter, said === null ? 1 : 2);
      return (
        cutter
          .write(piece.slice(said?.length ?? 0))
          .map(take)
          .join('') + breakOff()
      );
    },
    end: (): string => (isBroken ? '' : (cutter?.end() ?? []).map(take).join('')),
  };
};

/** A JSON line has no room for a reason that import would not refuse: the lines stand as they were. */
const createLineWriter = ({ reasons, brokenAt }: Refused) => {
  let line = 1;
  let begun = '';
  const isKept = () => reasons.has(line) || (brokenAt !== null && line >= brokenAt);
  return {
    write: (piece: string): string => {
      const lines = (begun + piece).split('\n');
      begun = lines.pop() ?? '';
      return lines
        .map((text) => {
          const kept = isKept() ? `${text}\n` : '';
          line += 1;
          return kept;
        })
        .join('');
    },
    end: (): string => (isKept() ? begun : ''),
  };
};

/**
 * The refused rows of a file, to be repaired and imported again: as they stand there, with a column in front
 * that says why. `encoding` and `delimiter` are what the server found. Rejects where the file cannot be read.
 */
export const buildRefusedFile = async (
  { blob, format }: Pick<FileInHand, 'blob' | 'format'>,
  { encoding, delimiter }: { encoding: string; delimiter: string | null },
  refused: Refused,
  signal?: AbortSignal,
): Promise<Blob> => {
  const writer = format === 'csv' ? createCsvWriter(refused, delimiter ?? ',') : createLineWriter(refused);
  const decoder = new TextDecoder(encoding);
  const reader = blob.stream().getReader();
  const parts: string[] = format === 'csv' ? [BYTE_ORDER_MARK] : [];
  for (;;) {
    const { value } = await reader.read();
    signal?.throwIfAborted();
    if (value === undefined) break;
    parts.push(writer.write(decoder.decode(value, { stream: true })));
  }
  parts.push(writer.write(decoder.decode()), writer.end());
  return new Blob(parts);
};

/** `numbers-nov.csv` → `numbers-nov-refused.csv` */
export const refusedName = (name: string, format: FileInHand['format']): string =>
  `${name.replace(/\.[^.]*$/, '').replace(/-refused$/, '')}-refused.${format}`;
