import type { LabelList, LabelListQuery } from '#contract/numbers/list/label-list.ts';
import type { Database } from '#server/platform/db/database.ts';
import { searchable } from '#server/lib/fold.ts';
import type { PageTokens } from '#server/platform/http/page-token.ts';
import { selectLabels } from './labels-store.ts';

interface LabelListDependencies {
  database: Database;
  pageTokens: PageTokens;
}

/** The labels that numbers carry, page by page; of a deleted number none. */
export const createLabelList =
  ({ database, pageTokens }: LabelListDependencies) =>
  async ({ page_size: pageSize, page_token: token, q: typed = '' }: LabelListQuery): Promise<LabelList> => {
    const q = searchable(typed);
    const list = ['labels', q];
    const [after] = token === undefined ? [] : pageTokens.read(list, token);
    const rows = await selectLabels(database, { q, after, limit: pageSize + 1 });
    const page = rows.slice(0, pageSize);
    const last = rows.length > pageSize ? page.at(-1) : undefined;
    return {
      labels: page.map(({ label, count }) => ({ label, count })),
      next_page_token: last ? pageTokens.write(list, [last.label_key]) : null,
    };
  };
