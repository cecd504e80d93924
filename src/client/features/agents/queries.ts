import { queryOptions, useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { Agent } from '#contract/agents.ts';
import { call } from '#client/api/call.ts';
import { useRefetchOnChange } from '#client/api/use-changes.ts';

// Agent 2 stands before Agent 10.
const names = new Intl.Collator('en', { numeric: true });
export const byName = (a: Agent, b: Agent) =>
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

export const useAgents = (): UseQueryResult<Agent[]> => useQuery(agentsQuery);

const COUNTS_EVERY_MS = 1500;

/** Keeps the agents true while the shell is open. */
export const useAgentChanges = () =>
  // How many numbers each has is right at once after one change; through a burst of them, once in a while.
  useRefetchOnChange(
    agentsQuery.queryKey,
    { agent: 0, phone_number: 0 },
    { everyMs: { phone_number: COUNTS_EVERY_MS } },
  );
