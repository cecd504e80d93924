import { expect, test } from 'vitest';
import type { Link } from '#contract/connections/links.ts';
import { linkWords, mayRetry, seenTurns } from './link-words.ts';

const now = Date.parse('2026-02-03T12:00:30Z');
const verbex = { name: 'Verbex', paused: false };
const link = (fields: Partial<Link>): Link => ({
  role: 'platform',
  connection_id: 'c',
  state: 'synced',
  reason: null,
  message: null,
  since: '2026-02-03T11:00:00Z',
  seen_at: null,
  next_try_at: null,
  ...fields,
});
const words = (fields: Partial<Link>, connection = verbex) => linkWords(link(fields), connection, now)[0];

test('what is synced says how long ago that was seen', () => {
  expect(words({ seen_at: '2026-02-03T12:00:28Z' })).toBe('Synced just now');
  expect(words({ seen_at: '2026-02-03T12:00:18Z' })).toBe('Synced 10 s ago');
  expect(words({ seen_at: '2026-02-03T11:59:31Z' })).toBe('Synced 50 s ago');
  expect(words({ seen_at: '2026-02-03T11:56:00Z' })).toBe('Synced 4 min ago');
  expect(words({ seen_at: null })).toBe('Synced');
});

test('and the words change when they have to', () => {
  expect(seenTurns('2026-02-03T12:00:28Z').slice(0, 2)).toEqual([
    Date.parse('2026-02-03T12:00:38Z'),
    Date.parse('2026-02-03T12:00:48Z'),
  ]);
  expect(seenTurns(null)).toEqual([]);
});

test('what waits says whether it is being sent, or when it will be', () => {
  expect(words({ state: 'pending', next_try_at: '2026-02-03T12:00:30Z' })).toBe('Sending…');
  expect(words({ state: 'pending' })).toBe('Waiting');
  expect(words({ state: 'retrying', next_try_at: '2026-02-03T14:02:00Z' })).toMatch(
    /^Waiting, next try \d\d:02$/,
  );
  expect(words({ state: 'retrying', next_try_at: '2026-02-03T12:00:00Z' })).toBe('Trying again…');
  expect(words({ state: 'pending' }, { name: 'Verbex', paused: true })).toBe(
    'Waiting: the connection is paused',
  );
});

test('what needs somebody says why', () => {
  expect(words({ state: 'refused', message: 'The name is too long.' })).toBe(
    'Refused: The name is too long.',
  );
  expect(words({ state: 'held' })).toBe('Held: a credential is missing');
  expect(words({ state: 'conflict' })).toBe('Changed here and there');
  expect(words({ state: 'drift' })).toBe('Changed on Verbex');
  expect(words({ state: 'gone' })).toBe('Not on Verbex any more');
});

test('only what waits or was not taken can be tried again', () => {
  expect(mayRetry({ state: 'refused' })).toBe(true);
  expect(mayRetry({ state: 'synced' })).toBe(false);
  expect(mayRetry({ state: 'drift' })).toBe(false);
});
