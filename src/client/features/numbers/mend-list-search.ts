import { mendAddress, mendSearch } from '#client/lib/address/mended-search.ts';
import { filterNames, readListFilters, searchOf } from './list-url.ts';

const ownNames = [...filterNames, 'label', 'sort'];

export const mendListSearch = (search: string): string =>
  mendSearch(search, ownNames, new URLSearchParams(searchOf(readListFilters(search))));

/** An address of the list that is old or made by hand says what of it is shown. */
export const mendListAddress = (search: string): void => mendAddress(search, mendListSearch);
