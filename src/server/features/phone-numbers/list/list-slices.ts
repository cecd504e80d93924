import type { Queryable } from '#server/platform/db/database.ts';
import type { Turn } from '#server/platform/fairness/turns.ts';
import type { ListedRow } from './list-order.ts';
import { countSlice, selectPhoneNumbers, selectPositionAfter, type Page } from './list-store.ts';
import type { Selection } from './selection.ts';

// Where there is one session, nobody is answered while a query runs: about as long as a page of the list
// takes.
const SLICE_MS = 10;
const FIRST_ROWS = 3000;
const [FEWEST_ROWS, MOST_ROWS] = [2000, 20_000];

const nextSize = (rows: number, tookMs: number) =>
  Math.round(Math.min(Math.max((rows * SLICE_MS) / Math.max(tookMs, 1), FEWEST_ROWS), MOST_ROWS));

/**
 * The same page by many small queries instead of one long one: the order is walked slice by slice, counting
 * what matches, until the page begins. All together they take longer, but whoever else asks is answered in
 * between.
 */
export const selectInSlices = async (
  database: Queryable,
  selection: Selection,
  page: Page,
  turn: Turn,
  firstRows = FIRST_ROWS,
): Promise<ListedRow[]> => {
  const rows: ListedRow[] = [];
  let { after, skip } = page;
  let size = firstRows;
  let spentMs = 0;
  const query = <T>(ask: () => Promise<T>) =>
    turn.query(async () => {
      const startedAt = performance.now();
      const answer = await ask();
      spentMs += performance.now() - startedAt;
      return answer;
    });
  for (;;) {
    spentMs = 0;
    const { slice, matching } = await query(async () => {
      const next = await selectPositionAfter(database, selection, { ...page, after }, size);
      const sliced = { ...page, after, until: next };
      return {
        slice: sliced,
        matching: skip === 0 ? Infinity : await countSlice(database, selection, sliced),
      };
    });
    const { until } = slice;
    if (matching > skip || until === undefined) {
      const limit = page.limit - rows.length;
      rows.push(
        ...(await query(() => selectPhoneNumbers(database, selection, { ...slice, skip, limit }, 'walk'))),
      );
      skip = 0;
    } else skip -= matching;
    if (rows.length === page.limit || until === undefined) return rows;
    size = nextSize(size, spentMs);
    after = until;
  }
};
