import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { PhoneNumberListQueryInput } from '#contract/numbers/list/phone-number-list.ts';
import type { View, ViewCreateInput, ViewPatchInput } from '#contract/views.ts';
import { call } from '#client/api/call.ts';
import { useRefetchOnChange } from '#client/api/use-changes.ts';
import { useOnce } from '#client/api/use-once.ts';
import { useConsoleSearch } from '#client/lib/location.ts';
import {
  DEFAULT_SORT,
  filterNames,
  listHref,
  readListFilters,
  type ListFilters,
} from '#client/features/numbers/list-url.ts';

/** What the list shows when the view is opened. */
export const filtersOf = ({ filter, sort }: Pick<View, 'filter' | 'sort'>): ListFilters =>
  ({
    ...filter,
    // Absent and false are one question.
    deleted: filter.deleted === 'true' ? 'true' : undefined,
    sort: sort ?? DEFAULT_SORT,
  }) as ListFilters;

export const hrefOfView = (view: Pick<View, 'filter' | 'sort'>): string => listHref(filtersOf(view));

/** The address of what the list shows, however it is written: views are compared with it. */
export const useShownList = (): string => listHref(readListFilters(useConsoleSearch()));

/** The filter in force, as a view keeps it. */
export const filterOf = (filters: ListFilters) =>
  Object.fromEntries(
    filterNames.flatMap((name) => (filters[name] === undefined ? [] : [[name, filters[name]]])),
  ) as View['filter'];

export const viewsQuery = queryOptions({
  queryKey: ['views'],
  queryFn: async ({ signal }) => (await call('GET /v1/views', { signal })).views,
});

/** One's own views and the shared ones, by name; kept true while something shows them. */
export const useViews = (): readonly View[] | undefined => {
  useRefetchOnChange(viewsQuery.queryKey, { view: 0 }, { everyMs: 1000 });
  return useQuery(viewsQuery).data;
};

/** One's own before what others share. */
export const ownFirst = (views: readonly View[], operatorId: string): View[] => {
  const isOwn = ({ owner }: View) => owner.kind === 'operator' && owner.id === operatorId;
  return [...views.filter(isOwn), ...views.filter((view) => !isOwn(view))];
};

const COUNT_EVERY_MS = 5000;

/** How many numbers a view shows, as people read it: beyond ten thousand nobody counts on. */
export const useViewCount = ({ view_id, filter }: View) => {
  const queryKey = ['view-count', view_id, filter];
  useRefetchOnChange(queryKey, { phone_number: COUNT_EVERY_MS }, { everyMs: COUNT_EVERY_MS });
  return useQuery({
    queryKey,
    queryFn: ({ signal }) =>
      call('GET /v1/phone-numbers', {
        query: { ...filter, page_size: 1, include: 'total' } as PhoneNumberListQueryInput,
        signal,
      }),
  }).data;
};

const usePutInPlace = () => {
  const client = useQueryClient();
  return () => client.invalidateQueries(viewsQuery);
};

export const useAddView = () => {
  const once = useOnce();
  return useMutation({
    mutationFn: (body: ViewCreateInput) =>
      once(body, (idempotencyKey) => call('POST /v1/views', { body, idempotencyKey })),
    onSuccess: usePutInPlace(),
  });
};

export const useUpdateView = () =>
  useMutation({
    mutationFn: ({ view, body }: { view: View; body: ViewPatchInput }) =>
      call('PATCH /v1/views/{view_id}', { params: { view_id: view.view_id }, body, ifMatch: view.version }),
    onSettled: usePutInPlace(),
  });

export const useDeleteView = () =>
  useMutation({
    mutationFn: ({ view_id, version }: View) =>
      call('DELETE /v1/views/{view_id}', { params: { view_id }, ifMatch: version }),
    onSettled: usePutInPlace(),
  });
