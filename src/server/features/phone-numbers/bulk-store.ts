import type { Database, Queryable, Transaction } from '#server/db/database.ts';
import { changeable, changeableValues, type NewPhoneNumber } from './store.ts';

const columns = `id, phone_number, phone_number_international, country, provider, created_at, ${changeable}`.split(', ');
const typed = new Map([
  ['labels', 'text[]'],
  ['label_keys', 'text[]'],
  ['metadata', 'jsonb'],
  ['settings', 'jsonb'],
  ['credential_fingerprints', 'jsonb'],
  ['routing', 'jsonb'],
  ['call_handling', 'jsonb'],
  ['temporary_reassignment', 'jsonb'],
  ['routed_agent_ids', 'text[]'],
  ['forwards_to', 'text[]'],
  ['answers', 'text[]'],
  ['stand_in_from', 'timestamptz'],
  ['stand_in_until', 'timestamptz'],
]);
// Each column travels as one array over all rows: instants as such, all else as its text.
const selected = columns.map((column) => (typed.has(column) ? `${column}::${typed.get(column)}` : column));

const insertManyText = `insert into phone_number (${columns.join(', ')}, updated_at)
  select ${selected.join(', ')}, created_at from unnest(${columns.map((column, index) => `$${index + 1}::${column === 'created_at' ? 'timestamptz' : 'text'}[]`).join(', ')}) as row (${columns.join(', ')})
  on conflict (phone_number) where deleted_at is null do nothing returning id`;

const asArrayText = (values: readonly string[]) => `{${values.map((value) => `"${value.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;

/** Adds many numbers in one statement; returns the ids of those that were not there. */
export const insertPhoneNumbers = async (tx: Transaction, numbers: readonly (NewPhoneNumber & { created_at: Date })[]): Promise<Set<string>> => {
  const rows = numbers.map((number) => {
    const { id, phone_number, phone_number_international, country, provider, created_at } = number;
    const values = changeableValues(number).map((value) => (Array.isArray(value) ? asArrayText(value as string[]) : value));
    return [id, phone_number, phone_number_international, country, provider, created_at, ...values];
  });
  const inserted = await tx.query<{ id: string }>(
    insertManyText,
    columns.map((_, column) => rows.map((row) => row[column])),
  );
  return new Set(inserted.map(({ id }) => id));
};

export const countAllPhoneNumbers = async (queryable: Queryable): Promise<number> => {
  const [row] = await queryable.query<{ numbers: number }>('select count(*) as numbers from phone_number');
  return row?.numbers ?? 0;
};

/** After many rows came at once: the planner learns of them, and the indexes can answer alone. */
export const settleTables = async (database: Database): Promise<void> => {
  for (const table of ['phone_number', 'credential', 'audit_event', 'agent']) await database.query(`vacuum (analyze) ${table}`);
};
