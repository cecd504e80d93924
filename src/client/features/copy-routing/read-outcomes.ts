import type { BulkJobRowList, BulkPlanRowList } from '#contract/bulk/plans.ts';
import { call } from '#client/api/call.ts';

export type OutcomeRow = BulkJobRowList['rows'][number];

const ROWS = 100;

const readAll = async (
  read: (query: {
    page_size: number;
    page_token: string | undefined;
  }) => Promise<BulkJobRowList | BulkPlanRowList>,
): Promise<OutcomeRow[]> => {
  const rows: OutcomeRow[] = [];
  let page_token: string | undefined;
  do {
    // Each page's token comes from the page before.
    const page = await read({ page_size: ROWS, page_token });
    rows.push(...page.rows);
    page_token = page.next_page_token ?? undefined;
  } while (page_token !== undefined);
  return rows;
};

/** What became of each number that a job came to. */
export const readJobOutcomes = (bulk_job_id: string, signal: AbortSignal) =>
  readAll((query) =>
    call('GET /v1/bulk-jobs/{bulk_job_id}/rows', { params: { bulk_job_id }, query, signal }),
  );

/** What would become of each number of a plan. */
export const readPlanOutcomes = (plan_id: string, signal: AbortSignal) =>
  readAll((query) => call('GET /v1/bulk-plans/{plan_id}/rows', { params: { plan_id }, query, signal }));
