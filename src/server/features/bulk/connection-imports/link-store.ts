import type { Queryable, Transaction } from '#server/platform/db/database.ts';
import { forRows } from '#server/platform/db/for-sets.ts';

export interface LinkedRecord {
  upstream_id: string;
  phone_number_id: string;
  phone_number: string;
}

/** Of these records of an account, the numbers here that are linked to them. */
export const selectLinkedRecords = (
  queryable: Queryable,
  connectionId: string,
  upstreamIds: readonly string[],
): Promise<LinkedRecord[]> =>
  queryable.query(
    {
      name: 'linked_records',
      text: `select l.upstream_id, p.id as phone_number_id, p.phone_number from number_link l
        join phone_number p on p.id = l.phone_number_id and p.deleted_at is null
        where l.connection_id = $1 and l.upstream_id = any ($2)`,
    },
    [connectionId, upstreamIds],
  );

export interface LinkToSave {
  phone_number_id: string;
  role: string;
  connection_id: string;
  upstream_id: string;
  state: string;
  reason: string | null;
  message: string | null;
  seen: Readonly<Record<string, string | null>>;
  seen_marks: Readonly<Record<string, string>>;
}

const save = forRows(
  'save_read_links',
  {
    phone_number_id: 'text',
    role: 'text',
    connection_id: 'text',
    upstream_id: 'text',
    state: 'text',
    reason: 'text',
    message: 'text',
    seen: 'jsonb',
    seen_marks: 'jsonb',
  },
  ({
    rows,
  }) => `insert into number_link as l (phone_number_id, role, connection_id, upstream_id, state, reason,
      message, seen, seen_marks, theirs, theirs_marks, seen_at)
    select phone_number_id, role, connection_id, upstream_id, state, reason, message, seen, seen_marks, seen,
      seen_marks, clock_timestamp() from ${rows}
    on conflict (phone_number_id, role) do update set
      state = excluded.state, reason = excluded.reason, message = excluded.message,
      since = case when l.state = excluded.state then l.since else excluded.since end,
      seen = excluded.seen, seen_marks = excluded.seen_marks,
      theirs = excluded.theirs, theirs_marks = excluded.theirs_marks, seen_at = excluded.seen_at
    where l.connection_id = excluded.connection_id and l.upstream_id = excluded.upstream_id
      -- What is on its way is settled by whoever sends it.
      and not exists (select from pending_change w where w.phone_number_id = l.phone_number_id and w.role = l.role
        and (w.due_at is not null or w.leased_until > clock_timestamp()))`,
);

/** Locked before the links are, as by whoever sends it. */
const lockWaiting = async (tx: Transaction, links: readonly LinkToSave[]): Promise<void> => {
  const text = `select from pending_change where phone_number_id = any ($1)
    order by phone_number_id, role for update`;
  await tx.query({ name: 'lock_waiting_of_read', text }, [links.map((link) => link.phone_number_id)]);
};

/** What waited for somebody to decide waits no more where the platform's values were taken, or the rest is told. */
const dropDecided = async (tx: Transaction, connectionId: string, links: readonly LinkToSave[]) => {
  const text = `delete from pending_change w using number_link l
    where w.phone_number_id = any ($2) and w.connection_id = $1 and w.act = 'push' and w.due_at is null
      and coalesce(w.leased_until < clock_timestamp(), true)
      and l.phone_number_id = w.phone_number_id and l.role = w.role and l.state in ('synced', 'drift')`;
  const ids = links.map((link) => link.phone_number_id);
  await tx.query({ name: 'drop_decided_of_read', text }, [connectionId, ids]);
};

/** Of numbers that are locked, and were just read there. A deleted number gives its record free. */
export const saveLinks = async (
  tx: Transaction,
  connectionId: string,
  links: readonly LinkToSave[],
): Promise<void> => {
  if (links.length === 0) return;
  await tx.query(
    {
      name: 'free_links_of_deleted',
      text: `delete from number_link l using phone_number p
        where p.id = l.phone_number_id and p.deleted_at is not null and l.connection_id = $1 and l.upstream_id = any ($2)`,
    },
    [connectionId, links.map(({ upstream_id: id }) => id)],
  );
  await lockWaiting(tx, links);
  await save(
    tx,
    links.map((link) => ({ ...link })),
  );
  await dropDecided(tx, connectionId, links);
};

/** Takes links back that an import made, where they still are as it made them; the places of those. */
export const deleteMadeLinks = async (
  tx: Transaction,
  planId: string,
  places: readonly number[],
): Promise<Set<number>> => {
  const deleted = await tx.query<{ place: number }>(
    `delete from number_link l using connection_import_row c, bulk_row r, connection_import i
     where c.plan_id = $1 and c.place = any ($2) and c.has_made_link
       and r.plan_id = c.plan_id and r.place = c.place and i.plan_id = c.plan_id
       and l.phone_number_id = r.phone_number_id and l.connection_id = i.connection_id and l.upstream_id = c.upstream_id
     returning c.place`,
    [planId, places],
  );
  return new Set(deleted.map(({ place }) => place));
};
