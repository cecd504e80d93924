import { expect, test } from 'vitest';
import { shiftOf } from './anchor.ts';

const rows =
  (...keys: string[]) =>
  (key: string) =>
    keys.includes(key) ? keys.indexOf(key) : undefined;

test('rows added above move the list by as many', () => {
  expect(shiftOf([{ key: 'b', index: 1 }], rows('new', 'newer', 'a', 'b', 'c'))).toBe(2);
});

test('rows removed above move it back', () =>
  expect(shiftOf([{ key: 'c', index: 2 }], rows('c', 'd'))).toBe(-2));

test('changes below move nothing', () =>
  expect(shiftOf([{ key: 'a', index: 0 }], rows('a', 'x', 'b'))).toBe(0));

test('the focused row claims before the hovered, and that before the first in sight', () => {
  const after = rows('a', 'new', 'b', 'c');
  expect(
    shiftOf(
      [
        { key: 'a', index: 0 },
        { key: 'c', index: 2 },
      ],
      after,
    ),
  ).toBe(0);
  expect(shiftOf([null, { key: 'c', index: 2 }], after)).toBe(1);
});

test('a row that is gone leaves the claim to the next', () => {
  expect(
    shiftOf(
      [
        { key: 'deleted', index: 1 },
        { key: 'c', index: 2 },
      ],
      rows('a', 'c'),
    ),
  ).toBe(-1);
  expect(shiftOf([{ key: 'deleted', index: 1 }], rows('a', 'c'))).toBe(0);
});
