import type { Hours } from '#contract/business-hours.ts';
import { lookOf } from '#contract/reading/text.ts';
import type { Queryable, Transaction } from '#server/platform/db/database.ts';

export interface BusinessHoursRow extends Hours {
  id: string;
  version: number;
  /** ISO 8601, as answers have it. */
  created_at: string;
  updated_at: string;
}

export interface CountedBusinessHoursRow extends BusinessHoursRow {
  phone_number_count: number;
}

const columns = 'h.id, h.name, h.time_zone, h.weekly, h.exceptions, h.version, h.created_at, h.updated_at';
const counted = `${columns}, (select count(*) from phone_number p where p.business_hours_id = h.id and p.deleted_at is null) as phone_number_count`;

/** By name. */
export const selectAllBusinessHours = (queryable: Queryable): Promise<CountedBusinessHoursRow[]> =>
  queryable.query({
    name: 'select_all_business_hours',
    text: `select ${counted} from business_hours h order by h.name_key`,
    instants: 'iso',
  });

/** Without their counts, for those who decide by them: all, or these. */
export const selectHours = (
  queryable: Queryable,
  ids: readonly string[] | null,
): Promise<BusinessHoursRow[]> => {
  const text = `select ${columns} from business_hours h where $1::text[] is null or h.id = any ($1)`;
  return queryable.query({ name: 'select_hours', text, instants: 'iso' }, [ids]);
};

export const countBusinessHours = async (queryable: Queryable): Promise<number> => {
  const [row] = await queryable.query<{ hours: number }>('select count(*) as hours from business_hours');
  return row?.hours ?? 0;
};

export const selectBusinessHours = async (
  queryable: Queryable,
  id: string,
): Promise<CountedBusinessHoursRow | undefined> => {
  const text = `select ${counted} from business_hours h where h.id = $1`;
  const [row] = await queryable.query<CountedBusinessHoursRow>(
    { name: 'select_business_hours', text, instants: 'iso' },
    [id],
  );
  return row;
};

export const lockBusinessHours = async (
  tx: Transaction,
  id: string,
): Promise<BusinessHoursRow | undefined> => {
  const [row] = await tx.query<BusinessHoursRow>(
    { text: `select ${columns} from business_hours h where h.id = $1 for update`, instants: 'iso' },
    [id],
  );
  return row;
};

/** Which of these exist; none of them can be deleted until the transaction ends. */
export const lockBusinessHoursShared = async (
  tx: Transaction,
  ids: readonly string[],
): Promise<Set<string>> => {
  const rows = await tx.query<{ id: string }>(
    'select id from business_hours where id = any ($1) order by id for share',
    [ids],
  );
  return new Set(rows.map(({ id }) => id));
};

const valuesOf = ({ name, time_zone, weekly, exceptions }: Hours) => [
  name,
  lookOf(name),
  time_zone,
  JSON.stringify(weekly),
  JSON.stringify(exceptions),
];

export const insertBusinessHours = async (tx: Transaction, id: string, hours: Hours): Promise<void> => {
  const text =
    'insert into business_hours (id, name, name_key, time_zone, weekly, exceptions) values ($1, $2, $3, $4, $5, $6)';
  await tx.query(text, [id, ...valuesOf(hours)]);
};

/** Writes the next version of locked hours; returns it. */
export const updateBusinessHoursRow = async (tx: Transaction, id: string, hours: Hours): Promise<number> => {
  // A name that stays keeps its key: one from before names were compared by their look may look like another.
  const text = `update business_hours set (name, name_key, time_zone, weekly, exceptions)
      = ($2, case name when $2 then name_key else $3 end, $4, $5, $6),
    version = version + 1, updated_at = clock_timestamp() where id = $1 returning version`;
  const [row] = await tx.query<{ version: number }>(text, [id, ...valuesOf(hours)]);
  if (!row) throw new Error('The locked hours are gone');
  return row.version;
};

/** Throws a foreign key violation while a number goes by them. */
export const deleteBusinessHoursRow = async (tx: Transaction, id: string): Promise<void> => {
  await tx.query('delete from business_hours where id = $1', [id]);
};

/** How many numbers go by them; one that is deleted does not. */
export const countNumbersUsing = async (queryable: Queryable, id: string): Promise<number> => {
  const text =
    'select count(*) as numbers from phone_number where business_hours_id = $1 and deleted_at is null';
  const [row] = await queryable.query<{ numbers: number }>(text, [id]);
  return row?.numbers ?? 0;
};
