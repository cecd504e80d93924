import { asParameters, forRows, isOneOf } from '#server/platform/db/for-sets.ts';
import type { Queryable, Transaction } from '#server/platform/db/database.ts';

export interface HeldRow {
  plan_id: string;
  place: number;
  sealed: Buffer;
  key_id: string;
}

const insert = forRows(
  'insert_held_secrets',
  { plan_id: 'text', place: 'integer', sealed: 'bytea', key_id: 'text' },
  ({ rows }) => `insert into held_secret (plan_id, place, sealed, key_id)
    select plan_id, place, sealed, key_id from ${rows}`,
);

export const insertHeld = async (tx: Transaction, rows: readonly HeldRow[]): Promise<void> => {
  if (rows.length > 0)
    await insert(
      tx,
      rows.map((row) => ({ ...row })),
    );
};

export const selectHeld = (
  queryable: Queryable,
  planId: string,
  places: readonly number[],
): Promise<HeldRow[]> =>
  queryable.query(
    `select plan_id, place, sealed, key_id from held_secret where plan_id = $1 and ${isOneOf('place', 2)}`,
    [planId, ...asParameters(places)],
  );

export const deleteHeld = async (
  tx: Transaction,
  planId: string,
  places: readonly number[],
): Promise<void> => {
  await tx.query(`delete from held_secret where plan_id = $1 and ${isOneOf('place', 2)}`, [
    planId,
    ...asParameters(places),
  ]);
};

/** So many at most; how many there were. */
export const deleteSomeHeld = async (tx: Transaction, planId: string, limit: number): Promise<number> => {
  const text = `delete from held_secret where plan_id = $1 and place in (
    select place from held_secret where plan_id = $1 order by place limit $2) returning place`;
  return (await tx.query(text, [planId, limit])).length;
};

/** Those behind `after`, in the order of their keys. */
export const selectHeldBehind = (
  queryable: Queryable,
  after: readonly [planId: string, place: number],
  limit: number,
): Promise<HeldRow[]> =>
  queryable.query(
    `select plan_id, place, sealed, key_id from held_secret
     where (plan_id, place) > ($1, $2) order by plan_id, place limit $3`,
    [...after, limit],
  );

const replace = forRows(
  'replace_held_secrets',
  { plan_id: 'text', place: 'integer', sealed: 'bytea', key_id: 'text' },
  ({ rows }) => `update held_secret h set sealed = given.sealed, key_id = given.key_id from ${rows}
    where h.plan_id = given.plan_id and h.place = given.place`,
);

export const replaceHeld = async (tx: Transaction, rows: readonly HeldRow[]): Promise<void> => {
  await replace(
    tx,
    rows.map((row) => ({ ...row })),
  );
};
