import { expect, test } from 'vitest';
import { createLineIndex } from './line-index.ts';

test('the first line of each number is kept, whatever others there are and however many', () => {
  const index = createLineIndex();
  const numbers = Array.from({ length: 20_000 }, (_, at) => 880_171_000_000_0 + at * 7);
  const found = numbers.map((number, at) => index.findOrAdd(number, at + 2));
  expect(found.every((line) => line === undefined)).toBe(true);
  expect(numbers.map((number) => index.findOrAdd(number, 1))).toEqual(numbers.map((_, at) => at + 2));
});

test('the shortest and the longest numbers are told apart', () => {
  const index = createLineIndex();
  const numbers = [1, 2, 2 ** 26, 2 ** 26 + 1, 999_999_999_999_998, 999_999_999_999_999];
  for (const [at, number] of numbers.entries()) expect(index.findOrAdd(number, at)).toBeUndefined();
  for (const [at, number] of numbers.entries()) expect(index.findOrAdd(number, 99)).toBe(at);
});
