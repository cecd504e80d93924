import { queryOptions, useQuery } from '@tanstack/react-query';
import type { ConnectionRole } from '#contract/connections/connections.ts';
import type { LinkState } from '#contract/connections/links.ts';
import { call } from '#client/api/call.ts';
import { useRefetchOnChange } from '#client/api/use-changes.ts';

export interface LinkPlace {
  phone_number_id: string;
  role: ConnectionRole;
}

export const linkQuery = (place: LinkPlace) =>
  queryOptions({
    queryKey: ['links', place.phone_number_id, place.role],
    queryFn: ({ signal }) =>
      call('GET /v1/phone-numbers/{phone_number_id}/links/{role}', { params: { ...place }, signal }),
    staleTime: 0,
    gcTime: 10_000,
  });

/** One link, field by field, kept true while it is looked at. */
export const useLink = (place: LinkPlace) => {
  const query = linkQuery(place);
  useRefetchOnChange(
    query.queryKey,
    { phone_number: 60 },
    {
      matters: (change) =>
        'ids' in change ? change.ids.includes(place.phone_number_id) : change.id === place.phone_number_id,
    },
  );
  return useQuery(query);
};

/** All states in which what is saved here is not there. */
const notUpstreamStates: LinkState[] = [
  'pending',
  'retrying',
  'refused',
  'conflict',
  'drift',
  'held',
  'gone',
];
export const notUpstreamHref = `/numbers?${new URLSearchParams(notUpstreamStates.map((state) => ['link_state', state]))}`;

const notUpstreamQuery = queryOptions({
  queryKey: ['links', 'not-upstream'],
  queryFn: async ({ signal }) => {
    // The list by the same filter, so that as many are counted as are shown.
    const { total_count } = await call('GET /v1/phone-numbers', {
      query: { link_state: notUpstreamStates, page_size: 1, include: 'total' },
      signal,
    });
    return total_count ?? 0;
  },
});

// What is sent within a few seconds is no trouble.
const SENT_MS = 4000;

/** How many numbers are not upstream as they are here. */
export const useNotUpstream = (isWanted: boolean): number =>
  useQuery({ ...notUpstreamQuery, enabled: isWanted }).data ?? 0;

/** Keeps that true while the shell is open. */
export const useUpstreamChanges = (isWanted: boolean): void =>
  useRefetchOnChange(
    notUpstreamQuery.queryKey,
    { phone_number: SENT_MS, connection: SENT_MS },
    { everyMs: SENT_MS, matters: () => isWanted },
  );
