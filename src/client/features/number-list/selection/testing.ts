import { readListFilters, searchOf } from '#client/features/numbers/list-url.ts';
import type { Selection, ShownList } from './selection.ts';

/** An empty list at this address, but for what is said. */
export const listAt = (search: string, more: Partial<ShownList> = {}): ShownList => ({
  filters: readListFilters(search),
  total: 0,
  isExact: true,
  rows: 0,
  read: { places: new Map(), isAll: false, at: 0 },
  rowAt: () => undefined,
  indexOfKey: () => undefined,
  readPage: () => Promise.resolve({ phone_numbers: [], next_page_token: null }),
  ...more,
});

export type AllOf = Extract<Selection, { kind: 'all' }>;

/** All of the list at this address, 274 of them, but for those excepted. */
export const allAt = (search: string, except: Iterable<string> = [], more: Partial<AllOf> = {}): AllOf => {
  const filters = readListFilters(search);
  return {
    kind: 'all',
    filters,
    question: searchOf(filters),
    except: new Set(except),
    total: 274,
    isExact: true,
    ...more,
  };
};
