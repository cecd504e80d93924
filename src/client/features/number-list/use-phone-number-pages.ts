import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { AnsweringNow, PhoneNumberList } from '#contract/numbers/list/phone-number-list.ts';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { countRows, pagesOf } from './list-pages.ts';
import { PAGE_ROWS, searchOf, type ListFilters } from '#client/features/numbers/list-url.ts';
import { useHeldRows } from '#client/features/numbers/own-changes/held-list.ts';
import { listKey, pageQuery, prunePages } from './read-page.ts';
import type { RowsRead } from './selection/selection.ts';

// While the thumb is dragged, or the wheel spun far, only the place where it comes to rest is asked for.
const REST_MS = 90;

const isNear = (a: readonly number[], b: readonly number[]) =>
  a.some((page) => b.includes(page) || b.includes(page + 1) || b.includes(page - 1));

const useWantedPages = (listId: string) => {
  const [wanted, setWanted] = useState({ listId, pages: [0] });
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(rest.current), []);
  // Another list begins at its top.
  const pages = useMemo(() => (wanted.listId === listId ? wanted.pages : [0]), [wanted, listId]);
  const current = useRef(pages);
  useEffect(() => {
    current.current = pages;
  });
  const want = useCallback(
    (start: number, end: number) => {
      const next = pagesOf(start, end);
      clearTimeout(rest.current);
      if (next.join() === current.current.join()) return;
      const set = () => setWanted({ listId, pages: next });
      if (isNear(next, current.current)) set();
      else rest.current = setTimeout(set, REST_MS);
    },
    [listId],
  );
  return [pages, want] as const;
};

/**
 * The rows of a list of any length, page by page, whichever of them are in sight. While another list is asked
 * for, the rows of the one before stay.
 */
export const usePhoneNumberPages = (filters: ListFilters) => {
  const client = useQueryClient();
  const first = useQuery(pageQuery(filters, 0));
  const [shownFilters, setShownFilters] = useState(filters);
  if (shownFilters !== filters && (first.data !== undefined || first.isError)) setShownFilters(filters);

  const listId = searchOf(shownFilters);
  const [wanted, want] = useWantedPages(listId);
  const requestedPages = useMemo(() => [...new Set([0, ...wanted])], [wanted]);
  const results = useQueries({ queries: requestedPages.map((page) => pageQuery(shownFilters, page)) });
  const stamp = results
    .map(({ dataUpdatedAt, errorUpdatedAt }) => `${dataUpdatedAt}.${errorUpdatedAt}`)
    .join();

  const cached = useMemo(() => {
    void stamp;
    const pages = new Map<number, PhoneNumberList>();
    for (const [key, list] of client.getQueriesData<PhoneNumberList>({ queryKey: listKey(shownFilters) }))
      if (list) pages.set(Number(key.at(-1)), list);
    const places = new Map<string, number>();
    for (const [page, { phone_numbers }] of pages)
      phone_numbers.forEach(({ _id }, at) => places.set(_id, page * PAGE_ROWS + at));
    const answers = new Map<string, AnsweringNow>();
    const turns: number[] = [];
    for (const { answering_now = [], answering_changes_at: at } of pages.values()) {
      for (const answer of answering_now) answers.set(answer.phone_number_id, answer);
      if (at) turns.push(Date.parse(at));
    }
    return { pages, places, answers, answersUntil: turns.length > 0 ? Math.min(...turns) : null };
  }, [client, shownFilters, stamp]);

  useEffect(() => prunePages(client, shownFilters, requestedPages), [client, shownFilters, requestedPages]);

  const start = cached.pages.get(0);
  const isExact = start?.total_is_exact !== false;
  const facts = [...cached.pages].map(([page, list]) => ({
    page,
    rows: list.phone_numbers.length,
    hasNext: list.next_page_token !== null,
  }));

  const rowInList = useCallback(
    (place: number): PhoneNumber | undefined =>
      cached.pages.get(Math.floor(place / PAGE_ROWS))?.phone_numbers[place % PAGE_ROWS],
    [cached],
  );
  const held = useHeldRows(listId, cached.places);
  // As many rows may stand that far from where the list has them.
  const around = held?.count ?? 0;
  const count = countRows(start?.total_count, isExact, facts);
  // Whether a row is in no page at all is known where all of them were read.
  const isAllRead = count.isEndSeen && cached.places.size === count.rows;

  return {
    shownFilters,
    requestedPages,
    /** Rows of the list before, while the one asked for is on its way. */
    isStale: shownFilters !== filters,
    isLoading: start === undefined && !first.isError,
    error: start === undefined ? first.error : null,
    /** Pages in sight that could not be read, while others could. */
    failed: results.filter(({ isError, data }) => isError && data === undefined),
    total: start?.total_count,
    isExact,
    count,
    read: useMemo<RowsRead>(
      () => ({ places: cached.places, isAll: isAllRead, at: first.dataUpdatedAt }),
      [cached.places, isAllRead, first.dataUpdatedAt],
    ),
    /** The rows to draw: those of the list, and those that only stay where they are. */
    shownRows: count.rows + (isAllRead && held ? held.away(cached.places) : 0),
    rowAt: useCallback(
      (index: number) => (held ? held.rowAt(index, cached.places, rowInList) : rowInList(index)),
      [held, cached, rowInList],
    ),
    answeringOf: useCallback((id: string) => cached.answers.get(id), [cached]),
    /** When one of the answers changes by itself. */
    answersUntil: cached.answersUntil,
    indexOfKey: useCallback(
      (id: string) => (held ? held.indexOf(id, cached.places) : cached.places.get(id)),
      [held, cached],
    ),
    want: useCallback(
      (first: number, end: number) => want(Math.max(0, first - around), end + around),
      [want, around],
    ),
    readPage: useCallback(
      (page: number) => client.fetchQuery(pageQuery(shownFilters, page)),
      [client, shownFilters],
    ),
    retry: () =>
      Promise.all([
        first.refetch(),
        ...results.filter(({ isError }) => isError).map(({ refetch }) => refetch()),
      ]),
  };
};
