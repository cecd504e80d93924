import type { LabelList, LabelListQuery } from '#contract/numbers/list/label-list.ts';
import type { Database } from '#server/platform/db/database.ts';
import { searchable } from '#server/lib/fold.ts';
import type { PageTokens } from '#server/platform/http/page-token.ts';
import { selectLabels, selectPieceEnd, type LabelRow } from './labels-store.ts';

interface LabelListDependencies {
  database: Database;
  pageTokens: PageTokens;
}

// One query is short, so that others are answered in between, and one request looks at no more than so many.
const ROWS_OF_A_PIECE = 2000;
const PIECES_OF_A_PAGE = 10;

/**
 * The labels that numbers carry, page by page; of a deleted number none. What is sought may be rare among very
 * many labels: then a page is short, or empty, and the token says from where to go on.
 */
export const createLabelList =
  ({ database, pageTokens }: LabelListDependencies) =>
  async ({ page_size: pageSize, page_token: token, q: typed = '' }: LabelListQuery): Promise<LabelList> => {
    const q = searchable(typed);
    const list = ['labels', q];
    let [after] = token === undefined ? [] : pageTokens.read(list, token);
    const rows: LabelRow[] = [];
    for (let pieces = 0; pieces < PIECES_OF_A_PAGE && rows.length <= pageSize; pieces += 1) {
      // Each piece begins where the one before ended.
      const upTo = await selectPieceEnd(database, after, ROWS_OF_A_PIECE);
      rows.push(...(await selectLabels(database, { q, after, upTo, limit: pageSize + 1 - rows.length })));
      after = upTo;
      if (upTo === undefined) break;
    }
    const page = rows.slice(0, pageSize);
    const next = rows.length > pageSize ? page.at(-1)?.label_key : after;
    return {
      labels: page.map(({ label, count }) => ({ label, count })),
      next_page_token: next === undefined ? null : pageTokens.write(list, [next]),
    };
  };
