import type { Queryable, Transaction } from '#server/platform/db/database.ts';

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

const KEPT = 5;

/** Adds one; of those of its link the last five stay. */
export const insertBeforeImage = async (
  tx: Transaction,
  { id, phone_number_id, role, sealed, key_id }: Omit<BeforeImageRow, 'taken_at'>,
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
