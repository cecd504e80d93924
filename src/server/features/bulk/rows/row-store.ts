import type { JobOutcome, PlanOutcome } from '#contract/bulk/plans.ts';
import { asParameters, forRows, isOneOf } from '#server/platform/db/for-sets.ts';
import type { Queryable, Transaction } from '#server/platform/db/database.ts';

/** A number of a plan. */
export interface BulkRow {
  place: number;
  /** Null of one that is not there yet. */
  phone_number_id: string | null;
  phone_number: string;
  /** The version it had when it was selected; null where none is expected. */
  version: number | null;
  /** Of an import: the line of the file, and what stands there. */
  line: number | null;
  given: unknown;
  /** What it was judged to become. */
  planned: PlanOutcome | null;
}

export type NewRow = Pick<BulkRow, 'phone_number_id' | 'phone_number' | 'version'> &
  Partial<Pick<BulkRow, 'place' | 'line' | 'given'>> & {
    errors?: readonly unknown[];
    planned?: PlanOutcome;
    planned_code?: string;
    planned_message?: string;
  };

const columns = {
  plan_id: 'text',
  place: 'integer',
  phone_number_id: 'text',
  phone_number: 'text',
  version: 'integer',
  line: 'integer',
  given: 'jsonb',
  errors: 'jsonb',
  planned: 'text',
  planned_code: 'text',
  planned_message: 'text',
};

// The alias of what is given to the statement is a column here, too.
const insert = forRows('insert_bulk_rows', columns, ({ rows }) => {
  const names = Object.keys(columns);
  return `insert into bulk_row (${names.join(', ')}, given_bytes)
    select ${names.map((name) => `given.${name}`).join(', ')}, octet_length(given.given::text) from ${rows}`;
});

export type LastRow = Pick<BulkRow, 'place' | 'phone_number_id'>;

export const selectLastRow = async (queryable: Queryable, planId: string): Promise<LastRow | null> => {
  const text = 'select place, phone_number_id from bulk_row where plan_id = $1 order by place desc limit 1';
  return (await queryable.query<LastRow>(text, [planId]))[0] ?? null;
};

/** Appends rows; those that do not say their place follow each other from this one. */
export const insertRows = async (
  tx: Transaction,
  planId: string,
  from: number,
  rows: readonly NewRow[],
): Promise<void> => {
  if (rows.length > 0)
    await insert(
      tx,
      rows.map((row, at) => ({ place: from + at, ...row, plan_id: planId })),
    );
};

/** As much of what rows bring along is taken up at once, in bytes. */
const PIECE_BYTES = 250_000;

/** The next rows of which this holds, which nobody else has in hand; fewer where they are heavy. */
const lockNext =
  (name: string, condition: string) =>
  async (tx: Transaction, planId: string, limit: number): Promise<BulkRow[]> => {
    const next = `select place, phone_number_id, phone_number, version, line, planned, given_bytes from bulk_row
      where plan_id = $1 and ${condition} order by place limit $2 for update skip locked`;
    const rows = await tx.query<Omit<BulkRow, 'given'> & { given_bytes: number | null }>(
      { name, text: next },
      [planId, limit],
    );
    let bytes = 0;
    const taken = rows.filter(({ given_bytes: own }, at) => {
      bytes += own ?? 0;
      return at === 0 || bytes <= PIECE_BYTES;
    });
    if (bytes === 0) return taken.map((row) => ({ ...row, given: null }));
    const given = await tx.query<{ place: number; given: unknown }>(
      {
        name: 'given_rows',
        text: `select place, given from bulk_row where plan_id = $1 and ${isOneOf('place', 2)}`,
      },
      [planId, ...asParameters(taken.map(({ place }) => place))],
    );
    const givenAt = new Map(given.map((row) => [row.place, row.given]));
    return taken.map((row) => ({ ...row, given: givenAt.get(row.place) ?? null }));
  };

/** The next that are not judged. */
export const lockUnjudged = lockNext('lock_unjudged', 'planned is null');

const isUndone = `planned in ('created', 'changed') and outcome is null`;

/** The next that are to be done. */
export const lockUndone = lockNext('lock_undone', isUndone);

export const hasUnjudged = async (queryable: Queryable, planId: string): Promise<boolean> =>
  (await queryable.query('select from bulk_row where plan_id = $1 and planned is null limit 1', [planId]))
    .length > 0;

export const hasUndone = async (queryable: Queryable, planId: string): Promise<boolean> =>
  (await queryable.query(`select from bulk_row where plan_id = $1 and ${isUndone} limit 1`, [planId]))
    .length > 0;

export interface Judged {
  place: number;
  planned: PlanOutcome;
  planned_code: string | null;
  planned_message: string | null;
  errors?: readonly unknown[] | undefined;
  /** Of a row that names a number by itself: which one it is, as it was judged. */
  phone_number_id?: string | undefined;
  version?: number | undefined;
}

/**
 * Sets columns of the rows at these places, given as parameters from the second on: a place each, and what stands there.
 * Between which places they lie is said, too (for-sets.ts).
 */
const setAt = (name: string, columns: Readonly<Record<string, string>>, set: string) => {
  const arrays = Object.entries(columns).map(([, type], at) => `$${at + 5}::${type}[]`);
  const text = `update bulk_row r set ${set}
    from unnest($2::integer[], ${arrays.join(', ')}) as given (place, ${Object.keys(columns).join(', ')})
    where r.plan_id = $1 and r.place between $3 and $4 and r.place = given.place`;
  return async <Row extends { place: number }>(
    tx: Transaction,
    planId: string,
    rows: readonly Row[],
  ): Promise<void> => {
    const valuesOf = (column: string) => rows.map((row) => row[column as keyof Row] ?? null);
    const places = asParameters(rows.map(({ place }) => place));
    await tx.query({ name, text }, [planId, ...places, ...Object.keys(columns).map(valuesOf)]);
  };
};

const setJudged = setAt(
  'set_judged',
  {
    planned: 'text',
    planned_code: 'text',
    planned_message: 'text',
    errors: 'text',
    phone_number_id: 'text',
    version: 'integer',
  },
  `planned = given.planned, planned_code = given.planned_code, planned_message = given.planned_message,
    errors = coalesce(given.errors::jsonb, r.errors), version = coalesce(given.version, r.version),
    phone_number_id = coalesce(given.phone_number_id, r.phone_number_id)`,
);

const isPlain = ({ errors, phone_number_id, version }: Judged) =>
  errors === undefined && phone_number_id === undefined && version === undefined;

/** What many have in common is said once for them. */
export const saveJudged = async (
  tx: Transaction,
  planId: string,
  judged: readonly Judged[],
): Promise<void> => {
  const plain = new Map<string, Judged[]>();
  for (const row of judged.filter(isPlain)) {
    const key = JSON.stringify([row.planned, row.planned_code, row.planned_message]);
    const alike = plain.get(key);
    if (alike === undefined) plain.set(key, [row]);
    else alike.push(row);
  }
  const text = `update bulk_row set planned = $2, planned_code = $3, planned_message = $4
    where plan_id = $1 and ${isOneOf('place', 5)}`;
  for (const [first, ...more] of plain.values()) {
    if (first === undefined) continue;
    const places = [first, ...more].map(({ place }) => place);
    await tx.query({ name: 'update_judged_alike', text }, [
      planId,
      first.planned,
      first.planned_code,
      first.planned_message,
      ...asParameters(places),
    ]);
  }
  const own = judged.filter((row) => !isPlain(row));
  if (own.length > 0)
    await setJudged(
      tx,
      planId,
      own.map(({ errors, ...row }) => ({ ...row, errors: errors && JSON.stringify(errors) })),
    );
};

/** So many of those that are not judged yet, at most; how many there were. */
export const refuseUnjudged = async (
  tx: Transaction,
  planId: string,
  { code, message }: { code: string; message: string },
  limit: number,
): Promise<number> => {
  const text = `update bulk_row set planned = 'refused', planned_code = $2, planned_message = $3
    where plan_id = $1 and place in (
      select place from bulk_row where plan_id = $1 and planned is null order by place limit $4 for update)
    returning place`;
  return (await tx.query(text, [planId, code, message, limit])).length;
};

/** Those of these numbers that no row of the plan is about. */
export const selectUnlisted = async (
  queryable: Queryable,
  planId: string,
  ids: readonly string[],
): Promise<string[]> => {
  const text = `select asked.id from unnest($2::text[]) as asked (id)
    where not exists (select from bulk_row r where r.plan_id = $1 and r.phone_number_id = asked.id)`;
  return (await queryable.query<{ id: string }>(text, [planId, ids])).map(({ id }) => id);
};

export interface Done {
  place: number;
  outcome: JobOutcome;
  code: string | null;
  message: string | null;
  /** Of one that was added. */
  phone_number_id: string | null;
  made_version: number | null;
}

const setDone = setAt(
  'set_done',
  { outcome: 'text', code: 'text', message: 'text', phone_number_id: 'text', made_version: 'integer' },
  `outcome = given.outcome, code = given.code, message = given.message, made_version = given.made_version,
    phone_number_id = coalesce(given.phone_number_id, r.phone_number_id)`,
);

export const saveDone: (tx: Transaction, planId: string, done: readonly Done[]) => Promise<void> = setDone;
