import {
  isUniqueViolation,
  type Database,
  type Queryable,
  type Transaction,
} from '#server/platform/db/database.ts';
import { forKeys, forRows } from '#server/platform/db/for-sets.ts';
import {
  changeableColumns,
  columnsOf,
  columnTypes,
  recordColumns,
  stampColumns,
  writtenColumns,
  type Stamp,
} from './columns.ts';
import type { NumberToStore, PhoneNumberRow } from './row.ts';

export const selectPhoneNumber = async (
  queryable: Queryable,
  id: string,
): Promise<PhoneNumberRow | undefined> => {
  const text = `select ${recordColumns} from phone_number p where p.id = $1 and p.deleted_at is null`;
  return (
    await queryable.query<PhoneNumberRow>({ name: 'select_phone_number', text, instants: 'iso' }, [id])
  )[0];
};

const lockSet = forKeys(
  'lock_phone_numbers',
  (is) =>
    `select ${recordColumns} from phone_number p where p.id ${is} and p.deleted_at is null order by p.id for update`,
);

/**
 * Nobody else can change these until the transaction ends. In the order of their ids, so that two sets never
 * wait for each other.
 */
export const lockPhoneNumbers = (tx: Transaction, ids: readonly string[]): Promise<PhoneNumberRow[]> =>
  lockSet(tx, ids);

export type RestorableRow = PhoneNumberRow & { is_deleted: boolean };

// How long a deletion can be undone.
const isUndoable = `deleted_at > now() - interval '10 minutes'`;

/** Those that are there, and those that were deleted so lately that they can be restored. */
export const lockRestorable = (tx: Transaction, ids: readonly string[]): Promise<RestorableRow[]> => {
  const text = `select ${recordColumns}, deleted_at is not null as is_deleted from phone_number p
    where p.id = any ($1) and (deleted_at is null or ${isUndoable}) order by p.id for update`;
  return tx.query({ text, instants: 'iso' }, [ids]);
};

const selectTakenOf = forKeys(
  'select_taken',
  (is) => `select phone_number from phone_number where phone_number ${is} and deleted_at is null`,
);

/** Which of these are there. */
export const selectTaken = async (
  queryable: Queryable,
  phoneNumbers: readonly string[],
): Promise<Set<string>> =>
  new Set(
    (await selectTakenOf<{ phone_number: string }>(queryable, phoneNumbers)).map(
      ({ phone_number: number }) => number,
    ),
  );

/** A number to add; `at` where it is said to have been added earlier. */
export type NewPhoneNumber = NumberToStore & { at: Date | null };

const insertRows = forRows(
  'insert_phone_numbers',
  { ...columnTypes, at: 'timestamptz' },
  ({ rows, isOne }) => `insert into phone_number as p (${writtenColumns.join(', ')}, created_at, updated_at)
    select ${writtenColumns.join(', ')}, coalesce(at, now()), coalesce(at, now()) from ${rows}
    on conflict (phone_number) where deleted_at is null do nothing returning ${isOne ? recordColumns : stampColumns}`,
);

/**
 * Adds those that are not there yet, and returns them. In the order of the numbers: two sets that overlap do
 * not wait for each other.
 */
export const insertPhoneNumbers = async (
  tx: Transaction,
  numbers: readonly NewPhoneNumber[],
): Promise<PhoneNumberRow[]> => {
  const inOrder = numbers.toSorted((a, b) => (a.phone_number < b.phone_number ? -1 : 1));
  const rows = inOrder.map((number) => ({ ...columnsOf(number), at: number.at }));
  const added = await insertRows<Pick<PhoneNumberRow, Stamp>>(tx, rows);
  // One is answered as it is stored; of many only that is read back which is not known here.
  const written = new Map(numbers.map(({ at: _at, ...number }) => [number.id, number]));
  return added.flatMap((row) => {
    const number = written.get(row.id);
    return number === undefined ? [] : [{ ...number, ...row }];
  });
};

// The clock and not the transaction's start: writers that waited for each other are dated in the order they
// wrote.
const bump = 'version = p.version + 1, updated_at = clock_timestamp()';

const given = changeableColumns.map((name) => `given.${name}`).join(', ');

const updateRows = forRows(
  'update_phone_numbers',
  columnTypes,
  ({ rows, isGiven }) => `update phone_number p set (${changeableColumns.join(', ')}) = (${given}), ${bump}
    from ${rows} where ${isGiven} returning ${recordColumns}`,
);

/** Writes the next versions of locked numbers. */
export const updatePhoneNumbers = (
  tx: Transaction,
  numbers: readonly NumberToStore[],
): Promise<PhoneNumberRow[]> => updateRows(tx, numbers.map(columnsOf));

export const markDeleted = (tx: Transaction, ids: readonly string[]): Promise<PhoneNumberRow[]> => {
  const text = `update phone_number p set deleted_at = now(), ${bump} where id = any ($1) returning ${recordColumns}`;
  return tx.query({ text, instants: 'iso' }, [ids]);
};

/** Null where one of them was added again at this moment: then nothing was done. */
export const unmarkDeleted = async (
  tx: Transaction,
  ids: readonly string[],
): Promise<PhoneNumberRow[] | null> => {
  const text = `update phone_number p set deleted_at = null, ${bump} where id = any ($1) returning ${recordColumns}`;
  await tx.query('savepoint unmarking');
  try {
    const rows = await tx.query<PhoneNumberRow>({ text, instants: 'iso' }, [ids]);
    await tx.query('release savepoint unmarking');
    return rows;
  } catch (error) {
    if (!isUniqueViolation(error, 'phone_number_e164')) throw error;
    await tx.query('rollback to savepoint unmarking');
    return null;
  }
};

/** Housekeeping: what can no longer be undone goes, and its sealed credentials with it. */
export const purgeDeletedPhoneNumbers = async (tx: Transaction): Promise<void> => {
  await tx.query(`delete from phone_number where deleted_at is not null and not (${isUndoable})`);
};

/** Also of a number that is deleted. */
export const hasRow = async (queryable: Queryable, id: string): Promise<boolean> =>
  (await queryable.query('select 1 from phone_number where id = $1', [id])).length > 0;

/** Where these numbers of ours forward to; none of those that forward nowhere. */
export const selectForwards = (
  queryable: Queryable,
  phoneNumbers: readonly string[],
): Promise<{ phone_number: string; forwards_to: string[] }[]> =>
  queryable.query(
    'select phone_number, forwards_to from phone_number where phone_number = any ($1) and forwards_to is not null and deleted_at is null',
    [phoneNumbers],
  );

// Any number, so long as no other lock has it.
const FORWARDS_LOCK = 7_412_605;

/** No other change of forwards is under way until the transaction ends. */
export const lockForwards = async (tx: Transaction): Promise<void> => {
  await tx.query('select pg_advisory_xact_lock($1)', [FORWARDS_LOCK]);
};

export const countAllPhoneNumbers = async (queryable: Queryable): Promise<number> => {
  const [row] = await queryable.query<{ numbers: number }>('select count(*) as numbers from phone_number');
  return row?.numbers ?? 0;
};

/** After many rows came at once: the planner learns of them, and the indexes can answer alone. */
export const vacuumTables = async (database: Database): Promise<void> => {
  for (const table of ['phone_number', 'credential', 'audit_event', 'agent'])
    await database.query(`vacuum (analyze) ${table}`);
};
