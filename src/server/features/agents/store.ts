import type { AgentStatus } from '#contract/agents.ts';
import { lookOf } from '#contract/reading/text.ts';
import type { Queryable, Transaction } from '#server/platform/db/database.ts';
import { forRows } from '#server/platform/db/for-sets.ts';
import { escapeLike, fold } from '#server/lib/fold.ts';

export interface AgentRow {
  id: string;
  name: string;
  status: AgentStatus;
  language_code: string | null;
  created_at: Date;
  modified_at: Date;
}

export interface CountedAgentRow extends AgentRow {
  name_key: string;
  /** The id it has on each platform, by connection. */
  upstream_ids: Record<string, string>;
  inbound_count: number;
  outbound_count: number;
}

// Each count walks one index, and only for the agents that are answered.
const counted = `a.id, a.name, a.name_key, a.status, a.language_code, a.created_at, a.modified_at,
  (select coalesce(jsonb_object_agg(k.connection_id, k.upstream_id), '{}') from agent_link k where k.agent_id = a.id) as upstream_ids,
  (select count(*) from phone_number p where p.inbound_agent_id = a.id and p.deleted_at is null) as inbound_count,
  (select count(*) from phone_number p where p.outbound_agent_id = a.id and p.deleted_at is null) as outbound_count`;

export interface AgentSearch {
  q: string | undefined;
  status: AgentStatus | undefined;
  /** The name key and id of the last agent shown. */
  after: readonly string[] | undefined;
  limit: number;
}

const selectAgentsText = `with page as (
    select id from agent
    where ($1::text is null or search_text like $1) and ($2::text is null or status = $2) and ($3::text is null or (name_key, id) > ($3, $4))
    order by name_key, id limit $5
  )
  select ${counted} from agent a join page on page.id = a.id order by a.name_key, a.id`;

/** By name, then id. */
export const selectAgents = (
  queryable: Queryable,
  { q, status, after, limit }: AgentSearch,
): Promise<CountedAgentRow[]> =>
  queryable.query({ name: 'select_agents', text: selectAgentsText }, [
    q === undefined ? null : `%${escapeLike(fold(q))}%`,
    status ?? null,
    after?.[0] ?? null,
    after?.[1] ?? null,
    limit,
  ]);

export const selectAgent = async (queryable: Queryable, id: string): Promise<CountedAgentRow | undefined> => {
  const [row] = await queryable.query<CountedAgentRow>(
    { name: 'select_agent', text: `select ${counted} from agent a where a.id = $1` },
    [id],
  );
  return row;
};

export const lockAgent = async (tx: Transaction, id: string): Promise<AgentRow | undefined> => {
  const [row] = await tx.query<AgentRow>(
    'select id, name, status, language_code, created_at, modified_at from agent where id = $1 for update',
    [id],
  );
  return row;
};

export type AgentStanding = Pick<AgentRow, 'id' | 'name' | 'status'> & {
  /** Null of one that is active, and of one retired before this was kept. */
  retired_at: Date | null;
};

/**
 * Those of these that exist; none of them can be retired until the transaction ends. In order, so that
 * two never wait for each other.
 */
export const lockAgentsShared = (tx: Transaction, ids: readonly string[]): Promise<AgentStanding[]> =>
  tx.query(
    {
      name: 'lock_agents_shared',
      text: 'select id, name, status, retired_at from agent where id = any ($1) order by id for share',
    },
    [ids],
  );

/** What these agents are called and whether they are retired; of all agents where no ids are given. */
export const selectAgentNames = (
  queryable: Queryable,
  ids: readonly string[] | null,
): Promise<Pick<AgentRow, 'id' | 'name' | 'status'>[]> =>
  queryable.query(
    {
      name: 'agent_names',
      text: 'select id, name, status from agent where $1::text[] is null or id = any ($1)',
    },
    [ids],
  );

/** Those of these names, by how they look. */
export const selectAgentsNamed = (
  queryable: Queryable,
  looks: readonly string[],
): Promise<Pick<AgentRow, 'id' | 'name'>[]> =>
  queryable.query({ name: 'agents_named', text: 'select id, name from agent where name_key = any ($1)' }, [
    looks,
  ]);

/** All names that end as `Asha (2)` does. */
export const selectNumberedNames = async (queryable: Queryable): Promise<string[]> => {
  const text = `select name from agent where name like '%(%)'`;
  return (await queryable.query<{ name: string }>({ name: 'numbered_agents', text })).map(({ name }) => name);
};

/** Whose name, behind a space, matches the pattern, made of folded text. */
export const selectAgentIds = async (queryable: Queryable, pattern: string): Promise<string[]> => {
  const rows = await queryable.query<{ id: string }>(
    { name: 'select_agent_ids', text: `select id from agent where ' ' || search_text like $1` },
    [pattern],
  );
  return rows.map(({ id }) => id);
};

export const insertAgent = async (
  tx: Transaction,
  agent: Pick<AgentRow, 'id' | 'name' | 'language_code'>,
): Promise<void> => {
  const { id, name, language_code } = agent;
  await tx.query(
    'insert into agent (id, name, name_key, search_text, language_code) values ($1, $2, $3, $4, $5)',
    [id, name, lookOf(name), fold(name), language_code],
  );
};

const insertNewAgents = forRows(
  'insert_agents',
  { id: 'text', name: 'text', name_key: 'text', search_text: 'text' },
  ({ rows }) => `insert into agent (id, name, name_key, search_text)
    select id, name, name_key, search_text from ${rows} on conflict (name_key) do nothing returning id, name`,
);

/** Adds those whose names nobody has, and returns them. */
export const insertAgents = (
  tx: Transaction,
  agents: readonly Pick<AgentRow, 'id' | 'name'>[],
): Promise<Pick<AgentRow, 'id' | 'name'>[]> =>
  insertNewAgents(
    tx,
    agents
      .map(({ id, name }) => ({ id, name, name_key: lookOf(name), search_text: fold(name) }))
      // Two that add the same do not wait for each other.
      .toSorted((a, b) => (a.name_key < b.name_key ? -1 : 1)),
  );

export const updateAgentRow = async (
  tx: Transaction,
  agent: Pick<AgentRow, 'id' | 'name' | 'status' | 'language_code'>,
): Promise<void> => {
  const { id, name, status, language_code } = agent;
  await tx.query(
    // A name that stays keeps its key: one from before names were compared by their look may look like
    // another.
    `update agent set name = $2, name_key = case name when $2 then name_key else $3 end, search_text = $4, status = $5,
       retired_at = case $5 when 'retired' then coalesce(retired_at, clock_timestamp()) end, language_code = $6,
       modified_at = clock_timestamp() where id = $1`,
    [id, name, lookOf(name), fold(name), status, language_code],
  );
};
