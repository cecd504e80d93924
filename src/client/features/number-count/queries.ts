import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Change } from '#contract/changes.ts';
import { call } from '#client/api/call.ts';
import { queryClient } from '#client/api/query-client.ts';
import { useChanges } from '#client/api/use-changes.ts';

interface NumberCount {
  count: number;
  isExact: boolean;
}

const countQuery = queryOptions({
  queryKey: ['number-count'],
  queryFn: async ({ signal }): Promise<NumberCount> => {
    const { total_count = 0, total_is_exact = true } = await call('GET /v1/phone-numbers', {
      query: { page_size: 1, include: 'total' },
      signal,
    });
    return { count: total_count, isExact: total_is_exact };
  },
});

/** The list tells the navigation how many numbers there are, when it shows all of them: nobody asks twice. */
export const noteNumberCount = (count: NumberCount): void =>
  void queryClient.setQueryData(countQuery.queryKey, count);

// The first view needs the connection more than this figure does.
const FIRST_VIEW_MS = 3000;
const SETTLE_MS = 3000;

export const useNumberCount = (): NumberCount | undefined => {
  const client = useQueryClient();
  const [isWanted, want] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => want(true), FIRST_VIEW_MS);
    return () => clearTimeout(timer);
  }, []);
  const matters = ({ change }: Change) => change !== 'updated';
  useChanges(
    { phone_number: SETTLE_MS },
    () => (isWanted ? void client.invalidateQueries(countQuery) : want(true)),
    { matters },
  );
  return useQuery({ ...countQuery, enabled: isWanted }).data;
};
