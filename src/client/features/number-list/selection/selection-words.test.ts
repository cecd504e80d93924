import { expect, test } from 'vitest';
import { readListFilters, searchOf, type ListFilters } from '#client/features/numbers/list-url.ts';
import { selectionWords } from './selection-words.ts';
import type { Selection, ShownList } from './selection.ts';

const listOf = (search: string): ShownList => ({
  filters: readListFilters(search),
  total: 9,
  isExact: true,
  rows: 9,
  places: new Map(),
  isAllRead: false,
  readAt: 0,
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

test.each<[Selection, string, (number | null)?]>([
  [all(''), 'All 274 numbers'],
  [all('', ['a']), '273 of 274 selected'],
  [all('', ['a'], { isExact: false } as Partial<Selection>), '≈\u2009273 of 274 selected'],
  [all('', ['a'], { total: undefined } as Partial<Selection>), 'All but 1 selected'],
  [all('?provider=pia'), 'All 274 selected in another list'],
  [all('?provider=pia', ['a', 'b']), '272 of 274 selected in another list'],
  [all('', ['a', 'b']), 'All but 2 selected', null],
  [all('', ['a', 'b']), '273 of 274 selected', 1],
  [all('', ['a']), 'All 274 numbers', 0],
])('all of a list are counted, and said to be of another one (%#)', (selection, words, excepted?) => {
  const all = selection.kind === 'all' ? selection.except.size : 0;
  expect(selectionWords(selection, listOf(''), excepted === undefined ? all : excepted)).toBe(words);
});

test('all that match are called so, and of those ticked one by one it is said how many are not shown', () => {
  expect(selectionWords(all('?provider=pia'), listOf('?provider=pia'), 0)).toBe('All 274 that match');
  const ids = new Map([['a', '?q=x']]);
  expect(selectionWords({ kind: 'some', ids }, listOf(''), 0)).toBe('1 selected, 1 not shown');
});
