import { expect } from 'vitest';
import { changedIds, changeSchema, MAX_CHANGED_IDS, type Change } from '#contract/changes.ts';
import type { Database } from '#server/platform/db/database.ts';
import { test } from '#server/testing/test-app.ts';
import { announceChanges } from './announce.ts';
import { openChangeFeed } from './change-feed.ts';

const given = (count: number, idOf: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => ({ id: idOf(at), version: at + 1 }));

/** What is heard of these, up to a last word that says that all was. */
const hear = async (
  database: Database,
  changed: readonly { id: string; version: number }[],
): Promise<Change[]> => {
  const heard: Change[] = [];
  const stop = (await openChangeFeed(database)).follow(
    (change) => change !== 'gap' && void heard.push(change),
  );
  await database.transaction(async (tx) => {
    await announceChanges(tx, { subject: 'phone_number', change: 'updated' }, changed);
    await announceChanges(tx, { subject: 'agent', change: 'added' }, [{ id: 'last', version: 1 }]);
  });
  await expect.poll(() => heard.at(-1)?.subject).toBe('agent');
  stop();
  return heard.slice(0, -1);
};

test('of none nothing is announced, and one keeps its shape', async ({ cordboard: { database } }) => {
  expect(await hear(database, [])).toEqual([]);
  const one = await hear(
    database,
    given(1, () => 'one'),
  );
  expect(one.map((change) => JSON.stringify(change))).toEqual([
    '{"subject":"phone_number","id":"one","change":"updated","version":1}',
  ]);
});

test.for([
  [2, 1],
  [MAX_CHANGED_IDS, 1],
  [MAX_CHANGED_IDS + 1, 2],
  [1000, 4],
] as const)('%i are announced in %i parts', async ([count, parts], { cordboard: { database } }) => {
  const changed = given(count, (at) => String(at).padStart(24, '0'));
  const heard = await hear(database, changed);
  expect(heard).toHaveLength(parts);
  for (const change of heard) expect(changeSchema.parse(change)).toEqual(change);
  expect(heard.flatMap(changedIds)).toEqual(changed.map(({ id }) => id));
});

test('the longest ids there can be find room', async ({ cordboard: { database } }) => {
  const changed = given(300, (at) => String(at).padStart(64, 'x'));
  expect((await hear(database, changed)).flatMap(changedIds)).toEqual(changed.map(({ id }) => id));
});
