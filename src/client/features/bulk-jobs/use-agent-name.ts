import { useCallback } from 'react';
import { useAgents } from '#client/features/agents/queries.ts';

/** What an agent is called; undefined for one that is not known. */
export const useAgentName = (): ((id: string) => string | undefined) => {
  const agents = useAgents().data;
  return useCallback((id) => agents?.find(({ ai_agent_id }) => ai_agent_id === id)?.agent_name, [agents]);
};
