import { expect, test } from 'vitest';
import { sipNumber } from '#client/features/number-fields/testing.ts';
import { holdRows } from './held-rows.ts';

const called = (_id: string) => sipNumber({ _id });

/** The rows as they are shown, by the list as it is by now. */
const shown = (list: string, held: Record<string, number>) => {
  const keys = list.split('');
  const places = new Map(keys.map((key, at) => [key, at]));
  const rows = Object.entries(held).reduce(
    (all, [key, index]) => all.with(key, { index, record: called(key) }),
    holdRows('list'),
  );
  const inList = (place: number) => (keys[place] === undefined ? undefined : called(keys[place]));
  const all = Array.from(
    { length: keys.length + rows.away(places) },
    (_, index) => rows.rowAt(index, places, inList)?._id ?? '?',
  );
  for (const [index, key] of all.entries()) expect(rows.indexOf(key, places)).toBe(index);
  return all.join('');
};

test('a row that went to the top of the list is shown where it was', () => {
  expect(shown('dabcef', { d: 3 })).toBe('abcdef');
});

test('several stay, whichever way each went', () => {
  expect(shown('edabcf', { d: 3, e: 4 })).toBe('abcdef');
  expect(shown('bcdefa', { a: 0 })).toBe('abcdef');
  expect(shown('fbcdea', { a: 0, f: 5 })).toBe('abcdef');
});

test('a row that the list no longer has stays, and all others are there', () => {
  expect(shown('abdef', { c: 2 })).toBe('abcdef');
  expect(shown('', { a: 0 })).toBe('a');
});

test('rows that others add come beside it', () => {
  expect(shown('xdabcef', { d: 3 })).toBe('xabdcef');
});

test('one that was deleted is held no longer', () => {
  const rows = holdRows('list').with('c', { index: 1, record: called('c') });
  expect(rows.without(['c'])).toMatchObject({ count: 0 });
});
