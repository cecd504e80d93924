import { expect, test } from 'vitest';
import { DatabaseUnavailable } from '#server/platform/db/database.ts';
import { Problem } from '#server/problem.ts';
import { asUnavailable, isSessionLost } from './unavailable.ts';

test('a connection that the driver lost is a loss', () => {
  const lost = new Error('Connection terminated unexpectedly');
  expect(isSessionLost(lost)).toBe(true);
  expect(asUnavailable(lost)).toBeInstanceOf(DatabaseUnavailable);
});

test('a refusal of ours is none, whatever it speaks of', () => {
  const refusal = new Problem('version_conflict', 'You hold version 1, but the connection is at version 2.');
  expect(isSessionLost(refusal)).toBe(false);
  expect(asUnavailable(refusal)).toBe(refusal);
});
