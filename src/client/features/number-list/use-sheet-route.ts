import { useCallback } from 'react';
import { goBack, goTo } from '#client/lib/location.ts';
import { listHref, phoneNumberHref, searchOf, type ListFilters } from '#client/features/numbers/list-url.ts';

/** `depth`: how many steps further than the sheet itself, where something was opened within. */
const way = () => history.state as { fromList?: true; depth?: number } | null;
const cameFromList = () => way()?.fromList === true;

/**
 * The sheet is an address over the list: Back closes it, and the list behind keeps its filters and its place.
 */
export const useSheetRoute = (filters: ListFilters, isOpen: boolean) => {
  const go = useCallback(
    // From one number to the next is one step: Back leads to the list, not through all that was looked at.
    (to: string) =>
      goTo(
        to,
        isOpen
          ? { replace: true, state: { fromList: cameFromList(), depth: way()?.depth } }
          : { state: { fromList: true } },
      ),
    [isOpen],
  );
  return {
    open: useCallback((id: string) => go(phoneNumberHref(id, filters)), [go, filters]),
    add: useCallback(() => go(`/numbers/new${searchOf(filters)}`), [go, filters]),
    close: useCallback(() => {
      if (cameFromList()) goBack(1 + (way()?.depth ?? 0));
      else goTo(listHref(filters), { replace: true });
    }, [filters]),
  };
};
