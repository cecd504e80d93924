import { PAGE_ROWS } from '#client/features/numbers/list-url.ts';

/** Where reading of a page begins: at a known place, passing over some rows. */
export interface Entry {
  page_token?: string;
  skip?: number;
}

/**
 * The nearest known place at or before a page. `tokens` holds, by page, the token with which that page
 * begins; without one the way goes from the start, so any page can be entered at once.
 */
export const entryTo = (page: number, tokens: ReadonlyMap<number, string>): Entry => {
  for (let known = page; known > 0; known--) {
    const page_token = tokens.get(known);
    if (page_token !== undefined)
      return known === page ? { page_token } : { page_token, skip: (page - known) * PAGE_ROWS };
  }
  return page === 0 ? {} : { skip: page * PAGE_ROWS };
};

export interface PageFacts {
  page: number;
  rows: number;
  hasNext: boolean;
}

export interface RowCount {
  rows: number;
  /** The last row has been seen. */
  isEndSeen: boolean;
  /** A page beyond the end was met, and the end is being sought between there and the last known row. */
  isSeeking: boolean;
}

/**
 * How many rows the list has, as far as is known. The server's total may be an estimate, so pages that were
 * read outrank it: a row that was seen exists, and an empty page lies beyond the end. Between the two the end
 * is found by halving, as the grid shows the last row it believes in and thereby asks for its page.
 */
export const countRows = (
  total: number | undefined,
  isExact: boolean,
  pages: readonly PageFacts[],
): RowCount => {
  let seen = 0;
  let end: number | undefined;
  let emptyFrom = Infinity;
  for (const { page, rows, hasNext } of pages) {
    const from = page * PAGE_ROWS;
    if (rows === 0) emptyFrom = Math.min(emptyFrom, from);
    else if (hasNext) seen = Math.max(seen, from + rows + 1);
    else end = Math.max(end ?? 0, from + rows);
  }
  if (end === undefined && emptyFrom === 0) end = 0;
  if (end !== undefined && end >= seen) return { rows: end, isEndSeen: true, isSeeking: false };

  const believed = Math.max(seen, total ?? 0);
  if (believed <= emptyFrom)
    return { rows: believed, isEndSeen: false, isSeeking: emptyFrom !== Infinity && !isExact };
  if (seen >= emptyFrom) return { rows: seen, isEndSeen: false, isSeeking: false };
  const middle = Math.ceil((seen + emptyFrom) / 2 / PAGE_ROWS) * PAGE_ROWS;
  return { rows: Math.min(middle, emptyFrom), isEndSeen: false, isSeeking: true };
};

/** The pages that hold these rows. */
export const pagesOf = (start: number, end: number): number[] => {
  const pages: number[] = [];
  for (let page = Math.floor(start / PAGE_ROWS); page * PAGE_ROWS < end; page++) pages.push(page);
  return pages;
};
