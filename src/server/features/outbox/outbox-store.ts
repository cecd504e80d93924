import type { Transaction } from '#server/platform/db/database.ts';
import type { Actor } from '#server/request-context.ts';

export interface Queued {
  phone_number_id: string;
  role: string;
  connection_id: string;
  act: 'push' | 'create' | 'delete';
  fields: readonly string[];
}

const queueText = `insert into pending_change as p
    (phone_number_id, role, connection_id, act, fields, is_person, actor_kind, actor_id, actor_name)
  select q.phone_number_id, q.role, q.connection_id, q.act,
    array(select jsonb_array_elements_text(q.fields)), $2, $3, $4, $5
  from jsonb_to_recordset($1::jsonb) as q(phone_number_id text, role text, connection_id text, act text, fields jsonb)
  on conflict (phone_number_id, role) do update set
    -- What is to be created is created with all it has by then.
    act = case when excluded.act = 'push' then p.act else excluded.act end,
    fields = array(select distinct unnest(p.fields || excluded.fields) order by 1),
    is_person = p.is_person or excluded.is_person,
    revision = p.revision + 1, attempt = 0, due_at = clock_timestamp(), first_at = clock_timestamp(),
    actor_kind = excluded.actor_kind, actor_id = excluded.actor_id, actor_name = excluded.actor_name`;

/** Puts them there, or more of it to what is there already; their links wait from now on. */
export const queueChanges = async (
  tx: Transaction,
  actor: Actor,
  isPerson: boolean,
  changes: readonly Queued[],
): Promise<void> => {
  if (changes.length === 0) return;
  const given = JSON.stringify(changes);
  await tx.query({ name: 'queue_pending_changes', text: queueText }, [
    given,
    isPerson,
    actor.kind,
    actor.id,
    actor.name,
  ]);
  await tx.query(
    {
      name: 'links_wait',
      text: `update number_link l set state = 'pending', reason = 'waiting', message = null, since = clock_timestamp()
        from jsonb_to_recordset($1::jsonb) as q(phone_number_id text, role text)
        where l.phone_number_id = q.phone_number_id and l.role = q.role`,
    },
    [given],
  );
};

/** The accounts that these numbers are in. */
export const selectLinked = (
  tx: Transaction,
  ids: readonly string[],
): Promise<Pick<Queued, 'phone_number_id' | 'role' | 'connection_id'>[]> =>
  tx.query(
    {
      name: 'select_linked',
      text: 'select phone_number_id, role, connection_id from number_link where phone_number_id = any ($1)',
    },
    [ids],
  );

/** Nothing of these waits any more. What is being sent at this moment is sent. */
export const dropWaiting = async (tx: Transaction, ids: readonly string[]): Promise<void> => {
  await tx.query(
    {
      name: 'drop_waiting',
      text: 'delete from pending_change where phone_number_id = any ($1)',
    },
    [ids],
  );
};

/** Of those that may be created there at this moment it is seen once that is over. */
export const delayDoubtful = async (tx: Transaction, ids: readonly string[]): Promise<void> => {
  await tx.query(
    `update pending_change w set due_at = clock_timestamp() + interval '30 seconds' from number_link l
      where w.phone_number_id = any ($1) and l.phone_number_id = w.phone_number_id and l.role = w.role
        and l.upstream_id is null and l.sent is not null`,
    [ids],
  );
};

/** Those of these that are to be deleted there, and are not yet. */
export const selectToDelete = async (tx: Transaction, ids: readonly string[]): Promise<Set<string>> =>
  new Set(
    (
      await tx.query<{ id: string }>(
        `select phone_number_id as id from pending_change where phone_number_id = any ($1) and act = 'delete'`,
        [ids],
      )
    ).map(({ id }) => id),
  );

/** What was to be deleted there stays; where that is being sent, the number is in that account no more. */
export const cancelDeletions = async (tx: Transaction, ids: readonly string[]): Promise<void> => {
  const isSent = `w.act = 'delete' and w.leased_until > clock_timestamp()`;
  await tx.query(
    `delete from number_link l using pending_change w where w.phone_number_id = any ($1)
      and l.phone_number_id = w.phone_number_id and l.role = w.role and ${isSent}`,
    [ids],
  );
  await tx.query(`delete from pending_change where phone_number_id = any ($1) and act = 'delete'`, [ids]);
};
