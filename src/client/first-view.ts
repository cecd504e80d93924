import { isEarly } from '#client/api/early.ts';
import { agentsQuery } from '#client/features/agents/queries.ts';
import { pageQuery } from '#client/features/number-list/read-page.ts';
import { readListFilters } from '#client/features/numbers/list-url.ts';
import { meQuery } from '#client/features/sessions/queries.ts';
import { queryClient } from '#client/api/query-client.ts';

// Longer than that a server is slow, and the frame of the console says at least that it is coming.
const WAIT_MS = 250;

/**
 * Resolves once what index.html asked for is read, or has taken too long: drawn once with all of it, the first
 * view is there sooner than drawn empty and then again.
 */
export const readFirstView = async (): Promise<void> => {
  if (!isEarly('/v1/me')) return;
  const reads = [queryClient.prefetchQuery(meQuery), queryClient.prefetchQuery(agentsQuery)];
  if (isEarly('/v1/phone-numbers'))
    reads.push(queryClient.prefetchQuery(pageQuery(readListFilters(location.search), 0)));
  const tooLong = new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  await Promise.race([Promise.all(reads), tooLong]);
};
