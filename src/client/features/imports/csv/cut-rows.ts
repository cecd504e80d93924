/*
 * The promise: a row begins on the same line here as in the server's reading of the file, whatever its quotes
 * are like, so that what is said of a line is said of what stands there. Cells keep their quotes: a row can be
 * written again exactly as it was.
 */

export interface CutRow {
  /** On which it begins, counted from 1. */
  line: number;
  /** As they stand in the file, quotes and all. Joined by the delimiter they are the row. */
  cells: string[];
}

const [TAB, LINE_FEED, RETURN, QUOTE] = [9, 10, 13, 34];

/** Opens a cutter of CSV: it is given the text in pieces, and answers the rows that have ended since. */
export const createRowCutter = (delimiter: string, firstLine = 1) => {
  const separator = delimiter === '\t' ? TAB : delimiter.charCodeAt(0);
  let text = '';
  let [at, cellAt] = [0, 0];
  let isQuoted = false;
  let cells: string[] = [];
  let [line, breaks] = [firstLine, 0];

  const endCell = (next: number) => {
    cells.push(text.slice(cellAt, at));
    at = next;
    cellAt = next;
  };
  const endRow = (next: number): CutRow => {
    endCell(next);
    const row = { line, cells };
    line += 1 + breaks;
    [cells, breaks] = [[], 0];
    return row;
  };
  const isCellEnd = (code: number) => code === separator || code === LINE_FEED || code === RETURN;

  /** What a character means can hang on the next one: without it nothing more is read unless it `isLast`. */
  const cut = (isLast: boolean): CutRow[] => {
    const rows: CutRow[] = [];
    while (at < text.length) {
      const code = text.charCodeAt(at);
      const next = text.charCodeAt(at + 1);
      if ((code === QUOTE || code === RETURN) && Number.isNaN(next) && !isLast) break;
      const width = code === RETURN && next === LINE_FEED ? 2 : 1;
      if (isQuoted) {
        if (code === LINE_FEED || code === RETURN) breaks += 1;
        if (code === QUOTE && next === QUOTE) at += 1;
        // A quote that ends no cell is one, and the rest of the cell is read as without quotes.
        else if (code === QUOTE) isQuoted = false;
        at += code === RETURN ? width : 1;
      } else if (code === separator) endCell(at + 1);
      else if (isCellEnd(code)) rows.push(endRow(at + width));
      else {
        if (code === QUOTE && at === cellAt) isQuoted = true;
        at += 1;
      }
    }
    // What the row under way needs is kept, and no more.
    text = text.slice(cellAt);
    at -= cellAt;
    cellAt = 0;
    return rows;
  };

  return {
    write: (piece: string): CutRow[] => {
      text += piece;
      return cut(false);
    },
    end: (): CutRow[] => {
      const rows = cut(true);
      if (cells.length > 0 || text !== '') {
        at = text.length;
        rows.push(endRow(at));
      }
      return rows;
    },
    /** The row that has begun and not ended. */
    begun: (): CutRow => ({ line, cells: [...cells, text] }),
  };
};

/** What a cell says, without the quotes it stands in. */
export const plainCell = (cell: string): string =>
  /^"[^]*"$/.test(cell) && cell.length > 1 ? cell.slice(1, -1).replaceAll('""', '"') : cell;

export const isBlankRow = ({ cells }: CutRow): boolean =>
  cells.every((cell) => plainCell(cell).trim() === '');
