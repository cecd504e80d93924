import type { z } from 'zod';
import type {
  ConnectionImport,
  ConnectionImportRowList,
  connectionImportRowsQuerySchema,
} from '#contract/bulk/connection-imports.ts';
import type { Database } from '#server/platform/db/database.ts';
import type { PageTokens } from '#server/platform/http/page-token.ts';
import type { RequestContext } from '#server/request-context.ts';
import { noPlan, type Plans } from '#server/features/bulk/plans.ts';
import { selectBulkJobOfPlan } from '#server/features/bulk/rows/job-store.ts';
import { countFindings, selectFindings } from './finding-store.ts';
import { toConnectionImport, toConnectionImportRow } from './present-import.ts';
import {
  selectReadAgents,
  selectReading,
} from '#server/features/bulk/connection-imports/reading/reading-store.ts';

/** Which import, of which connection. */
export interface ImportPlace {
  connection_id: string;
  plan_id: string;
}

interface Dependencies {
  database: Database;
  plans: Pick<Plans, 'readOwn' | 'refuseExpired'>;
  pageTokens: PageTokens;
}

/** What an import is, and what stands in it, for whoever made it. */
export const createImportReader = ({ database, plans, pageTokens }: Dependencies) => {
  /** One's own, of this connection; of one that was not run the time may be over. */
  const readOwn = async (context: RequestContext, { connection_id, plan_id }: ImportPlace) => {
    const plan = await plans.readOwn(context, plan_id, 'connection');
    const reading = await selectReading(database, plan_id);
    if (reading?.connection_id !== connection_id) throw noPlan();
    const job = await selectBulkJobOfPlan(database, plan_id);
    if (job === undefined) plans.refuseExpired(plan);
    return { plan, reading, jobId: job?.id ?? null };
  };

  const read = async (context: RequestContext, place: ImportPlace): Promise<ConnectionImport> =>
    toConnectionImport({
      ...(await readOwn(context, place)),
      findings: await countFindings(database, place.plan_id),
      agents: await selectReadAgents(database, place.plan_id, null),
    });

  return {
    readOwn,
    read,
    async listRows(
      context: RequestContext,
      place: ImportPlace,
      {
        outcome,
        code,
        page_size: pageSize,
        page_token: token,
      }: z.infer<typeof connectionImportRowsQuerySchema>,
    ): Promise<ConnectionImportRowList> {
      const { plan } = await readOwn(context, place);
      const list = ['connection-import-rows', plan.id, outcome ?? null, code ?? null];
      const after = token === undefined ? -1 : Number(pageTokens.read(list, token)[0]);
      const rows = await selectFindings(database, {
        planId: plan.id,
        finding: outcome,
        code,
        after,
        limit: pageSize + 1,
      });
      const page = rows.slice(0, pageSize);
      const last = page.at(-1);
      const isMore = rows.length > pageSize && last !== undefined;
      return {
        rows: page.map(toConnectionImportRow),
        next_page_token: isMore ? pageTokens.write(list, [String(last.place)]) : null,
      };
    },
  };
};
