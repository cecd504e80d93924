import { expect, test } from 'vitest';
import { selectionWords } from './selection-words.ts';
import type { Selection } from './selection.ts';
import { allAt, listAt } from './testing.ts';

test.each<[Selection, string, (number | null)?]>([
  [allAt(''), 'All 274 numbers'],
  [allAt('', ['a']), '273 of 274 selected'],
  [allAt('', ['a'], { isExact: false }), '≈\u2009273 of 274 selected'],
  [allAt('', ['a'], { total: undefined }), 'All but 1 selected'],
  [allAt('?provider=pia'), 'All 274 selected in another list'],
  [allAt('?provider=pia', ['a', 'b']), '272 of 274 selected in another list'],
  [allAt('', ['a', 'b']), 'All but 2 selected', null],
  [allAt('', ['a', 'b']), '273 of 274 selected', 1],
  [allAt('', ['a']), 'All 274 numbers', 0],
])('all of a list are counted, and said to be of another one (%#)', (selection, words, excepted?) => {
  const all = selection.kind === 'all' ? selection.except.size : 0;
  expect(selectionWords(selection, listAt(''), excepted === undefined ? all : excepted)).toBe(words);
});

test('all that match are called so, and of those ticked one by one it is said how many are not shown', () => {
  expect(selectionWords(allAt('?provider=pia'), listAt('?provider=pia'), 0)).toBe('All 274 that match');
  const ids = new Map([['a', '?q=x']]);
  expect(selectionWords({ kind: 'some', ids }, listAt(''), 0)).toBe('1 selected, 1 not shown');
});
