import pg from 'pg';
import type { Queryable } from '#server/platform/db/database.ts';

export interface ServerFacts {
  version: string;
  /** As in `150004`. */
  version_number: number;
  has_trigrams: boolean;
  /** Whether there are tables of ours yet. */
  is_made: boolean;
  /** The database's clock, in milliseconds since 1970. */
  clock_ms: number;
  user: string;
  is_superuser: boolean;
  /** Whether this role owns the tables, and so may change them and drop what guards the log. */
  is_owner: boolean;
}

export const selectServerFacts = async (queryable: Queryable): Promise<ServerFacts> => {
  const [facts] = await queryable.query<ServerFacts>(`
    select current_setting('server_version') as version, current_setting('server_version_num')::int as version_number,
      exists (select 1 from pg_extension where extname = 'pg_trgm') as has_trigrams,
      to_regclass('public.phone_number') is not null as is_made,
      extract(epoch from clock_timestamp())::float8 * 1000 as clock_ms,
      current_user::text as user,
      (select rolsuper from pg_roles where rolname = current_user) as is_superuser,
      coalesce((select pg_has_role(relowner, 'member') from pg_class where oid = to_regclass('public.phone_number')), false) as is_owner`);
  if (facts === undefined) throw new Error('The database answered nothing');
  return facts;
};

const HEAR_WITHIN_MS = 2000;

const withClients = async <T>(
  url: string,
  count: number,
  work: (clients: pg.Client[]) => Promise<T>,
): Promise<T> => {
  const clients = Array.from(
    { length: count },
    () =>
      new pg.Client({
        connectionString: url,
        connectionTimeoutMillis: 5000,
        query_timeout: 10_000,
        application_name: 'cordboard doctor',
      }),
  );
  try {
    for (const client of clients) {
      client.on('error', () => {});
      await client.connect();
    }
    return await work(clients);
  } finally {
    for (const client of clients) await client.end().catch(() => {});
  }
};

/** After how many milliseconds a notification of one connection is heard on another; null where it is not. */
export const timeNotification = (url: string): Promise<number | null> =>
  withClients(url, 2, async ([listener, sender]) => {
    if (listener === undefined || sender === undefined) return null;
    const channel = 'cordboard_doctor';
    await listener.query(`LISTEN ${channel}`);
    const startedAt = performance.now();
    return new Promise<number | null>((resolve, reject) => {
      const late = setTimeout(() => resolve(null), HEAR_WITHIN_MS);
      listener.on('notification', () => {
        clearTimeout(late);
        resolve(performance.now() - startedAt);
      });
      sender.query(`NOTIFY ${channel}`).catch(reject);
    });
  });

/**
 * Whether something between here and the server gives a connection another session for each transaction:
 * while others hold theirs, the same connection is then served by another process.
 */
export const isPooledByTransaction = (url: string): Promise<boolean> =>
  withClients(url, 4, async ([one, ...others]) => {
    if (one === undefined) return false;
    const processOf = async () =>
      (await one.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]?.pid;
    const before = await processOf();
    for (const other of others) await other.query('begin; select 1');
    const after = await processOf();
    for (const other of others) await other.query('rollback');
    return before !== after;
  });
