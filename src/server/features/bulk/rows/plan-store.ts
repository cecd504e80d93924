import {
  replacePlaces,
  type BulkExample,
  type BulkRefusal,
  type PlanOutcome,
  type ReplacedIn,
} from '#contract/bulk/plans.ts';
import type { BulkSelect } from '#contract/bulk/select.ts';
import type { Queryable, Transaction } from '#server/platform/db/database.ts';
import type { Actor } from '#server/request-context.ts';
import { toldExamples, type StoredExample } from './example-store.ts';
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
  refusals: BulkRefusal[];
  /** Of an agent put in another's place; empty where none was counted. */
  replaced_in: Partial<ReplacedIn>;
  created_at: string;
  expires_at: string;
}

/** For whoever looks at it: with a few of its numbers. */
export interface ToldPlan extends PlanRow {
  examples: BulkExample[];
}

const columns = `id, actor_kind, actor_id, actor_name, address, request_id, selection, change, state,
  total, created, changed, unchanged, skipped, refused, refusals, replaced_in, created_at, expires_at`;

export type NewPlan = Pick<
  PlanRow,
  'id' | 'actor_kind' | 'actor_id' | 'actor_name' | 'address' | 'request_id' | 'selection' | 'change'
>;

/** `isRun`: its job is put there with it, so it is never looked at first. */
export const insertPlan = async (
  tx: Transaction,
  plan: NewPlan,
  minutes: number,
  isRun = false,
): Promise<void> => {
  const text = `insert into bulk_plan (id, actor_kind, actor_id, actor_name, address, request_id, selection, change, expires_at, run_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, now() + make_interval(mins => $9), case when $10 then now() end)`;
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
    isRun,
  ]);
};

const selectOne =
  <Row = PlanRow>(name: string, { more = '', lock = '' } = {}) =>
  async (queryable: Queryable, id: string): Promise<Row | undefined> => {
    const text = `select ${columns} ${more} from bulk_plan where id = $1 and dropped_at is null ${lock}`;
    return (await queryable.query<Row>({ name, text, instants: 'iso' }, [id]))[0];
  };

export const selectPlan = selectOne('select_plan');
export const selectToldPlan = selectOne<ToldPlan>('select_told_plan', {
  more: `, ${toldExamples('bulk_plan')} as examples`,
});
/** Waits for whoever has a piece of it in hand. */
export const lockPlan = selectOne('lock_plan', { lock: 'for update' });
/** Pieces are judged beside each other, and none beside who finishes it. */
export const sharePlan = selectOne('share_plan', { lock: 'for key share' });

/** From now on it is never dropped. */
export const markRun = async (tx: Transaction, id: string): Promise<void> => {
  await tx.query('update bulk_plan set run_at = now() where id = $1', [id]);
};

/** Of an actor's plans that were not run, all but the newest go. A file that is being taken in is none yet. */
export const dropOldPlans = async (
  tx: Transaction,
  { kind, id }: Pick<Actor, 'kind' | 'id'>,
  kept: number,
): Promise<void> => {
  const text = `update bulk_plan set dropped_at = now() where id in (
      select p.id from bulk_plan p where p.actor_kind = $1 and p.actor_id is not distinct from $2
        and p.run_at is null and p.dropped_at is null
        and not (p.state = 'selecting' and p.change ->> 'kind' = 'import')
      order by p.created_at desc, p.id desc offset $3)
    and run_at is null`;
  await tx.query(text, [kind, id, kept]);
};

/** How a reason is told: once for each code, or once for each code and message. */
const reasonKey = ({ code, message }: Omit<BulkRefusal, 'count'>, isByCode: boolean) =>
  isByCode ? code : `${code} ${message}`;
// Of rows that differ in everything that could be said of them.
const REFUSALS_KEPT = 200;

const merged = (
  known: readonly BulkRefusal[],
  found: readonly Omit<BulkRefusal, 'count'>[],
  isByCode: boolean,
): BulkRefusal[] => {
  const all = new Map(known.map((refusal) => [reasonKey(refusal, isByCode), { ...refusal }]));
  for (const { code, message } of found) {
    const key = reasonKey({ code, message }, isByCode);
    const refusal = all.get(key);
    if (refusal !== undefined) refusal.count += 1;
    else if (all.size < REFUSALS_KEPT) all.set(key, { code, message, count: 1 });
  }
  return [...all.values()];
};

export type Tally = Readonly<Record<PlanOutcome, number>>;

export interface Counted {
  /** Rows that are new to the plan. */
  added?: number;
  tally?: Partial<Tally>;
  refusals: readonly Omit<BulkRefusal, 'count'>[];
  examples?: readonly StoredExample[];
  replacedIn?: ReplacedIn | undefined;
}

const summed = (known: Partial<ReplacedIn>, found: ReplacedIn | undefined): Partial<ReplacedIn> =>
  found === undefined
    ? known
    : Object.fromEntries(replacePlaces.map((place) => [place, (known[place] ?? 0) + found[place]]));

const EXAMPLES = 3;

/** Adds what was selected, or judged, to what the plan tells. */
export const addToPlan = async (
  tx: Transaction,
  id: string,
  { added = 0, tally = {}, refusals, examples = [], replacedIn }: Counted,
): Promise<void> => {
  // Whoever else adds waits here.
  const [told] = await tx.query<
    Pick<PlanRow, 'refusals' | 'replaced_in'> & { examples: StoredExample[]; kind: string }
  >(
    {
      name: 'plan_told',
      text: `select examples, refusals, replaced_in, change ->> 'kind' as kind from bulk_plan where id = $1 for no key update`,
    },
    [id],
  );
  if (told === undefined) return;
  const { created = 0, changed = 0, unchanged = 0, skipped = 0, refused = refusals.length } = tally;
  const text = `update bulk_plan set total = total + $2, created = created + $3, changed = changed + $4,
      unchanged = unchanged + $5, skipped = skipped + $6, refused = refused + $7, examples = $8, refusals = $9, replaced_in = $10 where id = $1`;
  await tx.query({ name: 'add_to_plan', text }, [
    id,
    added,
    created,
    changed,
    unchanged,
    skipped,
    refused,
    JSON.stringify([...told.examples, ...examples].slice(0, EXAMPLES)),
    JSON.stringify(merged(told.refusals, refusals, told.kind === 'import')),
    JSON.stringify(summed(told.replaced_in, replacedIn)),
  ]);
};

/** All rows are there. */
export const beginJudging = async (tx: Transaction, id: string): Promise<void> => {
  await tx.query(`update bulk_plan set state = 'judging' where id = $1`, [id]);
};

export const finishJudging = async (tx: Transaction, id: string): Promise<void> => {
  await tx.query(`update bulk_plan set state = 'ready' where id = $1`, [id]);
};

const PIECE = 1000;

/**
 * A part of what goes: plans that were dropped, whose time is over, or whose jobs ended so many days ago, row
 * by row; whether there may be more.
 */
export const purgePlans = async (tx: Transaction, days: number): Promise<boolean> => {
  const [plan] = await tx.query<{ id: string }>(
    `select p.id from bulk_plan p left join bulk_job j on j.plan_id = p.id
     where p.dropped_at is not null or (p.run_at is null and p.expires_at < now() - interval '1 hour')
       or (j.ended_at < now() - make_interval(days => $1)
         and not exists (select from bulk_job u where u.undoes = j.id and u.ended_at is null))
     limit 1 for update of p skip locked`,
    [days],
  );
  if (plan === undefined) return false;
  for (const table of ['held_secret', 'bulk_row']) {
    const text = `delete from ${table} where plan_id = $1 and place in (
      select place from ${table} where plan_id = $1 order by place limit ${PIECE}) returning place`;
    if ((await tx.query(text, [plan.id])).length === PIECE) return true;
  }
  await tx.query('delete from bulk_plan where id = $1', [plan.id]);
  return true;
};

/** Credentials go that are held for plans which were dropped, expired or have ended; whether there may be more. */
export const eraseExpired = async (tx: Transaction): Promise<boolean> => {
  const text = `delete from held_secret where (plan_id, place) in (
    select h.plan_id, h.place from held_secret h join bulk_plan p on p.id = h.plan_id
    where p.dropped_at is not null or (p.run_at is null and p.expires_at < now())
      or exists (select from bulk_job j where j.plan_id = p.id and j.ended_at is not null) limit ${PIECE})
    returning plan_id`;
  return (await tx.query(text)).length === PIECE;
};
