import type { ConnectionKindName, ConnectionState } from '#contract/connections/connections.ts';
import { lookOf } from '#contract/reading/text.ts';
import type { ConnectionCredentials } from '#server/features/credentials/connection-credentials.ts';
import type { Queryable, Transaction } from '#server/platform/db/database.ts';
import type { StoredMarks } from '#server/platform/secrets/fingerprints.ts';
import { isWatched, WATCHED_EVERY } from './watch-turns-store.ts';

/** What people set. */
export interface ConnectionFields {
  name: string;
  settings: { base_url?: string };
  paused: boolean;
}

/** What a check found. Instants are ISO 8601. */
export interface CheckedState {
  state: ConnectionState;
  reason: string | null;
  message: string | null;
  key_expires_at: string | null;
  numbers_seen: number | null;
}

/** Of the numbers that are linked to it. */
export interface LinkCounts {
  linked_numbers: number;
  waiting_changes: number;
  drifted_numbers: number;
}

/** When its numbers were and are read there. */
export interface WatchTimes {
  watched_at: string | null;
  next_watch_at: string | null;
}

export interface ConnectionRow extends ConnectionFields, CheckedState, LinkCounts, WatchTimes {
  id: string;
  kind: ConnectionKindName;
  role: 'platform' | 'carrier';
  checked_at: string | null;
  /** By credential. */
  marks: StoredMarks;
  version: number;
  created_at: string;
  updated_at: string;
}

/** Itself, and nothing of its numbers: to count them takes long. */
export type OwnRow = Omit<ConnectionRow, keyof LinkCounts | keyof WatchTimes>;

const ownColumns = `c.id, c.kind, c.role, c.name, c.settings, c.paused, c.state, c.reason, c.message, c.checked_at,
  c.key_expires_at, c.numbers_seen, c.version, c.created_at, c.updated_at,
  (select coalesce(jsonb_object_agg(m.field, m.fingerprint || '@' || m.secret_version), '{}')
   from connection_credential m where m.connection_id = c.id) as marks`;
const columns = `${ownColumns},
  (select count(*) from number_link l join phone_number p on p.id = l.phone_number_id
   where l.connection_id = c.id and p.deleted_at is null) as linked_numbers,
  (select count(*) from pending_change w where w.connection_id = c.id) as waiting_changes,
  (select count(*) from number_link l join phone_number p on p.id = l.phone_number_id
   where l.connection_id = c.id and p.deleted_at is null
   and l.state in ('drift', 'conflict', 'held', 'gone')) as drifted_numbers,
  c.watched_at, case when ${isWatched} then c.watch_due_at end as next_watch_at`;

/** By name. */
export const selectConnections = (queryable: Queryable): Promise<ConnectionRow[]> =>
  queryable.query({ text: `select ${columns} from connection c order by c.name_key`, instants: 'iso' });

export const selectConnection = async (
  queryable: Queryable,
  id: string,
): Promise<ConnectionRow | undefined> => {
  const text = `select ${columns} from connection c where c.id = $1`;
  return (await queryable.query<ConnectionRow>({ text, instants: 'iso' }, [id]))[0];
};

export const selectKind = async (
  queryable: Queryable,
  id: string,
): Promise<ConnectionKindName | undefined> => {
  const query = { name: 'kind_of_connection', text: 'select kind from connection where id = $1' };
  return (await queryable.query<{ kind: ConnectionKindName }>(query, [id]))[0]?.kind;
};

type SealedRow = Parameters<ConnectionCredentials['open']>[0][number];

export interface SealedConnection {
  row: OwnRow;
  sealed: SealedRow[];
}

/**
 * A connection and what is sealed for it, in one statement: in two, the key that came with another address
 * could be taken for that of this one.
 */
export const selectSealedConnection = async (
  queryable: Queryable,
  id: string,
): Promise<SealedConnection | undefined> => {
  const text = `select ${ownColumns}, s.connection_id, s.field, s.sealed, s.key_id, s.secret_version, s.address, s.fingerprint
    from connection c left join connection_credential s on s.connection_id = c.id where c.id = $1`;
  const rows = await queryable.query<OwnRow & (SealedRow | { sealed: null })>({ text, instants: 'iso' }, [
    id,
  ]);
  const isSealed = (row: (typeof rows)[number]): row is OwnRow & SealedRow => row.sealed !== null;
  const [row] = rows;
  return row && { row, sealed: rows.filter(isSealed) };
};

export const lockConnection = async (tx: Transaction, id: string): Promise<ConnectionRow | undefined> => {
  // Two statements: the second sees the credentials that were set while the first waited.
  await tx.query('select 1 from connection where id = $1 for update', [id]);
  return selectConnection(tx, id);
};

/** Nobody changes where it leads, or its key, until the transaction ends; others ask it meanwhile. */
export const keepSealedConnection = async (
  tx: Transaction,
  id: string,
): Promise<SealedConnection | undefined> => {
  // Two statements, as above.
  await tx.query('select 1 from connection where id = $1 for key share', [id]);
  return selectSealedConnection(tx, id);
};

/** Whether it is open at this version; nobody closes or changes it until the transaction ends. */
export const keepOpen = async (
  tx: Transaction,
  { id, version }: Pick<ConnectionRow, 'id' | 'version'>,
): Promise<boolean> =>
  (
    await tx.query(
      `select 1 from connection where id = $1 and version = $2 and not paused and state <> 'refused' for share`,
      [id, version],
    )
  ).length > 0;

export const countConnections = async (queryable: Queryable): Promise<number> =>
  (await queryable.query<{ count: number }>('select count(*) as count from connection'))[0]?.count ?? 0;

export const insertConnection = async (
  tx: Transaction,
  row: Pick<ConnectionRow, 'id' | 'kind' | 'role' | 'name' | 'settings'>,
): Promise<void> => {
  await tx.query(
    `insert into connection (id, kind, role, name, name_key, settings, watch_due_at)
     values ($1, $2, $3, $4, $5, $6, clock_timestamp() + ${WATCHED_EVERY})`,
    [row.id, row.kind, row.role, row.name, lookOf(row.name), JSON.stringify(row.settings)],
  );
};

/**
 * Writes the next version of a locked connection; returns it. With `forgetCheck`, what a check found counts no
 * more.
 */
export const updateConnection = async (
  tx: Transaction,
  id: string,
  { name, settings, paused }: ConnectionFields,
  { forgetCheck }: { forgetCheck: boolean },
): Promise<number> => {
  const text = `update connection set name = $2, name_key = case name when $2 then name_key else $3 end, settings = $4, paused = $5,
    watch_due_at = case when paused and not $5 then clock_timestamp() else watch_due_at end,
    state = case when $6 then 'unchecked' else state end,
    reason = case when $6 then null else reason end,
    message = case when $6 then null else message end,
    checked_at = case when $6 then null else checked_at end,
    key_expires_at = case when $6 then null else key_expires_at end,
    numbers_seen = case when $6 then null else numbers_seen end,
    version = version + 1, updated_at = clock_timestamp() where id = $1 returning version`;
  const values = [id, name, lookOf(name), JSON.stringify(settings), paused, forgetCheck];
  const [row] = await tx.query<{ version: number }>(text, values);
  if (!row) throw new Error('The locked connection is gone');
  return row.version;
};

/** Makes no new version: what is found elsewhere is nobody's change. */
export const updateCheckedState = async (tx: Transaction, id: string, found: CheckedState): Promise<void> => {
  await tx.query(
    `update connection set state = $2, reason = $3, message = $4, key_expires_at = $5, numbers_seen = $6,
     checked_at = clock_timestamp() where id = $1`,
    [id, found.state, found.reason, found.message, found.key_expires_at, found.numbers_seen],
  );
};

/** With its credentials. */
export const deleteConnectionRow = async (tx: Transaction, id: string): Promise<void> => {
  await tx.query('delete from connection where id = $1', [id]);
};

/** After a database was put back from a backup: what was connected then is not asked or told anything now. */
export const pauseAllConnections = async (
  tx: Transaction,
): Promise<{ id: string; name: string; version: number }[]> =>
  tx.query(
    `update connection set paused = true, version = version + 1, updated_at = clock_timestamp()
     where not paused returning id, name, version`,
  );

/** Whoever held it held it elsewhere, and whatever pace was kept was kept by another clock. */
export const forgetPaceOfAll = async (tx: Transaction): Promise<void> => {
  await tx.query('update connection set next_request_at = clock_timestamp(), watch_leased_until = null');
};
