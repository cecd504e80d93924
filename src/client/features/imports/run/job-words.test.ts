import { expect, test } from 'vitest';
import { resultWords, rowsToImport, titleOf } from './job-words.ts';

const none = {
  total: 0,
  done: 0,
  created: 0,
  changed: 0,
  unchanged: 0,
  skipped: 0,
  refused: 0,
  conflict: 0,
};

test('what came of an import is told by what there was', () => {
  expect(resultWords({ ...none, total: 4, done: 4, created: 1, changed: 2, refused: 1 })).toBe(
    '1 number added, 2 changed, 1 row refused',
  );
  expect(resultWords({ ...none, total: 5000, done: 3000, created: 3000 })).toBe(
    '3,000 numbers added, 2,000 not done',
  );
  expect(titleOf({ state: 'cancelled', cancel_reason: 'actor_lost' })).toMatch(/may no longer/);
});

test('what the check refused counts for nothing in how far an import is', () => {
  const planned = { created: 3, changed: 1 };
  expect(rowsToImport({ total: 24, done: 20 }, planned)).toEqual({ done: 0, total: 4 });
  expect(rowsToImport({ total: 24, done: 23 }, planned)).toEqual({ done: 3, total: 4 });
});
