import type { Transaction } from '#server/platform/db/database.ts';

/** Why links are held: their account leads elsewhere since. */
const REASON = 'address_changed';
const MESSAGE = 'The connection leads elsewhere since. Look at what is there, then resume the connection.';

/** Nothing is sent of the numbers of a connection any more, until they are let go. Says whether there are any. */
export const holdLinksOf = async (tx: Transaction, connectionId: string): Promise<boolean> => {
  await tx.query('update pending_change set due_at = null where connection_id = $1', [connectionId]);
  const held = await tx.query(
    `update number_link set state = 'held', reason = $2, message = $3, since = clock_timestamp()
      where connection_id = $1 returning 1`,
    [connectionId, REASON, MESSAGE],
  );
  return held.length > 0;
};

/** What waited goes on; all others are compared with what is there when it is next looked through. */
export const letGoLinksOf = async (tx: Transaction, connectionId: string): Promise<void> => {
  // As whoever sends locks them: first what waits, then the links.
  await tx.query(
    'select 1 from pending_change where connection_id = $1 order by phone_number_id, role for update',
    [connectionId],
  );
  await tx.query(
    `update number_link l set state = 'pending', reason = 'waiting', message = null, since = clock_timestamp()
      from pending_change w where w.connection_id = $1 and w.due_at is null
        and l.phone_number_id = w.phone_number_id and l.role = w.role and l.reason = $2`,
    [connectionId, REASON],
  );
  await tx.query(
    `update pending_change w set due_at = clock_timestamp() from number_link l
      where w.connection_id = $1 and l.phone_number_id = w.phone_number_id and l.role = w.role
        and l.state = 'pending' and w.due_at is null`,
    [connectionId],
  );
};
