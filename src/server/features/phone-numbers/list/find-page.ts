import type { PhoneNumberList } from '#contract/numbers/list/phone-number-list.ts';
import type { Database } from '#server/platform/db/database.ts';
import type { RunHeavy } from '#server/platform/fairness/turns.ts';
import { selectInSlices } from './list-slices.ts';
import type { ListedRow } from './list-order.ts';
import {
  countPhoneNumbers,
  estimatePhoneNumbers,
  selectPhoneNumbers,
  type Page,
  type Way,
} from './list-store.ts';
import type { Selection } from './selection.ts';

// Counting so many takes some ten milliseconds; beyond, a console says "about".
const COUNT_EXACTLY = 100_000;
// Of all numbers the planner knows well enough how many there are.
const COUNT_NOT_FROM = 1.5 * COUNT_EXACTLY;
// A search that finds more is not done narrowing.
const COUNT_SEARCH_EXACTLY = 10_000;
// Fewer are gathered and sorted at once. Of more, some should stand near where the page begins; they need
// not, for what was imported together has its label, its trunk and its place in the order in common.
const GATHER_UP_TO = 2_500;
// So many rows are looked at first: how many of them match says how far the page should reach. Walking there
// may take twice as far, for they do not stand evenly, and pays where gathering reads as many: a row costs
// the same either way. What is expected of words that go together, as Los and Angeles do, is too little.
const LOOK_ROWS = 1_000;
const WALK_ROWS = 6_000;
const WALK_MOST_ROWS = 18_000;
// Far down a filtered list walking takes longer than sorting, up to so many.
const GATHER_FAR_UP_TO = 200_000;
// Few may match and yet be found only by reading many: no index knows which labels a number does not carry.
// In the planner's units.
const GATHER_AT_COST = 20_000;
// Whoever passes over, gathers or counts more rows waits for a turn.
const LIGHT_ROWS = 5_000;

export interface PageRequest {
  selection: Selection;
  page: Page;
  /** How many words are searched for. */
  words: number;
  isTotalAsked: boolean;
}

interface FoundPage {
  rows: ListedRow[];
  total: Pick<PhoneNumberList, 'total_count' | 'total_is_exact'>;
}

/**
 * How a page is found and its list counted, and which of that is heavy: what is asked for decides, and what
 * it costs.
 */
export const createPageFinder = (database: Database) => {
  const estimate = (selection: Selection) => estimatePhoneNumbers(database, selection);
  const select = (selection: Selection, page: Page, way: Way) =>
    selectPhoneNumbers(database, selection, page, way);

  /** The page, where all of it stands near the beginning of the order; else null. */
  const selectNear = async (
    selection: Selection,
    page: Page,
    expected: number,
  ): Promise<ListedRow[] | null> => {
    const seen = await select(selection, page, { glance: LOOK_ROWS });
    if (seen.length === page.limit) return seen;
    const reach = Math.ceil((2 * LOOK_ROWS * page.limit) / seen.length);
    if (reach > Math.min(Math.max(expected, WALK_ROWS), WALK_MOST_ROWS)) return null;
    const rows = await select(selection, page, { glance: reach });
    return rows.length === page.limit ? rows : null;
  };

  const count = async (
    selection: Selection,
    expected: number,
    isSearch: boolean,
  ): Promise<FoundPage['total']> => {
    const atMost = isSearch ? COUNT_SEARCH_EXACTLY : COUNT_EXACTLY;
    const counted = await countPhoneNumbers(database, selection, atMost + 1);
    if (counted <= atMost) return { total_count: counted, total_is_exact: true };
    return { total_count: Math.max(counted, expected), total_is_exact: false };
  };

  const countAll = async (selection: Selection): Promise<FoundPage['total']> => {
    const { rows: expected } = await estimate(selection);
    return expected > COUNT_NOT_FROM
      ? { total_count: expected, total_is_exact: false }
      : count(selection, expected, false);
  };

  const selectFar = (selection: Selection, page: Page, way: Way, runHeavy: RunHeavy): Promise<ListedRow[]> =>
    runHeavy((turn) =>
      turn.isCrowded()
        ? selectInSlices(database, selection, page, turn)
        : turn.query(() => select(selection, page, way)),
    );

  const findUnfiltered = async (
    { selection, page, isTotalAsked }: PageRequest,
    runHeavy: RunHeavy,
  ): Promise<FoundPage> => {
    const isFar = page.skip > LIGHT_ROWS;
    const [rows, total] = await Promise.all([
      isFar ? selectFar(selection, page, 'walk', runHeavy) : select(selection, page, 'walk'),
      isTotalAsked ? countAll(selection) : {},
    ]);
    return { rows, total };
  };

  const findFew = async (
    { selection, page, words, isTotalAsked }: PageRequest,
    expected: number,
  ): Promise<FoundPage> => {
    const findRows = async () => {
      // Words go together, as Los and Angeles do: what is expected of both is then far too little.
      const mayBeMany = words > 1 && page.skip === 0;
      return (
        (mayBeMany ? await selectNear(selection, page, expected) : null) ?? select(selection, page, 'gather')
      );
    };
    const [rows, total] = await Promise.all([
      findRows(),
      isTotalAsked ? count(selection, expected, words > 0) : {},
    ]);
    return { rows, total };
  };

  const findMany = async (
    { selection, page, words, isTotalAsked }: PageRequest,
    expected: number,
    runHeavy: RunHeavy,
  ): Promise<FoundPage> => {
    const isSearch = words > 0;
    const inTurn = <T>(ask: () => Promise<T>) => runHeavy((turn) => turn.query(ask));
    const findRows = async () => {
      if (page.skip > 0)
        return selectFar(selection, page, expected > GATHER_FAR_UP_TO ? 'walk' : 'gather', runHeavy);
      const near = () => selectNear(selection, page, expected);
      return (await (isSearch ? inTurn(near) : near())) ?? selectFar(selection, page, 'gather', runHeavy);
    };
    const [rows, total] = await Promise.all([
      findRows(),
      isTotalAsked ? inTurn(() => count(selection, expected, isSearch)) : {},
    ]);
    return { rows, total };
  };

  return async (wanted: PageRequest, runHeavy: RunHeavy): Promise<FoundPage> => {
    if (wanted.selection.isUnfiltered) return findUnfiltered(wanted, runHeavy);
    const { rows: expected, cost } = await estimate(wanted.selection);
    const isDear = wanted.words === 0 && cost > GATHER_AT_COST;
    if (expected > GATHER_UP_TO || isDear) return findMany(wanted, expected, runHeavy);
    const few = () => findFew(wanted, expected);
    return wanted.words > 0 ? runHeavy((turn) => turn.query(few)) : few();
  };
};
