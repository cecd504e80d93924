import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { selectTo } from './select-range.ts';
import {
  canTick,
  clearSelection,
  countNotShown,
  extendSelection,
  isSelected,
  noteShownList,
  press,
  range,
  selectAll,
  setSelected,
  subscribe,
  type ShownList,
} from './selection.ts';
import { listAt } from './testing.ts';

const PAGE = 50;
const idAt = (index: number) => `n${index}`;
const rowAt = (index: number) => ({ _id: idAt(index) }) as PhoneNumber;

/** A list of so many rows, of which only the first `loaded` are at hand. */
const listOf = (search: string, rows: number, loaded = rows): ShownList & { pages: number[] } => {
  const pages: number[] = [];
  return {
    pages,
    ...listAt(search, { total: rows, rows }),
    rowAt: (index) => (index < loaded ? rowAt(index) : undefined),
    indexOfKey: (id) => (Number(id.slice(1)) < rows ? Number(id.slice(1)) : undefined),
    readPage: (page) => {
      pages.push(page);
      const phone_numbers = Array.from({ length: PAGE }, (_, at) => rowAt(page * PAGE + at));
      return Promise.resolve({ phone_numbers, next_page_token: null });
    },
  };
};

const selected = (rows: number) =>
  Array.from({ length: rows }, (_, index) => idAt(index))
    .filter(isSelected)
    .join(' ');
/** Ranges are read one after the other: behind this one stands what was asked before. */
const settled = async () => {
  for (let turns = 0; turns < 50; turns++) await Promise.resolve();
};

beforeEach(() => noteShownList(listOf('', 200)));
afterEach(() => noteShownList(null));

describe('a range', () => {
  const held = (anchor: string, isOn = true) => {
    setSelected([anchor], isOn);
    range.current = { anchor, lead: anchor, isOn, touched: [] };
    return range.current;
  };

  test('is taken anew from where it began, and leaves what was selected before it', async () => {
    setSelected([idAt(6)], true);
    const begun = held(idAt(2));
    selectTo(begun, idAt(7));
    selectTo(begun, idAt(4));
    await settled();
    expect(selected(10)).toBe('n2 n3 n4 n6');
    selectTo(begun, idAt(1));
    await settled();
    expect(selected(10)).toBe('n1 n2 n6');
  });

  test('takes away what the press took away, as exceptions of all', async () => {
    selectAll();
    press(idAt(3), false);
    expect(isSelected(idAt(3))).toBe(false);
    selectTo(range.current!, idAt(5));
    await settled();
    expect(selected(8)).toBe('n0 n1 n2 n6 n7');
  });

  test('reads the rows that are not at hand, each page once', async () => {
    const list = listOf('', 400, 60);
    noteShownList(list);
    selectTo(held(idAt(58)), idAt(170));
    await settled();
    expect(list.pages).toEqual([1, 2, 3]);
    expect(selected(400).split(' ')).toHaveLength(113);
  });

  test('is forgotten with the selection, also while it is read', async () => {
    const begun = held(idAt(2));
    selectTo(begun, idAt(7));
    clearSelection();
    await settled();
    expect(selected(10)).toBe('');
  });

  test('begins at the row that had the focus', () => {
    extendSelection(idAt(4), idAt(5));
    expect(range.current).toMatchObject({ anchor: idAt(4), lead: idAt(5), isOn: true });
    expect(isSelected(idAt(4))).toBe(true);
  });
});

describe('another list', () => {
  test('keeps what was ticked, and counts what it does not show', () => {
    setSelected([idAt(1), idAt(150)], true);
    const list = listOf('?provider=pia', 100);
    noteShownList(list);
    const ids = new Map([
      [idAt(1), ''],
      [idAt(150), ''],
    ]);
    expect([isSelected(idAt(1)), isSelected(idAt(150)), countNotShown(ids, list)]).toEqual([true, true, 1]);
  });

  test('shows nothing as selected of all that match the one before, and ticks nothing', () => {
    selectAll();
    noteShownList(listOf('?provider=pia', 100));
    setSelected([idAt(1)], true);
    press(idAt(1), false);
    selectAll();
    expect([isSelected(idAt(1)), canTick(), range.current]).toEqual([false, false, null]);
    noteShownList(listOf('?sort=friendly_name', 200));
    expect([isSelected(idAt(1)), canTick()]).toEqual([true, true]);
  });

  test('of deleted numbers begins without a selection', () => {
    setSelected([idAt(1)], true);
    noteShownList(listOf('?deleted=true', 100));
    expect(isSelected(idAt(1))).toBe(false);
  });
});

test('an act takes 5,000 numbers one by one and 1,000 exceptions, and what goes beyond is not taken', () => {
  const many = Array.from({ length: 5001 }, (_, index) => idAt(index));
  setSelected(many, true);
  expect(isSelected(idAt(0))).toBe(false);
  setSelected(many.slice(1), true);
  expect(isSelected(idAt(5000))).toBe(true);
  selectAll();
  setSelected(many.slice(0, 1001), false);
  expect(isSelected(idAt(0))).toBe(true);
  setSelected(many.slice(0, 1000), false);
  expect(isSelected(idAt(0))).toBe(false);
});

test('a list that is as it was tells nobody', () => {
  let told = 0;
  const stop = subscribe(() => told++);
  noteShownList(listOf('', 200));
  setSelected([idAt(1)], true);
  expect(told).toBe(1);
  stop();
});
