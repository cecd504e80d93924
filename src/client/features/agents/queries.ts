import {
  queryOptions,
  useMutation,
  useQuery,
  useQueryClient,
  type UseQueryResult,
} from '@tanstack/react-query';
import type { Agent, AgentCreate, AgentUpdate } from '#contract/agents.ts';
import { call } from '#client/api/call.ts';
import { useActKey } from '#client/lib/new-key.ts';
import { COUNTS_SETTLE_MS, useRefetchOnChange } from '#client/api/use-changes.ts';

// Agent 2 stands before Agent 10.
const names = new Intl.Collator('en', { numeric: true });
const byName = (a: Agent, b: Agent) =>
  names.compare(a.agent_name, b.agent_name) || (a.ai_agent_id < b.ai_agent_id ? -1 : 1);

/** Every agent, sorted by name: there are tens of them, and each row of the list needs their names. */
const selectAgents = async (signal: AbortSignal): Promise<Agent[]> => {
  const agents: Agent[] = [];
  let page_token: string | undefined;
  do {
    // Each page's token comes from the page before.
    const page = await call('GET /v2/ai-agents', { query: { page_size: 100, page_token }, signal });
    agents.push(...page.data);
    page_token = page.next_page_token ?? undefined;
  } while (page_token !== undefined);
  return agents.sort(byName);
};

export const agentsQuery = queryOptions({
  queryKey: ['agents'],
  queryFn: ({ signal }) => selectAgents(signal),
});

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

export const useAgents = (): UseQueryResult<Agent[]> => useQuery(agentsQuery);

/** Keeps the agents true while the shell is open. */
export const useAgentChanges = () =>
  useRefetchOnChange(agentsQuery.queryKey, { agent: 0, phone_number: COUNTS_SETTLE_MS });

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
  const keyOf = useActKey();
  return useMutation({
    mutationFn: (body: AgentCreate) => call('POST /v2/ai-agents', { body, idempotencyKey: keyOf(body) }),
    onSuccess: usePutInPlace(),
  });
};

export const useUpdateAgent = () =>
  useMutation({
    mutationFn: ({ ai_agent_id, body }: { ai_agent_id: string; body: AgentUpdate }) =>
      call('PUT /v2/ai-agents/{ai_agent_id}', { params: { ai_agent_id }, body }),
    onSuccess: usePutInPlace(),
  });
