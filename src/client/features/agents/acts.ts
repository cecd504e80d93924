import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Agent, AgentCreate, AgentUpdate } from '#contract/agents.ts';
import { call } from '#client/api/call.ts';
import { useOnce } from '#client/api/use-once.ts';
import { agentsQuery, byName } from './queries.ts';

/** One agent as it is at this moment, with its counts. */
export const agentQuery = (ai_agent_id: string) =>
  queryOptions({
    queryKey: ['agents', ai_agent_id],
    queryFn: async ({ signal }) =>
      (await call('GET /v2/ai-agents/{ai_agent_id}', { params: { ai_agent_id }, signal })).data,
  });

/** How many numbers have a rule or a fallback that names this agent. */
export const routedCountQuery = (routed_agent_id: string) =>
  queryOptions({
    queryKey: ['agents', routed_agent_id, 'routed'],
    queryFn: async ({ signal }) =>
      (
        await call('GET /v1/phone-numbers', {
          query: { routed_agent_id, page_size: 1, include: 'total' },
          signal,
        })
      ).total_count ?? 0,
    staleTime: 0,
  });

/** For how many numbers this agent stands in, now or later. */
export const standInCountQuery = (ai_agent_id: string) =>
  queryOptions({
    queryKey: ['agents', ai_agent_id, 'stand-ins'],
    queryFn: async ({ signal }) =>
      (
        await call('GET /v2/ai-agents/{ai_agent_id}/uses', {
          params: { ai_agent_id },
          query: { kind: 'stand_in', page_size: 1, include: 'total' },
          signal,
        })
      ).total_count ?? 0,
    staleTime: 0,
  });

const usePutInPlace = () => {
  const client = useQueryClient();
  return ({ data: agent }: { data: Agent }) => {
    client.setQueryData(
      agentsQuery.queryKey,
      (agents) =>
        agents &&
        [...agents.filter(({ ai_agent_id }) => ai_agent_id !== agent.ai_agent_id), agent].sort(byName),
    );
    return client.invalidateQueries(agentsQuery);
  };
};

export const useAddAgent = () => {
  const once = useOnce();
  return useMutation({
    mutationFn: (body: AgentCreate) =>
      once(body, (idempotencyKey) => call('POST /v2/ai-agents', { body, idempotencyKey })),
    onSuccess: usePutInPlace(),
  });
};

export const useUpdateAgent = () =>
  useMutation({
    mutationFn: ({ ai_agent_id, body }: { ai_agent_id: string; body: AgentUpdate }) =>
      call('PUT /v2/ai-agents/{ai_agent_id}', { params: { ai_agent_id }, body }),
    onSuccess: usePutInPlace(),
  });
