import { expect, test } from 'vitest';
import { resultWords, titleOf } from './job-words.ts';

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
