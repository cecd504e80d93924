import type { DriftList, LinkPageQuery, PendingChangeList } from '#contract/connections/links.ts';
import type { Database } from '#server/platform/db/database.ts';
import type { PageTokens } from '#server/platform/http/page-token.ts';
import type { ReadPresented } from './read-presented.ts';
import { presentFields } from './present-link.ts';
import {
  countDrifted,
  countWaiting,
  selectDrifted,
  selectWaiting,
} from '#server/features/links/rows/waiting-store.ts';

interface Dependencies {
  database: Database;
  pageTokens: PageTokens;
  readPresented: ReadPresented;
}

/** What is not on a platform as it is here, page by page. */
export const createLinkLists = ({ database, pageTokens, readPresented }: Dependencies) => {
  const pageOf = <Row>(
    list: readonly unknown[],
    rows: readonly Row[],
    size: number,
    keysOf: (row: Row) => string[],
  ) => {
    const page = rows.slice(0, size);
    const last = page.at(-1);
    const isMore = rows.length > size && last !== undefined;
    return { page, next_page_token: isMore ? pageTokens.write(list, keysOf(last)) : null };
  };

  return {
    async listPendingChanges({
      page_size: size,
      page_token: token,
      connection_id: id,
    }: LinkPageQuery): Promise<PendingChangeList> {
      const list = ['pending-changes', id ?? null];
      const after = token === undefined ? undefined : pageTokens.read(list, token);
      const rows = await selectWaiting(database, { connectionId: id, after, limit: size + 1 });
      const { page, next_page_token } = pageOf(list, rows, size, (row) => [
        row.first_key,
        row.phone_number_id,
        row.role,
      ]);
      return {
        pending_changes: page.map(({ first_key: _key, ...row }) => row),
        total_count: await countWaiting(database, id),
        next_page_token,
      };
    },

    async listDrift({
      page_size: size,
      page_token: token,
      connection_id: id,
    }: LinkPageQuery): Promise<DriftList> {
      const list = ['drift', id ?? null];
      const after = token === undefined ? undefined : pageTokens.read(list, token);
      const rows = await selectDrifted(database, { connectionId: id, after, limit: size + 1 });
      const { page, next_page_token } = pageOf(list, rows, size, (row) => [row.phone_number_id, row.role]);
      const sides = await readPresented.ofMany(page);
      const drift = page.map((row, at) => {
        const presented = sides[at];
        return { ...row, fields: presented ? presentFields(presented) : [] };
      });
      return { drift, total_count: await countDrifted(database, id), next_page_token };
    },
  };
};
