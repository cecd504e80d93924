import type { Import, ImportOutcome, ImportRowError } from '#contract/bulk/imports.ts';
import { lookOf } from '#contract/reading/text.ts';
import { forRows } from '#server/platform/db/for-sets.ts';
import type { Queryable, Transaction } from '#server/platform/db/database.ts';

/**
 * Statements are planned for tables as large as they are by now. Planned once, while there was next to
 * nothing, they would look through all that was added since; those that keep references right would, too.
 */
export const planAnew = async (tx: Transaction): Promise<void> => {
  await tx.query('discard plans');
};

/** The whole file is there: from now on its time runs. */
export const finishReceiving = async (
  tx: Transaction,
  planId: string,
  file: Import['file'],
  hours: number,
): Promise<void> => {
  const text = `update bulk_plan set change = jsonb_set(change, '{options,file}', $2), created_at = now(),
    expires_at = now() + make_interval(hours => $3) where id = $1`;
  await tx.query(text, [planId, JSON.stringify(file), hours]);
};

/** Rows from this place up to that one. */
export const deleteRowsBetween = async (
  tx: Transaction,
  planId: string,
  from: number,
  to: number,
): Promise<void> => {
  await tx.query('delete from bulk_row where plan_id = $1 and place >= $2 and place < $3', [
    planId,
    from,
    to,
  ]);
};

export const deletePlan = async (tx: Transaction, planId: string): Promise<void> => {
  await tx.query('delete from bulk_plan where id = $1', [planId]);
};

const insertAgents = forRows(
  'insert_import_agents',
  { plan_id: 'text', name_key: 'text', name: 'text' },
  ({ rows }) => `insert into import_agent (plan_id, name_key, name)
    select given.plan_id, given.name_key, given.name from ${rows} on conflict do nothing`,
);

/** Names of agents that accepted rows give and that are not there. */
export const noteNewAgents = async (
  tx: Transaction,
  planId: string,
  names: readonly string[],
): Promise<void> => {
  // Written in several ways it is called as the first row says.
  const byLook = new Map(names.toReversed().map((name) => [lookOf(name), name]));
  if (byLook.size > 0)
    await insertAgents(
      tx,
      [...byLook].map(([name_key, name]) => ({ plan_id: planId, name_key, name })),
    );
};

export interface NewAgents {
  count: number;
  /** The first so many, by name. */
  names: string[];
}

export const selectNewAgents = async (
  queryable: Queryable,
  planId: string,
  atMost: number,
): Promise<NewAgents> => {
  const [row] = await queryable.query<NewAgents>(
    `select (select count(*)::integer from import_agent where plan_id = $1) as count,
       array(select name from import_agent where plan_id = $1 order by name_key limit $2) as names`,
    [planId, atMost],
  );
  return row ?? { count: 0, names: [] };
};

export interface ListedImportRow {
  place: number;
  line: number;
  phone_number_id: string | null;
  phone_number: string;
  outcome: ImportOutcome;
  code: string | null;
  message: string | null;
  /** What the file was found to have wrong; null where the run alone says why. */
  errors: ImportRowError[] | null;
}

/** What would become of each row that is judged, or did. */
export const selectImportRows = (
  queryable: Queryable,
  {
    planId,
    outcome,
    code,
    after,
    limit,
  }: {
    planId: string;
    outcome?: ImportOutcome | undefined;
    code?: string | undefined;
    after: number;
    limit: number;
  },
): Promise<ListedImportRow[]> => {
  const text = `select place, line, phone_number_id, phone_number, coalesce(outcome, planned) as outcome,
      coalesce(code, planned_code) as code, coalesce(message, planned_message) as message,
      case when outcome is null then errors end as errors
    from bulk_row
    where plan_id = $1 and place > $2 and planned is not null
      and ($3::text is null or coalesce(outcome, planned) = $3)
      and ($4::text is null or coalesce(code, planned_code) = $4)
    order by place limit $5`;
  return queryable.query(text, [planId, after, outcome, code, limit]);
};
