import { useEffect } from 'react';
import { goTo, useConsoleSearch } from '#client/lib/location.ts';

const sorted = (params: URLSearchParams): string => {
  params.sort();
  return String(params);
};

/**
 * An address as it was understood: of `names` only what is `understood`, and what others keep there as it is.
 * One that says the same in another order is left alone.
 */
export const mendSearch = (search: string, names: readonly string[], understood: URLSearchParams): string => {
  const others = new URLSearchParams(search);
  for (const name of names) others.delete(name);
  const mended = new URLSearchParams([...understood, ...others]);
  const text = mended.size > 0 ? `?${mended}` : '';
  return sorted(mended) === sorted(new URLSearchParams(search)) ? search : text;
};

/** What an address asked for in vain goes, without a step of its own; unless one has gone on meanwhile. */
export const mendAddress = (search: string, mend: (search: string) => string): void => {
  const mended = mend(search);
  if (mended !== search && location.search === search)
    goTo(location.pathname + mended, { replace: true, state: history.state });
};

/** Keeps the address true to what is shown. */
export const useMendedSearch = (mend: (search: string) => string): void => {
  const search = useConsoleSearch();
  useEffect(() => mendAddress(search, mend), [search, mend]);
};
