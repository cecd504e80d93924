import { useCallback } from 'react';
import { goTo } from '#client/lib/location.ts';
import { listHref, phoneNumberHref, searchOf, type ListFilters } from '#client/features/numbers/list-url.ts';

const cameFromList = () => (history.state as { fromList?: true } | null)?.fromList === true;

/**
 * The sheet is an address over the list: Back closes it, and the list behind keeps its filters and its place.
 */
export const useSheetRoute = (filters: ListFilters, isOpen: boolean) => {
  const go = useCallback(
    // From one number to the next is one step: Back leads to the list, not through all that was looked at.
    (to: string) =>
      goTo(
        to,
        isOpen ? { replace: true, state: { fromList: cameFromList() } } : { state: { fromList: true } },
      ),
    [isOpen],
  );
  return {
    open: useCallback((id: string) => go(phoneNumberHref(id, filters)), [go, filters]),
    add: useCallback(() => go(`/numbers/new${searchOf(filters)}`), [go, filters]),
    close: useCallback(() => {
      if (cameFromList()) history.back();
      else goTo(listHref(filters), { replace: true });
    }, [filters]),
  };
};
