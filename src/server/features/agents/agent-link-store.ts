import type { Queryable, Transaction } from '#server/platform/db/database.ts';
import { forRows } from '#server/platform/db/for-sets.ts';

export interface AgentLink {
  agent_id: string;
  connection_id: string;
  upstream_id: string;
}

/** Of these agents, the ids they have on platforms. */
export const selectLinksOfAgents = (queryable: Queryable, ids: readonly string[]): Promise<AgentLink[]> =>
  queryable.query(
    {
      name: 'links_of_agents',
      text: 'select agent_id, connection_id, upstream_id from agent_link where agent_id = any ($1)',
    },
    [ids],
  );

/** Whom a platform knows by these ids; all whom it knows where none are given. */
export const selectAgentsLinked = (
  queryable: Queryable,
  connectionId: string,
  upstreamIds: readonly string[] | null,
): Promise<AgentLink[]> =>
  queryable.query(
    {
      name: 'agents_linked',
      text: `select agent_id, connection_id, upstream_id from agent_link
        where connection_id = $1 and ($2::text[] is null or upstream_id = any ($2))`,
    },
    [connectionId, upstreamIds],
  );

export const upsertAgentLink = async (
  tx: Transaction,
  { agent_id, connection_id, upstream_id }: AgentLink,
): Promise<void> => {
  await tx.query(
    `insert into agent_link (agent_id, connection_id, upstream_id) values ($1, $2, $3)
      on conflict (agent_id, connection_id) do update set upstream_id = excluded.upstream_id`,
    [agent_id, connection_id, upstream_id],
  );
};

export const deleteAgentLink = async (
  tx: Transaction,
  agentId: string,
  connectionId: string,
): Promise<void> => {
  await tx.query('delete from agent_link where agent_id = $1 and connection_id = $2', [
    agentId,
    connectionId,
  ]);
};

const insert = forRows(
  'insert_agent_links',
  { agent_id: 'text', connection_id: 'text', upstream_id: 'text' },
  ({ rows }) => `insert into agent_link (agent_id, connection_id, upstream_id)
    select agent_id, connection_id, upstream_id from ${rows} on conflict do nothing`,
);

export const insertAgentLinks = async (tx: Transaction, links: readonly AgentLink[]): Promise<void> => {
  if (links.length > 0)
    await insert(
      tx,
      links.map((link) => ({ ...link })),
    );
};
