import type { Queryable, Transaction } from '#server/platform/db/database.ts';

/** A table as it is copied: its rows in the order of their primary key, as JSON, whatever its columns are. */
export interface CopiedTable {
  name: string;
  /** The columns of the primary key, in its order. */
  key: { name: string; type: string }[];
  /** Tables that its foreign keys name: they must be there first. */
  needs: string[];
}

/** The values of a primary key, as text; null before the first row. */
export type KeyPosition = readonly string[] | null;

const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;

// Labels are counted by the other database itself, as numbers arrive there; and where its jobs are it knows.
const selectTables = `
  select c.relname::text as name,
    (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, null)) order by k.position)
     from pg_index i, unnest(i.indkey) with ordinality as k (attnum, position), pg_attribute a
     where i.indrelid = c.oid and i.indisprimary and a.attrelid = c.oid and a.attnum = k.attnum) as key,
    (select coalesce(json_agg(distinct r.relname), '[]') from pg_constraint f join pg_class r on r.oid = f.confrelid
     where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid) as needs
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = 'public' and c.relkind = 'r' and c.relname not in ('schema_migration', 'incoming_move', 'label_count', 'job_home')
  order by c.relname`;

/** Every table of ours, each behind those that it needs. */
export const findTables = async (queryable: Queryable): Promise<CopiedTable[]> => {
  const left = await queryable.query<CopiedTable>(selectTables);
  const ordered: CopiedTable[] = [];
  while (left.length > 0) {
    const at = left.findIndex(({ needs }) =>
      needs.every((name) => ordered.some((table) => table.name === name)),
    );
    if (at < 0) throw new Error(`These tables need each other: ${left.map(({ name }) => name).join(', ')}`);
    ordered.push(...left.splice(at, 1));
  }
  return ordered;
};

// Two databases agree on the order of bytes, and on nothing else about the order of text.
const orderOf = ({ key }: CopiedTable, suffix = '') =>
  key.map(({ name, type }) => `${quote(name)}${type === 'text' ? ' collate "C"' : ''}${suffix}`);
const keyOf = ({ key }: CopiedTable) =>
  `array[${key.map(({ name }) => `${quote(name)}::text`).join(', ')}] as key`;

const page = (
  table: CopiedTable,
  selected: string,
  after: KeyPosition,
  limit: number,
): [text: string, values: unknown[]] => {
  const behind =
    after === null
      ? ''
      : `where (${orderOf(table).join(', ')}) > (${table.key.map(({ type }, at) => `$${at + 2}::${type}`).join(', ')})`;
  const text = `select ${keyOf(table)}, ${selected} from ${quote(table.name)} t ${behind} order by ${orderOf(table).join(', ')} limit $1`;
  return [text, [limit, ...(after ?? [])]];
};

// Instants are written in the zone of the session.
const inUtc = (tx: Transaction) => tx.query(`set local time zone 'UTC'`);

export interface Row {
  key: string[];
  json: string;
}

export const readRows = async (
  tx: Transaction,
  table: CopiedTable,
  after: KeyPosition,
  limit: number,
): Promise<Row[]> => {
  await inUtc(tx);
  return tx.query<Row>(...page(table, 'to_jsonb(t)::text as json', after, limit));
};

export interface RowHash {
  key: string[];
  hash: string;
}

/** What tells two rows apart: the SHA-256 of each, of all its columns. */
export const readRowHashes = async (
  tx: Transaction,
  table: CopiedTable,
  after: KeyPosition,
  limit: number,
): Promise<RowHash[]> => {
  await inUtc(tx);
  return tx.query<RowHash>(
    ...page(table, `encode(sha256(convert_to(to_jsonb(t)::text, 'UTF8')), 'hex') as hash`, after, limit),
  );
};

export const writeRows = async (
  tx: Transaction,
  { name }: CopiedTable,
  rows: readonly Row[],
): Promise<void> => {
  await tx.query(
    `insert into ${quote(name)} overriding system value select * from jsonb_populate_recordset(null::${quote(name)}, $1::jsonb)`,
    [`[${rows.map(({ json }) => json).join(',')}]`],
  );
};

export const findLastKey = async (queryable: Queryable, table: CopiedTable): Promise<KeyPosition> => {
  const text = `select ${keyOf(table)} from ${quote(table.name)} order by ${orderOf(table, ' desc').join(', ')} limit 1`;
  return (await queryable.query<{ key: string[] }>(text))[0]?.key ?? null;
};

/** Columns that count by themselves go on behind the highest that was copied. */
export const continueCounting = async (queryable: Queryable): Promise<void> => {
  const columns = await queryable.query<{ table: string; column: string }>(
    `select table_name::text as table, column_name::text as column from information_schema.columns
     where table_schema = 'public' and is_identity = 'YES'`,
  );
  for (const { table, column } of columns)
    await queryable.query(
      `select setval(pg_get_serial_sequence($1, $2), (select max(${quote(column)}) from ${quote(table)}))
       where exists (select 1 from ${quote(table)})`,
      [quote(table), column],
    );
};
