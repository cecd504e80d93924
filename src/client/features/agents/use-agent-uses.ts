import { useInfiniteQuery } from '@tanstack/react-query';
import type { AgentUseKind } from '#contract/agent-uses.ts';
import { call } from '#client/api/call.ts';

const PAGE = 20;

/** The numbers that name an agent in one way, page by page; their count comes with the first. */
export const useAgentUses = (ai_agent_id: string, kind: AgentUseKind) => {
  const query = useInfiniteQuery({
    queryKey: ['agents', ai_agent_id, 'uses', kind],
    queryFn: ({ pageParam, signal }) =>
      call('GET /v2/ai-agents/{ai_agent_id}/uses', {
        params: { ai_agent_id },
        query: {
          kind,
          page_size: PAGE,
          ...(pageParam === undefined ? { include: 'total' as const } : { page_token: pageParam }),
        },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next_page_token }) => next_page_token ?? undefined,
    staleTime: 0,
  });
  const [first] = query.data?.pages ?? [];
  return {
    ...query,
    uses: query.data?.pages.flatMap(({ data }) => data),
    count: first && { count: first.total_count ?? 0, isExact: first.total_is_exact !== false },
  };
};
