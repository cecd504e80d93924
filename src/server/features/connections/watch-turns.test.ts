import { beforeEach, expect, test } from 'vitest';
import type { Database } from '#server/platform/db/database.ts';
import { emptyTables, testDatabase, testServerDatabase } from '#server/testing/test-database.ts';
import { createWatchTurns, type WatchTurn } from './watch-turns.ts';

let owner: Database;
let database: Database;

/** With one number that is linked to it, and is there. */
const giveConnection = async (id: string): Promise<void> => {
  await owner.query(
    `insert into connection (id, kind, role, name, name_key, settings, watch_due_at)
       values ($1, 'verbex', 'platform', $1, $1, '{}', now())`,
    [id],
  );
  await owner.query(
    `insert into phone_number (id, phone_number, phone_number_international, provider, name_key, search_text)
       values ($1, $1, '', 'pia', '', '')`,
    [id],
  );
  await owner.query(
    `insert into number_link (phone_number_id, role, connection_id, upstream_id, state) values ($1, 'platform', $1, $1, 'synced')`,
    [id],
  );
};
const claimed = async (seconds = 10): Promise<WatchTurn> => {
  const turn = await createWatchTurns(database).claim(seconds);
  if (turn === undefined) throw new Error('Nobody’s turn');
  return turn;
};
const timesOf = async (id: string): Promise<{ due_in: number; is_watched: boolean }> => {
  const [row] = await owner.query<{ due_in: number; is_watched: boolean }>(
    `select extract(epoch from watch_due_at - clock_timestamp())::float8 as due_in, watched_at is not null as is_watched
       from connection where id = $1`,
    [id],
  );
  if (row === undefined) throw new Error('It is gone');
  return row;
};

beforeEach(async () => {
  owner = await testDatabase();
  database = await testServerDatabase();
  await emptyTables(owner);
  await giveConnection('one');
});

test('of many servers one gets the turn, and the next one comes five minutes later', async () => {
  const servers = Array.from({ length: 5 }, () => createWatchTurns(database));
  const got = (await Promise.all(servers.map((server) => server.claim(10)))).filter(
    (turn) => turn !== undefined,
  );
  expect(got).toHaveLength(1);
  const [turn] = got;
  if (turn) await servers[0]?.end(turn, { isWhole: true, restMs: 0 });
  expect(await servers[1]?.claim(10)).toBeUndefined();
  const { due_in, is_watched } = await timesOf('one');
  expect(is_watched).toBe(true);
  expect(due_in).toBeGreaterThan(295);
  expect(due_in).toBeLessThanOrEqual(300);
});

test('after a long reading it rests twice as long as that took, or as long as the platform asks for', async () => {
  const turn = await claimed();
  const beganAt = new Date(Date.now() - 20 * 60_000).toISOString();
  await owner.query(`update connection set watch_due_at = $1::timestamptz - interval '1 minute'`, [beganAt]);
  await createWatchTurns(database).end({ ...turn, began_at: beganAt }, { isWhole: true, restMs: 0 });
  expect((await timesOf('one')).due_in).toBeGreaterThan(2395);

  await owner.query('update connection set watch_due_at = now(), watched_at = null');
  await createWatchTurns(database).end(await claimed(), { isWhole: false, restMs: 7_200_000 });
  expect((await timesOf('one')).due_in).toBeGreaterThan(7195);
  expect((await timesOf('one')).is_watched).toBe(false);
});

test('whoever asks while it is being read has it read again', async () => {
  const turn = await claimed();
  await owner.query('update connection set watch_due_at = clock_timestamp()');
  await createWatchTurns(database).end(turn, { isWhole: true, restMs: 0 });
  expect((await claimed()).connection_id).toBe('one');
});

test('a holder that is killed is followed within its lease, and holds it no more', async () => {
  const turns = createWatchTurns(database);
  const killed = await claimed(0.3);
  expect(await turns.claim(10)).toBeUndefined();
  await expect
    .poll(() => turns.claim(10), { timeout: 3000, interval: 20 })
    .toMatchObject({
      connection_id: 'one',
    });
  expect(await turns.extend(killed, 10)).toBeNull();
  await turns.end(killed, { isWhole: true, restMs: 0 });
  await turns.release(killed, 0);
  expect((await timesOf('one')).is_watched).toBe(false);
  expect(await turns.claim(10)).toBeUndefined();
});

test('a holder that goes on keeps it, until the connection is paused or refused', async () => {
  const turns = createWatchTurns(database);
  const turn = await claimed();
  const lease = await turns.extend(turn, 10);
  expect(lease).not.toBeNull();
  const held = { ...turn, lease: lease ?? '' };
  await owner.query('update connection set paused = true');
  expect(await turns.extend(held, 10)).toBeNull();
  expect(await turns.now({ id: 'one', version: 1 })).toBeNull();
});

test.for<[string, string]>([
  ['paused', 'update connection set paused = true'],
  ['refused', `update connection set state = 'refused'`],
  ['linked to nothing', 'update phone_number set deleted_at = now()'],
  ['linked to what is not there yet', 'update number_link set upstream_id = null'],
  ['read a while ago', `update connection set watch_due_at = now() + interval '1 minute'`],
])('one that is %s has no turn', async ([, change]) => {
  await owner.query(change);
  expect(await createWatchTurns(database).claim(10)).toBeUndefined();
});
