import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { call } from '#client/api/call.ts';
import { onChange, onGap } from '#client/api/change-stream.ts';
import { queryClient } from '#client/api/query-client.ts';

interface NumberCount {
  count: number;
  isExact: boolean;
}

const countQuery = queryOptions({
  queryKey: ['number-count'],
  queryFn: async ({ signal }): Promise<NumberCount> => {
    const { total_count = 0, total_is_exact = true } = await call('GET /v1/phone-numbers', { query: { page_size: 1, include: 'total' }, signal });
    return { count: total_count, isExact: total_is_exact };
  },
});

/** The list tells the navigation how many numbers there are, when it shows all of them: nobody asks twice. */
export const noteNumberCount = (count: NumberCount): void => void queryClient.setQueryData(countQuery.queryKey, count);

// The first view needs the connection more than this figure does.
const FIRST_VIEW_MS = 3000;
const SETTLE_MS = 3000;

export const useNumberCount = (): NumberCount | undefined => {
  const client = useQueryClient();
  const [isWanted, want] = useState(false);
  useEffect(() => {
    let timer = setTimeout(() => want(true), FIRST_VIEW_MS);
    const refetchSoon = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        want(true);
        void client.invalidateQueries(countQuery);
      }, SETTLE_MS);
    };
    const stop = onChange(({ subject, change }) => (subject === 'phone_number' && change !== 'updated' ? refetchSoon() : undefined));
    const stopGap = onGap(refetchSoon);
    return () => {
      clearTimeout(timer);
      stop();
      stopGap();
    };
  }, [client]);
  return useQuery({ ...countQuery, enabled: isWanted }).data;
};
