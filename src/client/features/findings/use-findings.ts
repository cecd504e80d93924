import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import type { FindingCode } from '#contract/numbers/finding.ts';
import { call } from '#client/api/call.ts';
import { useChanges } from '#client/api/use-changes.ts';

const PAGE = 50;
const SCREENFUL = 50;
const SETTLE_MS = 1500;
const waits = { phone_number: SETTLE_MS, agent: SETTLE_MS, business_hours: SETTLE_MS };
const REFRESH_EVERY_MS = 5000;
// To look through more pages again at each change is more than anyone asked for.
const PAGES_REFRESHED = 10;

/**
 * What is wrong, as far as was looked. A page of the API may be empty and not the last: they are asked for
 * until a screenful is there, which at a million sound numbers takes long enough to be shown, and stopped.
 */
export const useFindings = (code: FindingCode | undefined) => {
  const query = useInfiniteQuery({
    queryKey: ['findings', code ?? 'all'],
    queryFn: ({ pageParam, signal }) =>
      call('GET /v1/routing/findings', { query: { code, page_size: PAGE, page_token: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next_page_token }) => next_page_token ?? undefined,
    staleTime: 0,
    // Back from the number that was opened, the row is there at once.
    gcTime: 300_000,
  });
  const { data, hasNextPage, isFetching, isError, fetchNextPage, refetch } = query;
  const [wanted, setWanted] = useState(SCREENFUL);
  const [isStopped, setStopped] = useState(false);
  const [isOld, setOld] = useState(false);
  const all = useMemo(() => data?.pages.flatMap((page) => page.findings), [data]);
  const found = all?.length ?? 0;
  const isLooking = data !== undefined && hasNextPage && found < wanted && !isStopped && !isError;
  useEffect(() => {
    if (isLooking && !isFetching) void fetchNextPage();
  }, [isLooking, isFetching, fetchNextPage]);

  const pages = data?.pages.length ?? 0;
  useChanges(waits, () => (pages > PAGES_REFRESHED ? setOld(true) : void refetch()), {
    everyMs: REFRESH_EVERY_MS,
  });

  return {
    ...query,
    findings: all,
    /** Still asking for more, by itself. */
    isLooking,
    isStopped: isStopped && hasNextPage,
    stop: () => setStopped(true),
    goOn: () => {
      setStopped(false);
      setWanted(found + SCREENFUL);
    },
    /** Something has changed since, and looking again is left to the reader. */
    isOld,
    lookAgain: () => {
      setOld(false);
      void refetch();
    },
  };
};
