import type { BulkExample, BulkRefusal } from '#contract/bulk/plans.ts';
import type { BulkSelect } from '#contract/bulk/select.ts';
import type { Pin } from '#server/features/phone-numbers/list/pin-store.ts';
import { forRows } from '#server/platform/db/for-sets.ts';
import type { Queryable, Transaction } from '#server/platform/db/database.ts';
import type { Actor } from '#server/request-context.ts';
import type { StoredChange } from './change-to-make.ts';

export interface PlanRow {
  id: string;
  actor_kind: Actor['kind'];
  actor_id: string | null;
  actor_name: string;
  address: string | null;
  request_id: string | null;
  selection: BulkSelect | null;
  change: StoredChange;
  sealed: Buffer | null;
  key_id: string | null;
  state: 'selecting' | 'judging' | 'ready';
  total: number;
  changed: number;
  unchanged: number;
  refused: number;
  examples: BulkExample[];
  created_at: string;
  expires_at: string;
}

const columns = `id, actor_kind, actor_id, actor_name, address, request_id, selection, change, sealed, key_id, state,
  total, changed, unchanged, refused, examples, created_at, expires_at`;

export type NewPlan = Pick<
  PlanRow,
  | 'id'
  | 'actor_kind'
  | 'actor_id'
  | 'actor_name'
  | 'address'
  | 'request_id'
  | 'selection'
  | 'change'
  | 'sealed'
  | 'key_id'
>;

export const insertPlan = async (tx: Transaction, plan: NewPlan, minutes: number): Promise<void> => {
  const text = `insert into bulk_plan (id, actor_kind, actor_id, actor_name, address, request_id, selection, change, sealed, key_id, expires_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, now() + make_interval(mins => $11))`;
  await tx.query(text, [
    plan.id,
    plan.actor_kind,
    plan.actor_id,
    plan.actor_name,
    plan.address,
    plan.request_id,
    JSON.stringify(plan.selection),
    JSON.stringify(plan.change),
    plan.sealed,
    plan.key_id,
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

/** Of an actor's plans that were not run, all but the newest go. */
export const dropOldPlans = async (
  tx: Transaction,
  { kind, id }: Pick<Actor, 'kind' | 'id'>,
  kept: number,
): Promise<void> => {
  const text = `delete from bulk_plan where id in (
    select p.id from bulk_plan p where p.actor_kind = $1 and p.actor_id is not distinct from $2
      and not exists (select from bulk_job j where j.plan_id = p.id)
    order by p.created_at desc, p.id desc offset $3 for update skip locked)`;
  await tx.query(text, [kind, id, kept]);
};

const insertRows = forRows(
  'insert_bulk_rows',
  {
    plan_id: 'text',
    place: 'integer',
    phone_number_id: 'text',
    phone_number: 'text',
    version: 'integer',
    planned: 'text',
    planned_code: 'text',
    planned_message: 'text',
  },
  ({
    rows,
  }) => `insert into bulk_row (plan_id, place, phone_number_id, phone_number, version, planned, planned_code, planned_message)
    select plan_id, place, phone_number_id, phone_number, version, planned, planned_code, planned_message from ${rows}`,
);

export interface MissingNumber {
  id: string;
  code: string;
  message: string;
}

/** Appends numbers to be judged, and such as there are none of. */
export const insertPins = async (
  tx: Transaction,
  planId: string,
  from: number,
  pins: readonly Pin[],
  missing: readonly MissingNumber[] = [],
): Promise<void> => {
  const rows = [
    ...pins.map(({ id, phone_number, version }) => ({ phone_number_id: id, phone_number, version })),
    ...missing.map(({ id, code, message }) => ({
      phone_number_id: id,
      phone_number: '',
      planned: 'refused',
      planned_code: code,
      planned_message: message,
    })),
  ];
  if (rows.length > 0)
    await insertRows(
      tx,
      rows.map((row, at) => ({ ...row, plan_id: planId, place: from + at })),
    );
};

export const forgetPins = async (tx: Transaction, planId: string): Promise<void> => {
  await tx.query('delete from bulk_row where plan_id = $1', [planId]);
};

export const beginJudging = async (
  tx: Transaction,
  id: string,
  total: number,
  refused: number,
): Promise<void> => {
  await tx.query(
    `update bulk_plan set state = 'judging', total = $2, changed = 0, unchanged = 0, refused = $3, examples = '[]' where id = $1`,
    [id, total, refused],
  );
};

export interface PinRow {
  place: number;
  phone_number_id: string;
  phone_number: string;
  version: number;
}

/** The next that are not judged; nobody else judges them meanwhile. */
export const lockUnjudged = (tx: Transaction, planId: string, limit: number): Promise<PinRow[]> =>
  tx.query(
    `select place, phone_number_id, phone_number, version from bulk_row where plan_id = $1 and planned is null
     order by place limit $2 for update skip locked`,
    [planId, limit],
  );

export interface Planned {
  place: number;
  planned: 'changed' | 'unchanged' | 'refused';
  planned_code: string | null;
  planned_message: string | null;
}

const updatePlanned = forRows(
  'update_planned',
  { plan_id: 'text', place: 'integer', planned: 'text', planned_code: 'text', planned_message: 'text' },
  ({ rows }) => `update bulk_row r set (planned, planned_code, planned_message)
      = (given.planned, given.planned_code, given.planned_message)
    from ${rows} where r.plan_id = given.plan_id and r.place = given.place`,
);

export const savePlanned = async (
  tx: Transaction,
  planId: string,
  judged: readonly Planned[],
  examples: readonly BulkExample[],
): Promise<void> => {
  await updatePlanned(
    tx,
    judged.map((row) => ({ ...row, plan_id: planId })),
  );
  const count = (planned: Planned['planned']) => judged.filter((row) => row.planned === planned).length;
  await tx.query(
    `update bulk_plan set changed = changed + $2, unchanged = unchanged + $3, refused = refused + $4,
       examples = case when $5::jsonb = '[]' then examples else examples || $5::jsonb end where id = $1`,
    [planId, count('changed'), count('unchanged'), count('refused'), JSON.stringify(examples)],
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

/** The credentials that were sealed with it. */
export const eraseSealed = async (tx: Transaction, planId: string): Promise<void> => {
  await tx.query('update bulk_plan set sealed = null, key_id = null where id = $1', [planId]);
};

/** Those whose time is over and that were not run, and those whose jobs ended so many days ago. */
export const purgePlans = async (tx: Transaction, days: number): Promise<boolean> => {
  const text = `delete from bulk_plan where id in (
    select p.id from bulk_plan p left join bulk_job j on j.plan_id = p.id
    where (j.id is null and p.expires_at < now() - interval '1 hour')
      or j.ended_at < now() - make_interval(days => $1) limit 20) returning id`;
  return (await tx.query(text, [days])).length === 20;
};
