import { isUniqueViolation, type Queryable, type Transaction } from '#server/platform/db/database.ts';
import { forRows } from '#server/platform/db/for-sets.ts';
import {
  changeableColumns,
  columnsOf,
  columnTypes,
  givenColumns,
  isRestorable,
  nextVersion,
  recordColumns,
} from './columns.ts';
import type { DeletedRow, NumberToStore, PhoneNumberRow } from './row.ts';

/** One that was deleted and can still be restored. */
export const selectDeleted = async (queryable: Queryable, id: string): Promise<DeletedRow | undefined> => {
  const text = `select ${recordColumns}, p.deleted_at from phone_number p where p.id = $1 and ${isRestorable}`;
  return (await queryable.query<DeletedRow>({ text, instants: 'iso' }, [id]))[0];
};

export type RestorableRow = PhoneNumberRow & { deleted_at: string | null };

const restorable = `select ${recordColumns}, p.deleted_at from phone_number p
  where p.id = any ($1) and (deleted_at is null or ${isRestorable}) order by p.id`;

/** Those that are there, and those that were deleted so lately that they can be restored. */
export const selectRestorable = (queryable: Queryable, ids: readonly string[]): Promise<RestorableRow[]> =>
  queryable.query({ text: restorable, instants: 'iso' }, [ids]);

export const lockRestorable = (tx: Transaction, ids: readonly string[]): Promise<RestorableRow[]> =>
  tx.query({ text: `${restorable} for update`, instants: 'iso' }, [ids]);

/** They stay for a while, and let go of the hours they went by. */
export const markDeleted = (tx: Transaction, ids: readonly string[]): Promise<PhoneNumberRow[]> => {
  const text = `update phone_number p set deleted_at = now(), business_hours_id = null, ${nextVersion}
    where id = any ($1) returning ${recordColumns}`;
  return tx.query({ text, instants: 'iso' }, [ids]);
};

const restoreRows = forRows(
  'restore_phone_numbers',
  columnTypes,
  ({
    rows,
    isGiven,
  }) => `update phone_number p set (${changeableColumns.join(', ')}) = (${givenColumns}), deleted_at = null, ${nextVersion}
    from ${rows} where ${isGiven} returning ${recordColumns}`,
);

/** Puts them back as they are given. Null where one was added again at this moment: then nothing was done. */
export const unmarkDeleted = async (
  tx: Transaction,
  numbers: readonly NumberToStore[],
): Promise<PhoneNumberRow[] | null> => {
  await tx.query('savepoint unmarking');
  try {
    const rows = await restoreRows<PhoneNumberRow>(tx, numbers.map(columnsOf));
    await tx.query('release savepoint unmarking');
    return rows;
  } catch (error) {
    if (!isUniqueViolation(error, 'phone_number_e164')) throw error;
    await tx.query('rollback to savepoint unmarking');
    return null;
  }
};

/** For good, and their sealed credentials with them. */
export const erasePhoneNumbers = async (tx: Transaction, ids: readonly string[]): Promise<void> => {
  await tx.query('delete from phone_number where id = any ($1) and deleted_at is not null', [ids]);
};

/** Of what can no longer be restored the oldest, so many at most. Answers which went. */
export const eraseLate = (
  tx: Transaction,
  limit: number,
): Promise<Pick<PhoneNumberRow, 'id' | 'phone_number'>[]> => {
  const text = `with late as (
      select id from phone_number p where deleted_at is not null and not (${isRestorable})
        and not exists (select from pending_change w where w.phone_number_id = p.id and w.act = 'delete')
      order by deleted_at, id limit $1 for update skip locked
    )
    delete from phone_number p using late where p.id = late.id returning p.id, p.phone_number`;
  return tx.query(text, [limit]);
};
