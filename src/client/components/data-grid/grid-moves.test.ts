import { expect, test } from 'vitest';
import { keyOf, moveOf } from './grid-moves.ts';

const million = { rows: 1_000_000, columns: 7, page: 20 };
const press = (key: string, modifiers = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...modifiers,
});
const from = { row: 10, column: 2 };

test.each([
  ['ArrowDown', { row: 11, column: 2 }],
  ['j', { row: 11, column: 2 }],
  ['ArrowUp', { row: 9, column: 2 }],
  ['k', { row: 9, column: 2 }],
  ['PageDown', { row: 30, column: 2 }],
  ['PageUp', { row: 0, column: 2 }],
  ['ArrowLeft', { row: 10, column: 1 }],
  ['ArrowRight', { row: 10, column: 3 }],
  ['Home', { row: 10, column: 0 }],
  ['End', { row: 10, column: 6 }],
])('%s moves', (key, to) => expect(moveOf(press(key), from, million)).toEqual(to));

test('Caps Lock changes no key', () => {
  expect(moveOf(press('J'), from, million)).toEqual({ row: 11, column: 2 });
  expect(keyOf(press('X'))).toBe('x');
  expect(keyOf(press('x', { shiftKey: true }))).toBe('X');
  expect(keyOf(press('Enter', { shiftKey: true }))).toBe('Enter');
});

test('Ctrl+End reaches the last of a million rows and Ctrl+Home the first', () => {
  expect(moveOf(press('End', { ctrlKey: true }), from, million)).toEqual({ row: 999_999, column: 6 });
  expect(moveOf(press('Home', { metaKey: true }), from, million)).toEqual({ row: 0, column: 0 });
});

test('no move leaves the grid', () => {
  expect(moveOf(press('ArrowUp'), { row: 0, column: 0 }, million)).toEqual({ row: 0, column: 0 });
  expect(moveOf(press('ArrowRight'), { row: 0, column: 6 }, million)).toEqual({ row: 0, column: 6 });
  expect(moveOf(press('ArrowDown'), { row: 999_999, column: 0 }, million)).toEqual({
    row: 999_999,
    column: 0,
  });
});

test('the shortcuts of others are left to them', () => {
  expect(moveOf(press('k', { ctrlKey: true }), from, million)).toBeNull();
  expect(moveOf(press('ArrowDown', { altKey: true }), from, million)).toBeNull();
  expect(moveOf(press('x'), from, million)).toBeNull();
});
