import type { BulkExample, BulkRefusal, PlanOutcome } from '#contract/bulk/plans.ts';
import type { BulkSelect } from '#contract/bulk/select.ts';
import type { Queryable, Transaction } from '#server/platform/db/database.ts';
import type { Actor } from '#server/request-context.ts';
import type { StoredChange } from './stored-change.ts';

export interface PlanRow {
  id: string;
  actor_kind: Actor['kind'];
  actor_id: string | null;
  actor_name: string;
  address: string | null;
  request_id: string | null;
  selection: BulkSelect | null;
  change: StoredChange;
  state: 'selecting' | 'judging' | 'ready';
  total: number;
  created: number;
  changed: number;
  unchanged: number;
  skipped: number;
  refused: number;
  examples: BulkExample[];
  created_at: string;
  expires_at: string;
}

const columns = `id, actor_kind, actor_id, actor_name, address, request_id, selection, change, state,
  total, created, changed, unchanged, skipped, refused, examples, created_at, expires_at`;

export type NewPlan = Pick<
  PlanRow,
  'id' | 'actor_kind' | 'actor_id' | 'actor_name' | 'address' | 'request_id' | 'selection' | 'change'
>;

export const insertPlan = async (tx: Transaction, plan: NewPlan, minutes: number): Promise<void> => {
  const text = `insert into bulk_plan (id, actor_kind, actor_id, actor_name, address, request_id, selection, change, expires_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, now() + make_interval(mins => $9))`;
  await tx.query(text, [
    plan.id,
    plan.actor_kind,
    plan.actor_id,
    plan.actor_name,
    plan.address,
    plan.request_id,
    JSON.stringify(plan.selection),
    JSON.stringify(plan.change),
    minutes,
  ]);
};

export const selectPlan = async (queryable: Queryable, id: string): Promise<PlanRow | undefined> => {
  const text = `select ${columns} from bulk_plan where id = $1`;
  return (await queryable.query<PlanRow>({ name: 'select_plan', text, instants: 'iso' }, [id]))[0];
};

export const lockPlan = async (tx: Transaction, id: string): Promise<PlanRow | undefined> => {
  const text = `select ${columns} from bulk_plan where id = $1 for update`;
  return (await tx.query<PlanRow>({ text, instants: 'iso' }, [id]))[0];
};

/** Of an actor's plans that were not run, all but the newest go. A file that is being taken in is none yet. */
export const dropOldPlans = async (
  tx: Transaction,
  { kind, id }: Pick<Actor, 'kind' | 'id'>,
  kept: number,
): Promise<void> => {
  const text = `delete from bulk_plan where id in (
    select p.id from bulk_plan p where p.actor_kind = $1 and p.actor_id is not distinct from $2
      and not exists (select from bulk_job j where j.plan_id = p.id)
      and not (p.state = 'selecting' and p.change ->> 'kind' = 'import')
    order by p.created_at desc, p.id desc offset $3 for update skip locked)`;
  await tx.query(text, [kind, id, kept]);
};

/** So many rows were added, of which so many are refused without being judged. */
export const addToTotal = async (
  tx: Transaction,
  id: string,
  added: number,
  refused: number,
): Promise<void> => {
  await tx.query('update bulk_plan set total = total + $2, refused = refused + $3 where id = $1', [
    id,
    added,
    refused,
  ]);
};

/** All rows are there. */
export const beginJudging = async (tx: Transaction, id: string): Promise<void> => {
  await tx.query(`update bulk_plan set state = 'judging' where id = $1`, [id]);
};

export type Tally = Readonly<Record<PlanOutcome, number>>;

/** Adds what one piece was judged to be. */
export const addToPlan = async (
  tx: Transaction,
  id: string,
  { created, changed, unchanged, skipped, refused }: Tally,
  examples: readonly BulkExample[],
): Promise<void> => {
  await tx.query(
    `update bulk_plan set created = created + $2, changed = changed + $3, unchanged = unchanged + $4,
       skipped = skipped + $5, refused = refused + $6,
       examples = case when $7::jsonb = '[]' then examples else examples || $7::jsonb end where id = $1`,
    [id, created, changed, unchanged, skipped, refused, JSON.stringify(examples)],
  );
};

export const finishJudging = async (tx: Transaction, id: string): Promise<void> => {
  await tx.query(`update bulk_plan set state = 'ready' where id = $1`, [id]);
};

const REFUSALS_TOLD = 50;

export const selectRefusals = (queryable: Queryable, planId: string): Promise<BulkRefusal[]> =>
  queryable.query(
    `select planned_code as code, planned_message as message, count(*)::integer as count from bulk_row
     where plan_id = $1 and planned = 'refused' group by 1, 2 order by 3 desc, 1, 2 limit ${REFUSALS_TOLD}`,
    [planId],
  );

/** Those whose time is over and that were not run, and those whose jobs ended so many days ago. */
export const purgePlans = async (tx: Transaction, days: number): Promise<boolean> => {
  const text = `delete from bulk_plan where id in (
    select p.id from bulk_plan p left join bulk_job j on j.plan_id = p.id
    where (j.id is null and p.expires_at < now() - interval '1 hour')
      or j.ended_at < now() - make_interval(days => $1) limit 20) returning id`;
  return (await tx.query(text, [days])).length === 20;
};

/** Credentials that are held for a plan go when its time is over; whether there may be more. */
export const eraseExpired = async (tx: Transaction): Promise<boolean> => {
  const text = `delete from held_secret where (plan_id, place) in (
    select h.plan_id, h.place from held_secret h join bulk_plan p on p.id = h.plan_id
    where p.expires_at < now() and not exists (select from bulk_job j where j.plan_id = p.id) limit 1000)
    returning plan_id`;
  return (await tx.query(text)).length === 1000;
};
