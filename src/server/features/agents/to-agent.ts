import type { Agent } from '#contract/agents.ts';
import type { CountedAgentRow } from './store.ts';

/** The one presenter of an agent. */
export const toAgent = (row: CountedAgentRow): Agent => ({
  ai_agent_id: row.id,
  agent_name: row.name,
  agent_status: row.status,
  language_code: row.language_code,
  inbound_phone_number_count: row.inbound_count,
  outbound_phone_number_count: row.outbound_count,
  upstream_ids: row.upstream_ids,
  created_at: row.created_at.toISOString(),
  modified_at: row.modified_at.toISOString(),
});
