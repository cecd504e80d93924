import { useCallback, useEffect, useMemo } from 'react';
import {
  readListFilters,
  searchOf,
  type FilterChanges,
  type ListFilters,
} from '#client/features/numbers/list-url.ts';
import { useMayReveal } from '#client/features/sessions/queries.ts';
import { goTo, useConsoleSearch } from '#client/lib/location.ts';

// For an address that says more than the filters do; most say just that.
const loadMending = () => import('#client/features/numbers/mend-list-search.ts');

/** Every label that is pressed narrows further. */
export const withLabel = (labels: readonly string[] = [], label: string): readonly string[] =>
  labels.some((other) => other.toLowerCase() === label.toLowerCase())
    ? labels
    : [...labels, label].toSorted();

/** The filters in the address, and how they are changed there. */
export const useListFilters = () => {
  const search = useConsoleSearch();
  useEffect(() => {
    if (search !== searchOf(readListFilters(search)))
      void loadMending().then(({ mendListAddress }) => mendListAddress(search));
  }, [search]);
  const mayReveal = useMayReveal();
  const filters = useMemo((): ListFilters => {
    const { fingerprint, ...others } = readListFilters(search);
    // An address may have come from someone who may see more.
    return mayReveal && fingerprint !== undefined ? { ...others, fingerprint } : others;
  }, [search, mayReveal]);
  const change = useCallback(
    (changes: FilterChanges) => {
      // Typing and choosing are one look at the list: Back leaves it, and does not undo it letter by letter.
      goTo(`${location.pathname}${searchOf({ ...filters, ...changes } as ListFilters)}`, {
        replace: true,
        state: history.state,
      });
    },
    [filters],
  );
  return [filters, change] as const;
};
