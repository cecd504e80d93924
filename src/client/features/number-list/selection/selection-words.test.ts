import { expect, test } from 'vitest';
import { readListFilters, searchOf, type ListFilters } from '#client/features/numbers/list-url.ts';
import { selectionWords } from './selection-words.ts';
import type { Selection, ShownList } from './selection.ts';

const listOf = (search: string): ShownList => ({
  filters: readListFilters(search),
  total: 9,
  isExact: true,
  rows: 9,
  rowAt: () => undefined,
  indexOfKey: () => undefined,
  readPage: () => Promise.resolve({ phone_numbers: [], next_page_token: null }),
});

const all = (search: string, except: string[] = [], more: Partial<Selection> = {}) => {
  const filters: ListFilters = readListFilters(search);
  return {
    kind: 'all',
    filters,
    question: searchOf(filters),
    except: new Set(except),
    total: 274,
    isExact: true,
    ...more,
  } as Selection;
};

test.each([
  [all(''), 'All 274 numbers'],
  [all('', ['a']), '273 of 274 selected'],
  [all('', ['a'], { isExact: false } as Partial<Selection>), '≈\u2009273 of 274 selected'],
  [all('', ['a'], { total: undefined } as Partial<Selection>), 'All but 1 selected'],
  [all('?provider=pia'), 'All 274 selected in another list'],
  [all('?provider=pia', ['a', 'b']), '272 of 274 selected in another list'],
])('all of a list are counted, and said to be of another one (%#)', (selection, words) => {
  expect(selectionWords(selection, listOf(''))).toBe(words);
});

test('all that match are called so, and of those ticked one by one it is said how many are not shown', () => {
  expect(selectionWords(all('?provider=pia'), listOf('?provider=pia'))).toBe('All 274 that match');
  const ids = new Map([['a', '?q=x']]);
  expect(selectionWords({ kind: 'some', ids }, listOf(''))).toBe('1 selected, 1 not shown');
});
