import type { Database, Queryable, Transaction } from '#server/platform/db/database.ts';

/** In SQL: so often at most all numbers of an account are read. */
export const WATCHED_EVERY = `interval '5 minutes'`;

// Where none of its numbers is there, there is nothing to compare.
const isLinked = `exists (select 1 from number_link l join phone_number p on p.id = l.phone_number_id
    where l.connection_id = c.id and l.upstream_id is not null and p.deleted_at is null)`;
/** The condition that the numbers of a connection are read by themselves, of `connection` under the alias c. */
export const isWatched = `not c.paused and c.state <> 'refused' and ${isLinked}`;

/** The turn of one server at one account. */
export interface WatchTurn {
  connection_id: string;
  /** By the clock of the database. */
  began_at: string;
  /** Until when it is held: whoever says this holds it. */
  lease: string;
}

const claimText = `update connection w set watch_leased_until = clock_timestamp() + make_interval(secs => $1)
  where w.id = (
    select c.id from connection c
    where c.watch_due_at <= clock_timestamp()
      and (c.watch_leased_until is null or c.watch_leased_until < clock_timestamp()) and ${isWatched}
    order by c.watch_due_at limit 1 for update of c skip locked
  ) returning w.id as connection_id, clock_timestamp()::text as began_at, w.watch_leased_until::text as lease`;

/** The account whose turn has come, held for so many seconds; no other server gets it meanwhile. */
export const claimWatch = async (database: Database, seconds: number): Promise<WatchTurn | undefined> =>
  (await database.query<WatchTurn>({ name: 'claim_watch', text: claimText }, [seconds]))[0];

/** The lease from now on; null where it is another server's, or nothing may be asked there any more. */
export const extendWatch = async (
  database: Database,
  { connection_id: id, lease }: WatchTurn,
  seconds: number,
): Promise<string | null> => {
  const text = `update connection c set watch_leased_until = clock_timestamp() + make_interval(secs => $3)
    where c.id = $1 and c.watch_leased_until = $2::timestamptz and not c.paused and c.state <> 'refused'
    returning watch_leased_until::text as lease`;
  const rows = await database.query<{ lease: string }>({ name: 'extend_watch', text }, [id, lease, seconds]);
  return rows[0]?.lease ?? null;
};

/**
 * Ends a turn that is still held; returns the connection's version, null where it is not. The next turn begins
 * five minutes after this one began, or three times as long after it as this one took, and never before the
 * platform wants to be asked; at once where somebody asked for it meanwhile.
 */
export const endWatch = async (
  tx: Transaction,
  { connection_id: id, lease, began_at: beganAt }: WatchTurn,
  { isWhole, restMs }: { isWhole: boolean; restMs: number },
): Promise<number | null> => {
  const text = `update connection c set watch_leased_until = null,
      watched_at = case when $4 then $3::timestamptz else watched_at end,
      watch_due_at = case when watch_due_at >= $3::timestamptz then watch_due_at else greatest(
        $3::timestamptz + ${WATCHED_EVERY}, $3::timestamptz + 3 * (clock_timestamp() - $3::timestamptz),
        clock_timestamp() + $5 * interval '1 millisecond') end
    where c.id = $1 and c.watch_leased_until = $2::timestamptz returning version`;
  const rows = await tx.query<{ version: number }>(text, [id, lease, beganAt, isWhole, restMs]);
  return rows[0]?.version ?? null;
};

/** Lets a turn go that was broken off: another server, or this one, takes it up after so many milliseconds. */
export const releaseWatch = async (
  database: Database,
  { connection_id: id, lease }: WatchTurn,
  afterMs: number,
): Promise<void> => {
  await database.query(
    `update connection set watch_leased_until = null,
       watch_due_at = greatest(watch_due_at, clock_timestamp() + $3 * interval '1 millisecond')
     where id = $1 and watch_leased_until = $2::timestamptz`,
    [id, lease, afterMs],
  );
};

/** The database is opened by one server at a time: what another held, nobody does. */
export const releaseAllWatches = async (database: Database): Promise<void> => {
  await database.query(
    'update connection set watch_leased_until = null where watch_leased_until is not null',
  );
};

/** Somebody wants to know now. */
export const makeWatchDue = async (tx: Transaction, id: string): Promise<void> => {
  await tx.query('update connection set watch_due_at = clock_timestamp() where id = $1', [id]);
};

/** By the clock of the database; null where a connection is not open any more as it was at this version. */
export const selectClock = async (
  queryable: Queryable,
  { id, version }: { id: string; version: number },
): Promise<string | null> => {
  const text = `select clock_timestamp()::text as now from connection
    where id = $1 and version = $2 and not paused and state <> 'refused'`;
  return (
    (await queryable.query<{ now: string }>({ name: 'watch_clock', text }, [id, version]))[0]?.now ?? null
  );
};
