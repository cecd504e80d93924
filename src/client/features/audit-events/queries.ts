import { infiniteQueryOptions } from '@tanstack/react-query';
import { call } from '#client/api/call.ts';
import type { ActivityFilters } from './activity-filters.ts';
import { rangeOf } from './activity-filters.ts';

export const activityQuery = (filters: ActivityFilters) =>
  infiniteQueryOptions({
    queryKey: ['audit-events', filters],
    queryFn: ({ pageParam, signal }) => {
      const { actor_id, action, subject_kind, subject_id } = filters;
      const query = {
        actor_id,
        action,
        subject_kind,
        subject_id,
        ...rangeOf(filters),
        page_size: 50,
        page_token: pageParam,
      };
      return call('GET /v1/audit-events', { query, signal });
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next_page_token }) => next_page_token ?? undefined,
    // Each page is a place in a log that only grows: what is read stays true until newer events are asked
    // for.
    staleTime: Infinity,
  });
