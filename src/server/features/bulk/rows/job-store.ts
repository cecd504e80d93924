import type { BulkJobState } from '#contract/bulk/jobs.ts';
import { jobOutcomes, type JobOutcome } from '#contract/bulk/plans.ts';
import type { Queryable, Transaction } from '#server/platform/db/database.ts';
import type { Actor } from '#server/request-context.ts';
import type { StoredChange } from './stored-change.ts';

export interface JobRow extends Record<JobOutcome, number> {
  id: string;
  plan_id: string;
  actor_kind: Actor['kind'];
  actor_id: string | null;
  actor_name: string;
  undoes: string | null;
  undone_by: string | null;
  /** Of an undo: the change that it takes back. */
  undone: StoredChange | null;
  state: BulkJobState;
  cancel_reason: 'asked' | 'actor_lost' | 'restored' | null;
  total: number;
  done: number;
  /** So many it was to add or change; null until that is known. */
  planned: number | null;
  change: StoredChange;
  /** Some number can take what it sets. */
  fits: boolean;
  created_at: string;
  started_at: string | null;
  ended_at: string | null;
}

const selectText = `select j.id, j.plan_id, j.actor_kind, j.actor_id, j.actor_name, j.undoes,
    (select u.id from bulk_job u where u.undoes = j.id order by u.created_at desc, u.id desc limit 1) as undone_by,
    (select up.change from bulk_job uj join bulk_plan up on up.id = uj.plan_id where uj.id = j.undoes) as undone,
    j.state, j.cancel_reason,
    -- The numbers of an undo are found when it is taken up; how many they are is known before.
    case when p.state = 'selecting'
      then coalesce((select uj.created + uj.changed from bulk_job uj where uj.id = j.undoes), p.total)
      else p.total end as total,
    case when p.state = 'ready' then p.created + p.changed end as planned,
    j.done, j.created, j.changed, j.unchanged, j.skipped, j.refused, j.conflict,
    p.change, p.changed + p.unchanged > 0 as fits, j.created_at, j.started_at, j.ended_at
  from bulk_job j join bulk_plan p on p.id = j.plan_id`;

interface NewJob {
  id: string;
  planId: string;
  undoes?: string;
  actor: Pick<Actor, 'kind' | 'id' | 'name'>;
}

/** What the plan refused, or found to be so already, is done with from the beginning. */
export const insertBulkJob = async (
  tx: Transaction,
  { id, planId, undoes, actor }: NewJob,
): Promise<void> => {
  const text = `insert into bulk_job
      (id, plan_id, undoes, actor_kind, actor_id, actor_name, done, unchanged, skipped, refused)
    select $1, p.id, $3, $4, $5, $6, p.unchanged + p.skipped + p.refused, p.unchanged, p.skipped, p.refused
    from bulk_plan p where p.id = $2`;
  await tx.query(text, [id, planId, undoes, actor.kind, actor.id, actor.name]);
};

const selectOne =
  (condition: string) =>
  async (queryable: Queryable, id: string): Promise<JobRow | undefined> =>
    (await queryable.query<JobRow>({ text: `${selectText} where ${condition}`, instants: 'iso' }, [id]))[0];

export const selectBulkJob = selectOne('j.id = $1');
export const selectBulkJobOfPlan = selectOne('j.plan_id = $1');
export const lockBulkJob = selectOne('j.id = $1 for update of j');

/** The plan of a job that has not ended. */
export const selectOpenPlan = async (queryable: Queryable, id: string): Promise<string | undefined> => {
  const text = 'select plan_id from bulk_job where id = $1 and ended_at is null';
  return (await queryable.query<{ plan_id: string }>({ name: 'select_open_plan', text }, [id]))[0]?.plan_id;
};

/** Whether it has not ended, and does not while the transaction lasts. Pieces are done beside each other. */
export const isHeldOpen = async (tx: Transaction, id: string): Promise<boolean> => {
  const text = 'select from bulk_job where id = $1 and ended_at is null for key share';
  return (await tx.query({ name: 'hold_job_open', text }, [id])).length > 0;
};

/** How many jobs of an actor go on or wait; whoever starts another waits until this is over. */
export const countOpenJobs = async (
  tx: Transaction,
  { kind, id }: Pick<Actor, 'kind' | 'id'>,
): Promise<number> => {
  await tx.query(`select pg_advisory_xact_lock(hashtext('bulk_job'), hashtext($1))`, [`${kind} ${id}`]);
  const text = `select count(*) as open from bulk_job
    where ended_at is null and actor_kind = $1 and actor_id is not distinct from $2`;
  return Number((await tx.query<{ open: number }>(text, [kind, id]))[0]?.open ?? 0);
};

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

export const addToJob = async (
  tx: Transaction,
  id: string,
  outcomes: readonly JobOutcome[],
): Promise<void> => {
  const counts = jobOutcomes.map((outcome) => outcomes.filter((one) => one === outcome).length);
  const sums = jobOutcomes.map((outcome, at) => `${outcome} = ${outcome} + $${at + 3}`);
  await tx.query(
    `update bulk_job set state = 'running', started_at = coalesce(started_at, now()), done = done + $2,
       ${sums.join(', ')} where id = $1`,
    [id, outcomes.length, ...counts],
  );
};

export const endBulkJob = async (
  tx: Transaction,
  id: string,
  state: Extract<BulkJobState, 'done' | 'cancelled' | 'failed'>,
  reason: JobRow['cancel_reason'] = null,
): Promise<void> => {
  await tx.query(
    `update bulk_job set state = $2, cancel_reason = $3, started_at = coalesce(started_at, now()),
       ended_at = now() where id = $1`,
    [id, state, reason],
  );
};

/** What this database is called in its cluster, and the cluster by itself; null where this role may not ask. */
const findSystem = async (tx: Transaction): Promise<string | null> => {
  const [may] = await tx.query<{ ask: boolean }>(
    `select has_function_privilege('pg_control_system()', 'execute') as ask`,
  );
  if (may?.ask !== true) return null;
  const [found] = await tx.query<{ system: string }>(
    `select system_identifier || ' ' || oid as system from pg_control_system(), pg_database
     where datname = current_database()`,
  );
  return found?.system ?? null;
};

/**
 * Whether these jobs were put into another table than this one: then the database was loaded from a dump since.
 * Says from now on that this is theirs.
 */
export const isElsewhere = async (tx: Transaction): Promise<boolean> => {
  const system = await findSystem(tx);
  const [home] = await tx.query<{ is_here: boolean; is_told: boolean }>(
    `select job_table = 'job'::regclass::oid::bigint and coalesce(database_system = $1, true) as is_here,
       database_system is not distinct from $1 as is_told
     from job_home for update`,
    [system],
  );
  if (home?.is_here === true && home.is_told) return false;
  await tx.query(
    `insert into job_home (job_table, database_system) values ('job'::regclass::oid::bigint, $1)
     on conflict (only_one) do update set job_table = excluded.job_table,
       database_system = coalesce(excluded.database_system, job_home.database_system)`,
    [system],
  );
  return home?.is_here === false;
};

/** After a database was put back from a backup: what was going on then does not go on now. */
export const cancelRestored = async (tx: Transaction): Promise<number> => {
  await tx.query('delete from job');
  await tx.query('delete from held_secret');
  await tx.query('delete from bulk_plan p where not exists (select from bulk_job j where j.plan_id = p.id)');
  const text = `update bulk_job set state = 'cancelled', cancel_reason = 'restored', ended_at = now()
    where ended_at is null returning id`;
  return (await tx.query(text)).length;
};
