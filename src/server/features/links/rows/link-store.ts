import type { ConnectionRole } from '#contract/connections/connections.ts';
import type { LinkState } from '#contract/connections/links.ts';
import type { Queryable, Transaction } from '#server/platform/db/database.ts';
import type { Values } from '#server/features/links/compare/link-values.ts';

export interface LinkKey {
  phone_number_id: string;
  role: ConnectionRole;
}

export interface LinkRow extends LinkKey {
  connection_id: string;
  /** Null until it is known that it is there. */
  upstream_id: string | null;
  state: LinkState;
  reason: string | null;
  message: string | null;
  since: string;
  seen: Values;
  /** Of secrets: marks. */
  seen_marks: Values;
  theirs: Values;
  theirs_marks: Values;
  seen_at: string | null;
  /** Sent last, while it is not known whether it arrived. */
  sent: Values | null;
  sent_marks: Values | null;
}

/** Of `number_link` under the alias l. */
export const linkColumns = `l.phone_number_id, l.role, l.connection_id, l.upstream_id, l.state, l.reason, l.message, l.since,
  l.seen, l.seen_marks, l.theirs, l.theirs_marks, l.seen_at, l.sent, l.sent_marks`;

const selectText = `select ${linkColumns} from number_link l where l.phone_number_id = $1 and l.role = $2`;

export const selectLink = async (
  queryable: Queryable,
  { phone_number_id: id, role }: LinkKey,
): Promise<LinkRow | undefined> =>
  (await queryable.query<LinkRow>({ name: 'select_link', text: selectText, instants: 'iso' }, [id, role]))[0];

/** All links of these numbers. */
export const selectLinksOf = (queryable: Queryable, ids: readonly string[]): Promise<LinkRow[]> =>
  queryable.query(
    {
      name: 'select_links_of',
      text: `select ${linkColumns} from number_link l where l.phone_number_id = any ($1)`,
      instants: 'iso',
    },
    [ids],
  );

/** Nobody else changes it until the transaction ends. */
export const lockLink = async (
  tx: Transaction,
  { phone_number_id: id, role }: LinkKey,
): Promise<LinkRow | undefined> =>
  (await tx.query<LinkRow>({ text: `${selectText} for update`, instants: 'iso' }, [id, role]))[0];

/** The links of a connection, in the order of what they are there; those that are not there yet are left out. */
export const selectLinksOfConnection = (queryable: Queryable, connectionId: string): Promise<LinkRow[]> =>
  queryable.query(
    {
      text: `select ${linkColumns} from number_link l join phone_number p on p.id = l.phone_number_id
        where l.connection_id = $1 and l.upstream_id is not null and p.deleted_at is null`,
      instants: 'iso',
    },
    [connectionId],
  );

export const insertLinks = async (
  tx: Transaction,
  links: readonly (LinkKey & { connection_id: string })[],
): Promise<void> => {
  await tx.query(
    `insert into number_link (phone_number_id, role, connection_id, state, reason)
      select phone_number_id, role, connection_id, 'pending', 'waiting'
      from jsonb_to_recordset($1::jsonb) as given(phone_number_id text, role text, connection_id text)`,
    [JSON.stringify(links)],
  );
};

/** Of these numbers, in this role. */
export const deleteLinks = async (
  tx: Transaction,
  ids: readonly string[],
  role: ConnectionRole,
): Promise<void> => {
  await tx.query('delete from number_link where phone_number_id = any ($1) and role = $2', [ids, role]);
};

export type LinkUpdate = Partial<
  Pick<
    LinkRow,
    | 'upstream_id'
    | 'state'
    | 'reason'
    | 'message'
    | 'seen'
    | 'seen_marks'
    | 'theirs'
    | 'theirs_marks'
    | 'sent'
    | 'sent_marks'
  >
> & { isSeenNow?: boolean };

// A number that was deleted here keeps what it was there until somebody else is that.
const letGoOfDeleted = async (
  tx: Transaction,
  { id, role, upstreamId }: { id: string; role: string; upstreamId: string },
): Promise<void> => {
  await tx.query(
    `delete from number_link l using number_link mine, phone_number p
      where mine.phone_number_id = $1 and mine.role = $2 and l.connection_id = mine.connection_id
        and l.upstream_id = $3 and l.phone_number_id <> $1 and p.id = l.phone_number_id and p.deleted_at is not null`,
    [id, role, upstreamId],
  );
};

const asJson = new Set(['seen', 'seen_marks', 'theirs', 'theirs_marks', 'sent', 'sent_marks']);

/** Writes what is given. `since` is when the state or its reason came to be so. */
export const updateLink = async (
  tx: Transaction,
  { phone_number_id: id, role }: LinkKey,
  { isSeenNow = false, ...given }: LinkUpdate,
): Promise<void> => {
  const values: unknown[] = [id, role];
  const place = (name: string, value: unknown) => {
    values.push(asJson.has(name) && value !== null ? JSON.stringify(value) : value);
    return `$${values.length}`;
  };
  const sets = Object.entries(given).map(([name, value]) => `${name} = ${place(name, value)}`);
  if (given.state !== undefined)
    sets.push(
      `since = case when state = ${place('state', given.state)} and reason is not distinct from ${place('reason', given.reason ?? null)} then since else clock_timestamp() end`,
    );
  if (isSeenNow) sets.push('seen_at = clock_timestamp()');
  if (sets.length === 0) return;
  if (given.upstream_id) await letGoOfDeleted(tx, { id, role, upstreamId: given.upstream_id });
  await tx.query(
    `update number_link set ${sets.join(', ')} where phone_number_id = $1 and role = $2`,
    values,
  );
};
