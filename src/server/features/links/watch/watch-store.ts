import { linkColumns, type LinkKey, type LinkRow } from '#server/features/links/rows/link-store.ts';
import type { Queryable, Transaction } from '#server/platform/db/database.ts';

export interface WatchedLink extends LinkRow {
  upstream_id: string;
  /** Something of it waits: to be sent, or is being sent (`push`), or for somebody to decide (`people`). */
  waits_for: 'push' | 'people' | null;
  /** It was read by somebody else since then. */
  is_newer: boolean;
}

const waitsFor = `(select case when w.due_at is null and coalesce(w.leased_until < clock_timestamp(), true)
    then 'people' else 'push' end
  from pending_change w where w.phone_number_id = l.phone_number_id and w.role = l.role)`;

/** Whom an account has under these ids. `readAt`: an instant before the account was asked for what it has. */
export const selectWatched = (
  queryable: Queryable,
  connectionId: string,
  upstreamIds: readonly string[],
  readAt: string,
): Promise<WatchedLink[]> =>
  queryable.query(
    {
      name: 'select_watched',
      text: `select ${linkColumns}, ${waitsFor} as waits_for, coalesce(l.seen_at >= $3::timestamptz, false) as is_newer
        from number_link l join phone_number p on p.id = l.phone_number_id
        where l.connection_id = $1 and l.upstream_id = any ($2) and p.deleted_at is null`,
      instants: 'iso',
    },
    [connectionId, upstreamIds, readAt],
  );

/**
 * Locks those that nobody else has locked, and says which: whoever waits for no lock is never waited for in a
 * circle. What stands in them is to be read after this.
 */
export const lockWatched = async (
  tx: Transaction,
  connectionId: string,
  upstreamIds: readonly string[],
): Promise<string[]> => {
  const rows = await tx.query<{ upstream_id: string }>(
    `select upstream_id from number_link where connection_id = $1 and upstream_id = any ($2)
     order by phone_number_id for update skip locked`,
    [connectionId, upstreamIds],
  );
  return rows.map(({ upstream_id: id }) => id);
};

export type WatchedUpdate = LinkKey &
  Pick<LinkRow, 'state' | 'reason' | 'message' | 'seen' | 'seen_marks' | 'theirs' | 'theirs_marks'>;

/** Of locked links. `readAt` is null where nothing was read there. */
export const updateWatched = async (
  tx: Transaction,
  updates: readonly WatchedUpdate[],
  readAt: string | null,
): Promise<void> => {
  await tx.query(
    `update number_link l set state = given.state, reason = given.reason, message = given.message,
       since = case when l.state = given.state and l.reason is not distinct from given.reason then l.since
         else clock_timestamp() end,
       seen = given.seen, seen_marks = given.seen_marks, theirs = given.theirs, theirs_marks = given.theirs_marks,
       seen_at = greatest(l.seen_at, $2::timestamptz)
     from jsonb_to_recordset($1::jsonb) as given (phone_number_id text, role text, state text, reason text,
       message text, seen jsonb, seen_marks jsonb, theirs jsonb, theirs_marks jsonb)
     where l.phone_number_id = given.phone_number_id and l.role = given.role`,
    [JSON.stringify(updates), readAt],
  );
};

/**
 * What waits of these goes on now. What somebody else has locked they send on themselves: they wait for the link,
 * which is locked here.
 */
export const sendAgain = async (tx: Transaction, links: readonly LinkKey[]): Promise<void> => {
  if (links.length === 0) return;
  await tx.query(
    `update pending_change w set due_at = clock_timestamp(), attempt = 0
     where (w.phone_number_id, w.role) in (
       select p.phone_number_id, p.role from pending_change p
         join jsonb_to_recordset($1::jsonb) as given (phone_number_id text, role text)
           on p.phone_number_id = given.phone_number_id and p.role = given.role
       for update of p skip locked)`,
    [JSON.stringify(links.map(({ phone_number_id, role }) => ({ phone_number_id, role })))],
  );
};

/**
 * Those that were not among these, though they were there when an account began to be read, at `beganAt`: the
 * ones first that were not read for the longest time.
 */
export const selectMissing = async (
  queryable: Queryable,
  connectionId: string,
  { listed, beganAt, most }: { listed: ReadonlySet<string>; beganAt: string; most: number },
): Promise<string[]> => {
  const rows = await queryable.query<{ upstream_id: string }>(
    `select l.upstream_id from number_link l join phone_number p on p.id = l.phone_number_id
     where l.connection_id = $1 and l.upstream_id is not null and l.state <> 'gone' and p.deleted_at is null
       and coalesce(l.seen_at < $3::timestamptz, true) and ${waitsFor} is null
       and not exists (select 1 from unnest($2::text[]) as listed (id) where listed.id = l.upstream_id)
     order by l.seen_at, l.phone_number_id limit $4`,
    [connectionId, [...listed], beganAt, most],
  );
  return rows.map(({ upstream_id: id }) => id);
};
