import { queryOptions, useQuery } from '@tanstack/react-query';
import type { FindingCode } from '#contract/numbers/finding.ts';
import { MAX_COUNTED_FINDINGS, type FindingCount, type FindingsSummary } from '#contract/numbers/route.ts';
import { call } from '#client/api/call.ts';
import { queryClient } from '#client/api/query-client.ts';

const EVERY_MS = 30_000;
// Counted for the first time since the server started: asking has begun it.
const SOON_MS = 2000;

// By then the server has counted again what a list has shown since.
const SEEN_FOR_MS = 90_000;

/** Of each kind, what a list that was read to its end has shown, and when, of `performance.now()`. */
const seen = new Map<FindingCode, { count: FindingCount; at: number }>();

const withSeen = (summary: FindingsSummary): FindingsSummary => {
  const since = performance.now() - SEEN_FOR_MS;
  const newer = [...seen].flatMap(([code, { count, at }]) => (at > since ? [[code, count] as const] : []));
  return { ...summary, counts: { ...summary.counts, ...Object.fromEntries(newer) } };
};

const summaryQuery = queryOptions({
  queryKey: ['findings-summary'],
  queryFn: async ({ signal }) => withSeen(await call('GET /v1/routing/findings/summary', { signal })),
  refetchInterval: ({ state }) => (state.data?.as_of === null ? SOON_MS : EVERY_MS),
});

/** A list that was read to its end knows better than what was counted before. */
export const noteFindings = (counts: ReadonlyMap<FindingCode, number>): void => {
  for (const [code, found] of counts) {
    const count = { count: Math.min(found, MAX_COUNTED_FINDINGS), is_exact: found <= MAX_COUNTED_FINDINGS };
    seen.set(code, { count, at: performance.now() });
  }
  queryClient.setQueryData(summaryQuery.queryKey, (summary) => summary && withSeen(summary));
};

/** How many findings there are; undefined until they have been counted. */
export const useFindingsSummary = (
  isWanted = true,
): (FindingsSummary & { as_of: string; total: FindingCount }) | undefined => {
  const { data } = useQuery({ ...summaryQuery, enabled: isWanted });
  if (!data?.as_of) return undefined;
  const each = Object.values(data.counts);
  const sum = each.reduce((total, { count }) => total + count, 0);
  const isExact = each.every(({ is_exact }) => is_exact) && sum <= MAX_COUNTED_FINDINGS;
  return {
    counts: data.counts,
    as_of: data.as_of,
    total: { count: Math.min(sum, MAX_COUNTED_FINDINGS), is_exact: isExact },
  };
};

/** `26`, `999+` */
export const countWords = ({ count, is_exact: isExact }: FindingCount): string =>
  `${count}${isExact ? '' : '+'}`;
