import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { call } from '#client/api/call.ts';
import { useHeld, useIsPressed } from '#client/lib/pointer/use-held.ts';
import { useDebounced } from '#client/lib/use-debounced.ts';
import { phoneNumbersKey } from '#client/features/numbers/records.ts';

const PAGE = 50;
const REST_MS = 150;

/** The numbers that match, page by page, by the same search as the list's. */
export const useNumbersToChoose = (typed: string, sourceId: string) => {
  const q = useDebounced(typed.trim(), REST_MS);
  const found = useInfiniteQuery({
    queryKey: [...phoneNumbersKey, 'to-choose', q],
    queryFn: ({ pageParam, signal }) =>
      call('GET /v1/phone-numbers', {
        query: {
          q: q === '' ? undefined : q,
          page_size: PAGE,
          page_token: pageParam,
          sort: 'phone_number',
          include: pageParam === undefined ? 'total' : undefined,
        },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next_page_token }) => next_page_token ?? undefined,
    placeholderData: keepPreviousData,
    // What is reviewed is what was read here: it must not be old.
    staleTime: 0,
    gcTime: 10_000,
  });
  const isSearching = q !== typed.trim() || found.isPlaceholderData;
  // What was asked before, answered late, is not shown between: "all shown" would mean others for a moment.
  const data = useHeld(found.data, useIsPressed() || isSearching);
  return {
    ...found,
    q,
    numbers: data?.pages.flatMap(({ phone_numbers }) => phone_numbers).filter(({ _id }) => _id !== sourceId),
    total: data?.pages[0]?.total_count,
    isSearching,
  };
};
