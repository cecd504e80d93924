import { queryOptions, useQuery } from '@tanstack/react-query';
import { call } from '#client/api/call.ts';
import { useRefetchOnChange } from '#client/api/use-changes.ts';

export const connectionsQuery = queryOptions({
  queryKey: ['connections'],
  queryFn: ({ signal }) => call('GET /v1/connections', { signal }),
});

// How many numbers wait or differ is right soon after one change; through a burst of them, once in a while.
const COUNTS_WAIT_MS = 300;
const COUNTS_EVERY_MS = 2000;

/** Keeps what is known of connections true; with `areCounted` their counts, too. */
export const useConnectionChanges = ({ areCounted = false } = {}): void =>
  useRefetchOnChange(
    connectionsQuery.queryKey,
    { connection: 0, ...(areCounted && { phone_number: COUNTS_WAIT_MS }) },
    { everyMs: { phone_number: COUNTS_EVERY_MS } },
  );

/** All connections, by name, kept true while they are on the screen. */
export const useConnections = (options?: { areCounted?: boolean }) => {
  useConnectionChanges(options);
  return useQuery(connectionsQuery);
};

/** What each connection is called, by its id; undefined while that is not known. */
export const useConnectionNames = (isWanted = true): ReadonlyMap<string, string> | undefined =>
  useQuery({
    ...connectionsQuery,
    enabled: isWanted,
    select: ({ connections }) =>
      new Map(connections.map(({ connection_id: id, name }) => [id, name] as const)),
  }).data;
