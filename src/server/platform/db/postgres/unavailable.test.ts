import { expect, test } from 'vitest';
import { DatabaseUnavailable } from '#server/platform/db/database.ts';
import { Problem } from '#server/problem.ts';
import { asUnavailable, isSessionLost } from './unavailable.ts';

test.for([
  'Connection terminated unexpectedly',
  'Connection terminated due to connection timeout',
  'timeout expired',
  'timeout exceeded when trying to connect',
  'Query read timeout',
  'Client has encountered a connection error and is not queryable',
  'Client was closed and is not queryable',
  'Client network socket disconnected before secure TLS connection was established',
  'The server does not support SSL connections',
])('a connection that the driver lost is a loss: %s', (sentence) => {
  const lost = new Error(sentence);
  expect(isSessionLost(lost)).toBe(true);
  expect(asUnavailable(lost)).toBeInstanceOf(DatabaseUnavailable);
});

test('a refusal of ours is none, whatever it speaks of', () => {
  const refusal = new Problem('version_conflict', 'You hold version 1, but the connection is at version 2.');
  expect(isSessionLost(refusal)).toBe(false);
  expect(asUnavailable(refusal)).toBe(refusal);
});

test('a plain error of ours is none, though it speaks of a connection', () => {
  const ours = new Error('The locked connection is gone');
  expect(isSessionLost(ours)).toBe(false);
  expect(asUnavailable(ours)).toBe(ours);
});
