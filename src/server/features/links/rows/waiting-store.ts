import type { LinkState, PendingChange } from '#contract/connections/links.ts';
import type { ConnectionRole } from '#contract/connections/connections.ts';
import type { Queryable } from '#server/platform/db/database.ts';

interface Paging {
  connectionId: string | undefined;
  /** The keys of the last row shown. */
  after: readonly string[] | undefined;
  limit: number;
}

export type WaitingRow = PendingChange & { first_key: string };

// As text, so that a page goes on where the one before ended, to the microsecond.
const firstKey = `to_char(w.first_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')`;

/** What waits, the longest first. */
export const selectWaiting = (
  queryable: Queryable,
  { connectionId, after, limit }: Paging,
): Promise<WaitingRow[]> =>
  queryable.query(
    {
      text: `select w.phone_number_id, p.phone_number, w.role, w.connection_id, l.state, l.reason, l.message, l.since,
          w.act, w.fields, w.attempt, w.due_at as next_try_at, w.actor_name as by, ${firstKey} as first_key
        from pending_change w join phone_number p on p.id = w.phone_number_id
          join number_link l on l.phone_number_id = w.phone_number_id and l.role = w.role
        where ($1::text is null or w.connection_id = $1)
          and ($2::text is null or (${firstKey}, w.phone_number_id, w.role) > ($2, $3, $4))
        order by ${firstKey}, w.phone_number_id, w.role limit $5`,
      instants: 'iso',
    },
    [connectionId ?? null, after?.[0] ?? null, after?.[1] ?? null, after?.[2] ?? null, limit],
  );

export const countWaiting = async (queryable: Queryable, connectionId: string | undefined): Promise<number> =>
  (
    await queryable.query<{ count: number }>(
      'select count(*) as count from pending_change where $1::text is null or connection_id = $1',
      [connectionId ?? null],
    )
  )[0]?.count ?? 0;

export interface DriftedRow {
  phone_number_id: string;
  phone_number: string;
  role: ConnectionRole;
  connection_id: string;
  state: LinkState;
  reason: string | null;
  message: string | null;
  since: string;
}

const isDrifted = `l.state in ('drift', 'conflict', 'held', 'gone') and p.deleted_at is null
  and ($1::text is null or l.connection_id = $1)`;
const fromDrifted = 'from number_link l join phone_number p on p.id = l.phone_number_id';

/** Numbers that are otherwise there than here, in the order of their ids. */
export const selectDrifted = (
  queryable: Queryable,
  { connectionId, after, limit }: Paging,
): Promise<DriftedRow[]> =>
  queryable.query(
    {
      text: `select l.phone_number_id, p.phone_number, l.role, l.connection_id, l.state, l.reason, l.message, l.since
        ${fromDrifted} where ${isDrifted}
          and ($2::text is null or (l.phone_number_id, l.role) > ($2, $3))
        order by l.phone_number_id, l.role limit $4`,
      instants: 'iso',
    },
    [connectionId ?? null, after?.[0] ?? null, after?.[1] ?? null, limit],
  );

export const countDrifted = async (queryable: Queryable, connectionId: string | undefined): Promise<number> =>
  (
    await queryable.query<{ count: number }>(`select count(*) as count ${fromDrifted} where ${isDrifted}`, [
      connectionId ?? null,
    ])
  )[0]?.count ?? 0;

/** A number, and how it stands on the platforms on which it stands in one of the ways asked for. */
export interface StandingNumber {
  id: string;
  phone_number_international: string;
  friendly_name: string | null;
  states: LinkState[];
}

/** The next numbers, from this id on, in the order of their ids. */
export const selectStanding = (
  queryable: Queryable,
  { states, fromId, limit }: { states: readonly LinkState[]; fromId: string; limit: number },
): Promise<StandingNumber[]> =>
  queryable.query(
    {
      name: 'select_standing',
      text: `select p.id, p.phone_number_international, p.friendly_name, array_agg(l.state order by l.role) as states
        ${fromDrifted} where l.state = any ($1) and p.deleted_at is null and p.id >= $2
        group by p.id order by p.id limit $3`,
    },
    [states, fromId, limit],
  );

/** How many links stand in each of these ways; so many at most. */
export const countStanding = async (
  queryable: Queryable,
  states: readonly LinkState[],
  most: number,
): Promise<Map<LinkState, number>> => {
  const text = `select asked.state, (select count(*) from (
      select 1 ${fromDrifted} where l.state = asked.state and p.deleted_at is null limit $2) few) as count
    from unnest($1::text[]) as asked (state)`;
  const rows = await queryable.query<{ state: LinkState; count: number }>({ name: 'count_standing', text }, [
    states,
    most,
  ]);
  return new Map(rows.map(({ state, count }) => [state, count]));
};

/** Before this one, so many requests go out; and when the next one may. */
export const selectQueueAhead = async (
  queryable: Queryable,
  { phone_number_id: id, role }: { phone_number_id: string; role: string },
): Promise<{ ahead: number; next_at: string; due_at: string | null } | undefined> => {
  const text = `select (select count(*) from pending_change o where o.connection_id = w.connection_id and o.due_at is not null
        and (not o.is_person, o.due_at) < (not w.is_person, w.due_at)) as ahead,
      greatest(c.next_request_at, clock_timestamp()) as next_at, w.due_at
    from pending_change w join connection c on c.id = w.connection_id
    where w.phone_number_id = $1 and w.role = $2`;
  const rows = await queryable.query<{ ahead: number; next_at: string; due_at: string | null }>(
    { text, instants: 'iso' },
    [id, role],
  );
  return rows[0];
};

/** Whether something of the number waits that is likely to be sent in a moment. */
export const isUnderWay = async (queryable: Queryable, phoneNumberId: string): Promise<boolean> =>
  (
    await queryable.query(
      {
        name: 'is_under_way',
        text: `select 1 from pending_change w join connection c on c.id = w.connection_id
          join number_link l on l.phone_number_id = w.phone_number_id and l.role = w.role
          where w.phone_number_id = $1 and w.due_at is not null and l.state = 'pending' and not c.paused and c.state <> 'refused'`,
      },
      [phoneNumberId],
    )
  ).length > 0;
