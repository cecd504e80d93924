import type { Database, Queryable, Transaction } from '#server/platform/db/database.ts';
import type { LinkKey } from './link-store.ts';

export interface PendingRow extends LinkKey {
  connection_id: string;
  act: 'push' | 'create' | 'delete';
  fields: string[];
  is_person: boolean;
  revision: number;
  attempt: number;
  first_at: string;
}

const columns = `w.phone_number_id, w.role, w.connection_id, w.act, w.fields, w.is_person, w.revision, w.attempt, w.first_at`;

const isDue = `w.due_at <= clock_timestamp() and (w.leased_until is null or w.leased_until < clock_timestamp())`;
const goesOn = `exists (select 1 from connection c where c.id = w.connection_id and not c.paused and c.state <> 'refused')`;

/** The connections that something is to be sent to now. */
export const selectDueConnections = async (queryable: Queryable): Promise<string[]> => {
  const text = `select c.id from connection c where not c.paused and c.state <> 'refused'
    and exists (select 1 from pending_change w where w.connection_id = c.id and ${isDue})`;
  return (await queryable.query<{ id: string }>({ name: 'due_connections', text })).map(({ id }) => id);
};

const claimText = `update pending_change w set leased_by = $2, leased_until = clock_timestamp() + make_interval(secs => $3)
  where (w.phone_number_id, w.role) = (
    select w.phone_number_id, w.role from pending_change w
    where w.connection_id = $1 and ${isDue} and ${goesOn}
    order by w.is_person desc, w.due_at, w.phone_number_id limit 1 for update skip locked
  ) returning ${columns}`;

/** The one that goes next: a person's before all others, then what has waited longest. */
export const claimPending = async (
  database: Database,
  connectionId: string,
  holder: string,
  seconds: number,
): Promise<PendingRow | undefined> =>
  (
    await database.query<PendingRow>({ name: 'claim_pending', text: claimText, instants: 'iso' }, [
      connectionId,
      holder,
      seconds,
    ])
  )[0];

/** Goes on holding what is held. */
export const extendLease = async (
  database: Database,
  { phone_number_id: id, role }: LinkKey,
  holder: string,
  seconds: number,
): Promise<void> => {
  await database.query(
    `update pending_change set leased_until = clock_timestamp() + make_interval(secs => $4)
      where phone_number_id = $1 and role = $2 and leased_by = $3`,
    [id, role, holder, seconds],
  );
};

/** What waits of a link, if anything does, is nobody else's until the transaction ends. */
export const lockPending = async (tx: Transaction, { phone_number_id: id, role }: LinkKey): Promise<void> => {
  await tx.query('select 1 from pending_change where phone_number_id = $1 and role = $2 for update', [
    id,
    role,
  ]);
};

/** Of these numbers, those that are being created at this moment. */
export const selectBeingCreated = async (
  tx: Transaction,
  ids: readonly string[],
  role: string,
): Promise<Set<string>> => {
  const text = `select phone_number_id as id from pending_change where phone_number_id = any ($1) and role = $2
    and act = 'create' and leased_until > clock_timestamp()`;
  return new Set((await tx.query<{ id: string }>(text, [ids, role])).map(({ id }) => id));
};

/** Whether it is still held; locked until the transaction ends. Null: it is not. */
export const lockHeld = async (
  tx: Transaction,
  { phone_number_id: id, role }: LinkKey,
  holder: string,
): Promise<PendingRow | null> => {
  const text = `select ${columns} from pending_change w
    where w.phone_number_id = $1 and w.role = $2 and w.leased_by = $3 for update`;
  return (await tx.query<PendingRow>({ text, instants: 'iso' }, [id, role, holder]))[0] ?? null;
};

export const deletePending = async (
  tx: Transaction,
  { phone_number_id: id, role }: LinkKey,
): Promise<void> => {
  await tx.query('delete from pending_change where phone_number_id = $1 and role = $2', [id, role]);
};

/** These wait no more, and nothing does where they were all; nor does it go on by itself. */
export const dropFields = async (
  tx: Transaction,
  { phone_number_id: id, role }: LinkKey,
  fields: readonly string[],
): Promise<void> => {
  await tx.query(
    `update pending_change set fields = array(select unnest(fields) except select unnest($3::text[])), revision = revision + 1
      where phone_number_id = $1 and role = $2`,
    [id, role, fields],
  );
  await tx.query(
    `delete from pending_change where phone_number_id = $1 and role = $2 and fields = '{}' and act = 'push'`,
    [id, role],
  );
};

/** Lets it go. It goes on after so many milliseconds; null: once somebody decides. */
export const releasePending = async (
  tx: Transaction,
  { phone_number_id: id, role }: LinkKey,
  { afterMs, attempt }: { afterMs: number | null; attempt: number },
): Promise<void> => {
  await tx.query(
    `update pending_change set leased_by = null, leased_until = null, attempt = $4,
      due_at = clock_timestamp() + make_interval(secs => $3::double precision / 1000)
      where phone_number_id = $1 and role = $2`,
    [id, role, afterMs, attempt],
  );
};

/** Whether somebody sends it at this moment. */
export const isBeingSent = async (
  tx: Transaction,
  { phone_number_id: id, role }: LinkKey,
): Promise<boolean> =>
  (
    await tx.query(
      `select 1 from pending_change where phone_number_id = $1 and role = $2 and leased_until > clock_timestamp()`,
      [id, role],
    )
  ).length > 0;

/** The database is opened by one server at a time: what another held, nobody does. */
export const releaseAllPending = async (database: Database): Promise<void> => {
  await database.query(
    'update pending_change set leased_by = null, leased_until = null where leased_by is not null',
  );
};

/** The platform is there again: what waits because it was not goes on now. */
export const hastenOthers = async (database: Database, connectionId: string): Promise<void> => {
  await database.query(
    `update pending_change set due_at = clock_timestamp() where (phone_number_id, role) in (
      select w.phone_number_id, w.role from pending_change w
        join number_link l on l.phone_number_id = w.phone_number_id and l.role = w.role
      where w.connection_id = $1 and w.attempt > 0 and w.due_at > clock_timestamp() and w.leased_by is null
        and l.state = 'retrying' and l.reason <> 'rate_limited'
      -- Whoever changes one of them meanwhile makes it due anyway.
      for update of w skip locked)`,
    [connectionId],
  );
};

/**
 * Where nothing was asked of a platform for a while, one of those that wait for it to be there again is due now, lest
 * all of them sleep on after it is back. After an hour each waits for its own turn.
 */
export const wakeQuietConnections = async (database: Database, quietSeconds: number): Promise<void> => {
  const text = `update pending_change set due_at = clock_timestamp() where (phone_number_id, role) in (
    select n.phone_number_id, n.role from connection c, lateral (
      select w.phone_number_id, w.role from pending_change w
        join number_link l on l.phone_number_id = w.phone_number_id and l.role = w.role
      where w.connection_id = c.id and w.attempt > 0 and w.due_at > clock_timestamp() and w.leased_by is null
        and w.first_at > clock_timestamp() - interval '1 hour' and l.state = 'retrying' and l.reason <> 'rate_limited'
      order by w.is_person desc, w.due_at limit 1 for update of w skip locked) n
    where not c.paused and c.state <> 'refused'
      and c.next_request_at < clock_timestamp() - make_interval(secs => $1))`;
  await database.query({ name: 'wake_quiet_connections', text }, [quietSeconds]);
};
