import type { Queryable, Transaction } from '#server/platform/db/database.ts';
import { forRows } from '#server/platform/db/for-sets.ts';

/** Of which number, in which role. */
export interface LinkPlace {
  phone_number_id: string;
  role: string;
}

export interface BeforeImageRow extends LinkPlace {
  id: string;
  taken_at: string;
  sealed: Buffer;
  key_id: string;
}

export type SealedImageRow = Omit<BeforeImageRow, 'taken_at'>;

const KEPT = 5;

/** Adds one; of those of its link the last five stay. */
export const insertBeforeImage = async (
  tx: Transaction,
  { id, phone_number_id, role, sealed, key_id }: SealedImageRow,
): Promise<void> => {
  await tx.query(
    'insert into before_image (id, phone_number_id, role, sealed, key_id) values ($1, $2, $3, $4, $5)',
    [id, phone_number_id, role, sealed, key_id],
  );
  await tx.query(
    `delete from before_image where phone_number_id = $1 and role = $2 and id not in (
      select id from before_image where phone_number_id = $1 and role = $2 order by taken_at desc, id desc limit ${KEPT})`,
    [phone_number_id, role],
  );
};

/** Newest first. */
export const selectBeforeImages = (
  queryable: Queryable,
  { phone_number_id: id, role }: LinkPlace,
): Promise<BeforeImageRow[]> =>
  queryable.query(
    {
      text: `select id, phone_number_id, role, taken_at, sealed, key_id from before_image
        where phone_number_id = $1 and role = $2 order by taken_at desc, id desc`,
      instants: 'iso',
    },
    [id, role],
  );

/** Those behind `after`, in the order of their ids. */
export const selectBeforeImagesBehind = (
  queryable: Queryable,
  after: string,
  limit: number,
): Promise<SealedImageRow[]> =>
  queryable.query(
    'select id, phone_number_id, role, sealed, key_id from before_image where id > $1 order by id limit $2',
    [after, limit],
  );

const replace = forRows(
  'replace_before_images',
  { id: 'text', sealed: 'bytea', key_id: 'text' },
  ({ rows }) => `update before_image b set sealed = given.sealed, key_id = given.key_id from ${rows}
    where b.id = given.id`,
);

export const replaceBeforeImages = async (
  tx: Transaction,
  rows: readonly Pick<BeforeImageRow, 'id' | 'sealed' | 'key_id'>[],
): Promise<void> => {
  await replace(
    tx,
    rows.map((row) => ({ ...row })),
  );
};
