import type { AgentUseKind } from '#contract/agent-uses.ts';
import type { Selection } from './selection.ts';

// Each as its index has it.
const conditions: Record<AgentUseKind, string> = {
  inbound: 'inbound_agent_id = $1',
  outbound: 'outbound_agent_id = $1',
  routing: 'routed_agent_ids @> array[$1::text]',
  stand_in: `temporary_reassignment is not null and temporary_reassignment ->> 'agent_id' = $1
    and (temporary_reassignment ->> 'ends_at')::timestamptz > now()`,
};

/** The numbers that name an agent in this way; a stand-in that is over is none. */
export const selectionOfUses = (agentId: string, kind: AgentUseKind): Selection => {
  const where = `deleted_at is null and ${conditions[kind]}`;
  const values = [agentId];
  return {
    where,
    parts: [where],
    values,
    isUnfiltered: false,
    forEstimate: { where, values },
    rangeOf: () => [],
  };
};
