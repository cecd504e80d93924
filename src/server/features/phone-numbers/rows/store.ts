import type { Database, Queryable, Transaction } from '#server/platform/db/database.ts';
import { forKeys, forRows } from '#server/platform/db/for-sets.ts';
import {
  changeableColumns,
  columnsOf,
  columnTypes,
  givenColumns,
  nextVersion,
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

const selectSet = forKeys(
  'select_phone_numbers',
  (is) => `select ${recordColumns} from phone_number p where p.id ${is} and p.deleted_at is null`,
);

/** Those of these that are there, in any order. */
export const selectPhoneNumbersByIds = (
  queryable: Queryable,
  ids: readonly string[],
): Promise<PhoneNumberRow[]> => selectSet(queryable, ids);

const selectSetByNumber = forKeys(
  'select_phone_numbers_by_number',
  (is) => `select ${recordColumns} from phone_number p where p.phone_number ${is} and p.deleted_at is null`,
);

/** Those of these numbers, in E.164, that are there, in any order. */
export const selectPhoneNumbersByNumber = (
  queryable: Queryable,
  phoneNumbers: readonly string[],
): Promise<PhoneNumberRow[]> => selectSetByNumber(queryable, phoneNumbers);

const selectTakenOf = forKeys(
  'select_taken',
  (is) => `select phone_number, id from phone_number where phone_number ${is} and deleted_at is null`,
);

/** Which of these are there, and their ids. */
export const selectTaken = async (
  queryable: Queryable,
  phoneNumbers: readonly string[],
): Promise<Map<string, string>> =>
  new Map(
    (await selectTakenOf<{ phone_number: string; id: string }>(queryable, phoneNumbers)).map(
      ({ phone_number: number, id }) => [number, id],
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

const updateRows = forRows(
  'update_phone_numbers',
  columnTypes,
  ({
    rows,
    isGiven,
  }) => `update phone_number p set (${changeableColumns.join(', ')}) = (${givenColumns}), ${nextVersion}
    from ${rows} where ${isGiven} returning ${recordColumns}`,
);

/** Writes the next versions of locked numbers. */
export const updatePhoneNumbers = (
  tx: Transaction,
  numbers: readonly NumberToStore[],
): Promise<PhoneNumberRow[]> => updateRows(tx, numbers.map(columnsOf));

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
  const [row] = await queryable.query<{ numbers: number }>(
    'select count(*) as numbers from phone_number where deleted_at is null',
  );
  return row?.numbers ?? 0;
};

/** After many rows came at once: the planner learns of them, and the indexes can answer alone. */
export const vacuumTables = async (database: Database): Promise<void> => {
  for (const table of ['phone_number', 'credential', 'audit_event', 'agent'])
    await database.query(`vacuum (analyze) ${table}`);
};
