import { queryOptions, type QueryClient } from '@tanstack/react-query';
import type { PhoneNumberList } from '#contract/numbers/list/phone-number-list.ts';
import { ApiError } from '#client/api/api-error.ts';
import { call } from '#client/api/call.ts';
import { noteListRead } from '#client/api/change-stream.ts';
import { entryTo } from './list-pages.ts';
import { firstPageQuery, PAGE_ROWS, searchOf, type ListFilters } from '#client/features/numbers/list-url.ts';
import { listsKey, withPending } from '#client/features/numbers/records.ts';

/** By list, the token each page begins with, as far as it has been learned. */
const places = new Map<string, Map<number, string>>();
const REMEMBERED_LISTS = 4;

const placesOf = (filters: ListFilters) => {
  const list = searchOf(filters);
  const known = places.get(list) ?? new Map<number, string>();
  places.delete(list);
  places.set(list, known);
  for (const oldest of places.keys()) if (places.size > REMEMBERED_LISTS) places.delete(oldest);
  return known;
};

/** After rows were added or removed, page k no longer begins where it did. */
export const forgetPlaces = () => places.clear();

const isForeignToken = (thrown: unknown) =>
  thrown instanceof ApiError && thrown.code === 'invalid_page_token';

/** One page of a list, entered from the nearest known place; the first also asks how many rows there are. */
export const readPage = async (
  filters: ListFilters,
  page: number,
  signal?: AbortSignal,
): Promise<PhoneNumberList> => {
  const known = placesOf(filters);
  const read = (tokens: ReadonlyMap<number, string>) =>
    call('GET /v1/phone-numbers', {
      query:
        page === 0
          ? firstPageQuery(filters)
          : {
              ...firstPageQuery(filters),
              include: filters.deleted ? undefined : 'answering_now',
              ...entryTo(page, tokens),
            },
      signal,
      onHeaders: (headers) => (page === 0 ? noteListRead(headers.get('changes-position')) : undefined),
    });
  const list = await read(known).catch((thrown: unknown) => {
    if (page === 0 || !isForeignToken(thrown)) throw thrown;
    known.clear();
    return read(known);
  });
  if (list.next_page_token !== null && list.phone_numbers.length === PAGE_ROWS)
    known.set(page + 1, list.next_page_token);
  return { ...list, phone_numbers: list.phone_numbers.map(withPending) };
};

// The list as text: keys match by parts, and the filters of a wide list are a part of every narrower one's.
export const listKey = (filters: ListFilters) => [...listsKey, searchOf(filters)] as const;
export const pageKey = (filters: ListFilters, page: number) => [...listKey(filters), page] as const;

export const pageQuery = (filters: ListFilters, page: number) =>
  queryOptions({
    queryKey: pageKey(filters, page),
    queryFn: ({ signal }) => readPage(filters, page, signal),
    // Pages are read anew together, by `use-live-list.ts`: one alone would no longer fit to its neighbours.
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    gcTime: 30_000,
  });

const KEPT_PAGES = 24;

/**
 * Lets go of the pages that lie farthest from what is shown, so that a long scroll does not fill the memory.
 */
export const prunePages = (client: QueryClient, filters: ListFilters, shown: readonly number[]) => {
  const distance = (page: number) => Math.min(page, ...shown.map((near) => Math.abs(page - near)));
  const cached = client.getQueryCache().findAll({ queryKey: listKey(filters), type: 'inactive' });
  const pageOf = (key: readonly unknown[]) => Number(key.at(-1));
  const farthestFirst = cached.toSorted(
    (a, b) => distance(pageOf(b.queryKey)) - distance(pageOf(a.queryKey)),
  );
  for (const query of farthestFirst.slice(0, Math.max(0, cached.length - KEPT_PAGES)))
    client.removeQueries({ queryKey: query.queryKey, exact: true });
};
