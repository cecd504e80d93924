import type { PhoneNumberList } from '#contract/numbers/phone-number-list.ts';
import type { Database } from '#server/platform/db/database.ts';
import type { Heavily } from '#server/platform/fairness/turns.ts';
import { selectInSlices } from './list-slices.ts';
import {
  countPhoneNumbers,
  estimatePhoneNumbers,
  selectPhoneNumbers,
  type ListedRow,
  type Page,
  type Selection,
  type Way,
} from './list-store.ts';

// Counting so many takes some ten milliseconds; beyond, a console says "about".
const COUNT_EXACTLY = 100_000;
// Of all numbers the planner knows well enough how many there are.
const COUNT_NOT_FROM = 1.5 * COUNT_EXACTLY;
// A search that finds more is not done narrowing.
const COUNT_SEARCH_EXACTLY = 10_000;
// Fewer are gathered and sorted at once. Of more, some should stand near where the page begins; they need
// not, for what was imported together has its label, its trunk and its place in the order in common.
const GATHER_UP_TO = 5_000;
// Words that many have may go together, as Los and Angeles do: what the planner expects of both is then far too
// little.
const MAY_GO_TOGETHER = 4 * GATHER_UP_TO;
const LOOK_ROWS = 2_000;
const GLANCE_ROWS = 10_000;
// Far down a filtered list walking takes longer than sorting, up to so many.
const GATHER_FAR_UP_TO = 200_000;
// Whoever passes over, gathers or counts more rows waits for a turn.
const LIGHT_ROWS = 5_000;

export interface Wanted {
  selection: Selection;
  page: Page;
  /** What matches each word of the search alone. */
  words: readonly Selection[];
  isTotalAsked: boolean;
}

interface Found {
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
  const glance = (selection: Selection, page: Page, rows = GLANCE_ROWS) =>
    selectPhoneNumbers(database, selection, page, 'glance', rows);

  const count = async (
    selection: Selection,
    expected: number,
    isSearch: boolean,
  ): Promise<Found['total']> => {
    const atMost = isSearch ? COUNT_SEARCH_EXACTLY : COUNT_EXACTLY;
    const counted = await countPhoneNumbers(database, selection, atMost + 1);
    if (counted <= atMost) return { total_count: counted, total_is_exact: true };
    return { total_count: Math.max(counted, expected), total_is_exact: false };
  };

  const countAll = async (selection: Selection): Promise<Found['total']> => {
    const expected = await estimate(selection);
    return expected > COUNT_NOT_FROM
      ? { total_count: expected, total_is_exact: false }
      : count(selection, expected, false);
  };

  const selectFar = (selection: Selection, page: Page, way: Way, heavily: Heavily): Promise<ListedRow[]> =>
    heavily((turn) =>
      turn.isCrowded()
        ? selectInSlices(database, selection, page, turn)
        : turn.query(() => select(selection, page, way)),
    );

  const findWhole = async ({ selection, page, isTotalAsked }: Wanted, heavily: Heavily): Promise<Found> => {
    const isFar = page.skip > LIGHT_ROWS;
    const [rows, total] = await Promise.all([
      isFar ? selectFar(selection, page, 'walk', heavily) : select(selection, page, 'walk'),
      isTotalAsked ? countAll(selection) : {},
    ]);
    return { rows, total };
  };

  const mayGoTogether = async (words: readonly Selection[]): Promise<boolean> =>
    words.length > 1 && Math.min(...(await Promise.all(words.map(estimate)))) > MAY_GO_TOGETHER;

  const findFew = async (
    { selection, page, words, isTotalAsked }: Wanted,
    expected: number,
  ): Promise<Found> => {
    const findRows = async () => {
      const seen =
        page.skip === 0 && (await mayGoTogether(words)) ? await glance(selection, page, LOOK_ROWS) : [];
      return seen.length === page.limit ? seen : select(selection, page, 'gather');
    };
    const [rows, total] = await Promise.all([
      findRows(),
      isTotalAsked ? count(selection, expected, words.length > 0) : {},
    ]);
    return { rows, total };
  };

  const findMany = async (
    { selection, page, words, isTotalAsked }: Wanted,
    expected: number,
    heavily: Heavily,
  ): Promise<Found> => {
    const isSearch = words.length > 0;
    const inTurn = <T>(ask: () => Promise<T>) => heavily((turn) => turn.query(ask));
    const findRows = async () => {
      if (page.skip > 0)
        return selectFar(selection, page, expected > GATHER_FAR_UP_TO ? 'walk' : 'gather', heavily);
      const look = () => glance(selection, page);
      const rows = await (isSearch ? inTurn(look) : look());
      return rows.length === page.limit ? rows : selectFar(selection, page, 'gather', heavily);
    };
    const [rows, total] = await Promise.all([
      findRows(),
      isTotalAsked ? inTurn(() => count(selection, expected, isSearch)) : {},
    ]);
    return { rows, total };
  };

  return async (wanted: Wanted, heavily: Heavily): Promise<Found> => {
    if (wanted.selection.isWhole) return findWhole(wanted, heavily);
    const expected = await estimate(wanted.selection);
    if (expected > GATHER_UP_TO) return findMany(wanted, expected, heavily);
    const few = () => findFew(wanted, expected);
    return wanted.words.length > 0 ? heavily((turn) => turn.query(few)) : few();
  };
};
