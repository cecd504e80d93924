import { expect, test } from 'vitest';
import type { Link, LinkState } from '#contract/connections/links.ts';
import { savedWords, whereWords } from './saved-where.ts';

const names = new Map([
  ['v', 'Verbex'],
  ['t', 'Twilio'],
]);
const linked = (...states: [id: string, state: LinkState][]) => ({
  links: states.map(([connection_id, state]) => ({ connection_id, state }) as Link),
});

test('a save of a number that is not linked is just that', () => {
  expect(savedWords(linked(), names)).toBe('Saved');
  expect(whereWords(linked(), names)).toBe('');
});

test('one that arrived says where', () => {
  expect(savedWords(linked(['v', 'synced']), names)).toBe('Saved, and on Verbex');
  expect(savedWords(linked(['v', 'synced'], ['t', 'synced']), names)).toBe('Saved, and on Verbex and Twilio');
});

test('one that did not says so, and why', () => {
  expect(savedWords(linked(['v', 'pending']), names)).toBe('Saved here. Not on Verbex yet: waiting');
  expect(savedWords(linked(['v', 'refused'], ['t', 'synced']), names)).toBe(
    'Saved here. Not on Verbex yet: refused',
  );
  expect(savedWords(linked(['v', 'held']), undefined)).toBe(
    'Saved here. Not on the platform yet: a credential is missing',
  );
});
