import { queryOptions, useQuery } from '@tanstack/react-query';
import type { ConnectionRole } from '#contract/connections/connections.ts';
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
