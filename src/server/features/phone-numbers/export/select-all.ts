import type { Queryable } from '#server/platform/db/database.ts';
import type { Turn } from '#server/platform/fairness/turns.ts';
import { positionOf, type ListedRow } from '#server/features/phone-numbers/list/list-order.ts';
import {
  estimatePhoneNumbers,
  selectPhoneNumbers,
  selectPositionAfter,
  type Page,
} from '#server/features/phone-numbers/list/list-store.ts';
import type { Selection } from '#server/features/phone-numbers/list/selection.ts';

// So many rows are held at once.
const PIECE_ROWS = 250;
// Where few are expected, indexes find them sooner than a walk past all the others.
const GATHER_UP_TO = PIECE_ROWS / 2;
// So many rows are looked at in one query: as many as take about as long as a page of the list does.
const [FEWEST_ROWS, MOST_ROWS] = [1000, 20_000];
const WALK_MS = 15;

const inOrder: Page = {
  field: 'phone_number',
  descending: false,
  after: undefined,
  skip: 0,
  limit: PIECE_ROWS,
};

const nextSize = (rows: number, tookMs: number) =>
  Math.round(Math.min(Math.max((rows * WALK_MS) / Math.max(tookMs, 1), FEWEST_ROWS), MOST_ROWS));

/**
 * All numbers of a selection by phone number, in pieces of a few hundred at most. Each is read by a short query
 * of its own, as it stands at that moment: none that stays is left out or comes twice.
 */
export const selectAll = async function* (
  database: Queryable,
  selection: Selection,
  turn: Turn,
): AsyncGenerator<ListedRow[]> {
  const { rows: expected } = await turn.query(() => estimatePhoneNumbers(database, selection));
  let page = inOrder;
  let rows: ListedRow[] = [];
  const goOn = () => {
    const last = rows.at(-1);
    if (last !== undefined) page = { ...page, after: positionOf(last, 'phone_number') };
  };
  if (!selection.isUnfiltered && expected <= GATHER_UP_TO) {
    rows = await turn.query(() => selectPhoneNumbers(database, selection, page, 'gather'));
    yield rows;
    if (rows.length < PIECE_ROWS) return;
    // More than was expected: the rest is walked past.
    goOn();
  }
  for (let size = FEWEST_ROWS; ;) {
    const until = await turn.query(() => selectPositionAfter(database, selection, page, size));
    page = { ...page, until };
    let tookMs = 0;
    do {
      const startedAt = performance.now();
      rows = await turn.query(() => selectPhoneNumbers(database, selection, page, 'walk'));
      tookMs = Math.max(tookMs, performance.now() - startedAt);
      yield rows;
      goOn();
    } while (rows.length === PIECE_ROWS);
    if (until === undefined) return;
    page = { ...page, after: until, until: undefined };
    size = nextSize(size, tookMs);
  }
};
