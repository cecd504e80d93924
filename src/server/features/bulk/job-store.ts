import type { BulkJobState } from '#contract/bulk/jobs.ts';
import type { JobOutcome } from '#contract/bulk/plans.ts';
import { forRows } from '#server/platform/db/for-sets.ts';
import type { Queryable, Transaction } from '#server/platform/db/database.ts';
import type { Actor } from '#server/request-context.ts';
import type { StoredChange } from './change-to-make.ts';
import type { PinRow } from './plan-store.ts';

export interface JobRow {
  id: string;
  plan_id: string;
  actor_kind: Actor['kind'];
  actor_id: string | null;
  actor_name: string;
  state: BulkJobState;
  cancel_reason: 'asked' | 'actor_lost' | 'restored' | null;
  total: number;
  done: number;
  changed: number;
  unchanged: number;
  refused: number;
  conflict: number;
  change: StoredChange;
  created_at: string;
  started_at: string | null;
  ended_at: string | null;
}

const columns = `j.id, j.plan_id, j.actor_kind, j.actor_id, j.actor_name, j.state, j.cancel_reason, p.total, j.done,
  j.changed, j.unchanged, j.refused, j.conflict, p.change, j.created_at, j.started_at, j.ended_at`;
const selectText = `select ${columns} from bulk_job j join bulk_plan p on p.id = j.plan_id`;

/** What the plan refused, or found to be so already, is done with from the beginning. */
export const insertBulkJob = async (
  tx: Transaction,
  { id, planId, actor }: { id: string; planId: string; actor: Pick<Actor, 'kind' | 'id' | 'name'> },
): Promise<void> => {
  const text = `insert into bulk_job (id, plan_id, actor_kind, actor_id, actor_name, done, unchanged, refused)
    select $1, p.id, $3, $4, $5, p.unchanged + p.refused, p.unchanged, p.refused from bulk_plan p where p.id = $2`;
  await tx.query(text, [id, planId, actor.kind, actor.id, actor.name]);
};

export const selectBulkJob = async (queryable: Queryable, id: string): Promise<JobRow | undefined> =>
  (
    await queryable.query<JobRow>(
      { name: 'select_bulk_job', text: `${selectText} where j.id = $1`, instants: 'iso' },
      [id],
    )
  )[0];

export const selectBulkJobOfPlan = async (
  queryable: Queryable,
  planId: string,
): Promise<JobRow | undefined> =>
  (
    await queryable.query<JobRow>({ text: `${selectText} where j.plan_id = $1`, instants: 'iso' }, [planId])
  )[0];

export const lockBulkJob = async (tx: Transaction, id: string): Promise<JobRow | undefined> =>
  (
    await tx.query<JobRow>({ text: `${selectText} where j.id = $1 for update of j`, instants: 'iso' }, [id])
  )[0];

/** Newest first. */
export const selectBulkJobs = (
  queryable: Queryable,
  {
    state,
    after,
    limit,
  }: { state?: BulkJobState | undefined; after?: readonly string[] | undefined; limit: number },
): Promise<JobRow[]> => {
  const text = `${selectText} where ($1::text is null or j.state = $1)
    and ($2::timestamptz is null or (j.created_at, j.id) < ($2, $3)) order by j.created_at desc, j.id desc limit $4`;
  return queryable.query({ text, instants: 'iso' }, [state, after?.[0], after?.[1], limit]);
};

/** The next that are to be done; nobody else does them meanwhile. */
export const lockUndone = (tx: Transaction, planId: string, limit: number): Promise<PinRow[]> =>
  tx.query(
    `select place, phone_number_id, phone_number, version from bulk_row
     where plan_id = $1 and planned = 'changed' and outcome is null order by place limit $2 for update skip locked`,
    [planId, limit],
  );

export const hasUndone = async (queryable: Queryable, planId: string): Promise<boolean> =>
  (
    await queryable.query(
      `select from bulk_row where plan_id = $1 and planned = 'changed' and outcome is null limit 1`,
      [planId],
    )
  ).length > 0;

export interface RowOutcome {
  place: number;
  outcome: JobOutcome;
  code: string | null;
  message: string | null;
  made_version: number | null;
}

const updateOutcomes = forRows(
  'update_outcomes',
  {
    plan_id: 'text',
    place: 'integer',
    outcome: 'text',
    code: 'text',
    message: 'text',
    made_version: 'integer',
  },
  ({ rows }) => `update bulk_row r set (outcome, code, message, made_version)
      = (given.outcome, given.code, given.message, given.made_version)
    from ${rows} where r.plan_id = given.plan_id and r.place = given.place`,
);

export const saveOutcomes = async (
  tx: Transaction,
  { id, planId }: { id: string; planId: string },
  outcomes: readonly RowOutcome[],
): Promise<void> => {
  await updateOutcomes(
    tx,
    outcomes.map((row) => ({ ...row, plan_id: planId })),
  );
  const count = (outcome: JobOutcome) => outcomes.filter((row) => row.outcome === outcome).length;
  await tx.query(
    `update bulk_job set state = 'running', started_at = coalesce(started_at, now()), done = done + $2,
       changed = changed + $3, unchanged = unchanged + $4, refused = refused + $5, conflict = conflict + $6 where id = $1`,
    [id, outcomes.length, count('changed'), count('unchanged'), count('refused'), count('conflict')],
  );
};

export const endBulkJob = async (
  tx: Transaction,
  id: string,
  state: Extract<BulkJobState, 'done' | 'cancelled' | 'failed'>,
  reason: JobRow['cancel_reason'] = null,
): Promise<void> => {
  await tx.query(
    'update bulk_job set state = $2, cancel_reason = $3, started_at = coalesce(started_at, now()), ended_at = now() where id = $1',
    [id, state, reason],
  );
};
