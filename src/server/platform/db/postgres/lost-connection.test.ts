import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openWire } from '#server/testing/cuttable-wire.ts';
import { DatabaseUnavailable, OutcomeUnknown, type Database } from '#server/platform/db/database.ts';
import { startEmbedded, type Embedded } from '#server/platform/db/embedded/embedded.ts';
import { openPool } from './pool.ts';

let embedded: Embedded;
let wire: Awaited<ReturnType<typeof openWire>>;
let database: Database;

beforeAll(async () => {
  embedded = await startEmbedded(':memory:', 'own', () => {});
  wire = await openWire({ path: join(embedded.socketFolder, '.s.PGSQL.5432') });
  database = openPool({
    connection: { host: '127.0.0.1', port: wire.port, user: 'postgres', database: 'postgres' },
    size: 1,
    namedStatements: true,
  });
});

beforeEach(() => database.query('DROP TABLE IF EXISTS kept; CREATE TABLE kept (id integer)'));

afterAll(async () => {
  await database.close();
  await wire.close();
  await embedded.stop();
});

const kept = async () =>
  (await database.query<{ id: number }>('SELECT id FROM kept ORDER BY id')).map((row) => row.id);

test('a connection lost in a transaction is told, nothing is kept, and the next query works', async () => {
  const lost = database.transaction(async (tx) => {
    await tx.query('INSERT INTO kept VALUES (1)');
    wire.cut();
    await tx.query('INSERT INTO kept VALUES (2)');
  });
  await expect(lost).rejects.toThrow(DatabaseUnavailable);
  await expect(lost).rejects.not.toThrow(OutcomeUnknown);
  expect(await kept()).toEqual([]);
});

test('a connection lost before the COMMIT is sent leaves no doubt: nothing is kept', async () => {
  const lost = database.transaction(async (tx) => {
    await tx.query('INSERT INTO kept VALUES (1)');
    wire.cut();
    // The driver has heard of it before the COMMIT.
    await expect(tx.query('SELECT 1')).rejects.toThrow();
  });
  await expect(lost).rejects.toThrow(DatabaseUnavailable);
  await expect(lost).rejects.not.toThrow(OutcomeUnknown);
  expect(await kept()).toEqual([]);
});

test.each([
  ['did not arrive', 'cutBefore', []],
  ['took place', 'cutAfter', [1]],
] as const)(
  'a COMMIT that %s and whose answer never came is neither success nor failure',
  async (_what, cutAt, found) => {
    wire[cutAt]('COMMIT');
    const unknown = database.transaction((tx) => tx.query('INSERT INTO kept VALUES (1)'));
    await expect(unknown).rejects.toThrow(OutcomeUnknown);
    wire[cutAt](undefined);
    expect(await kept()).toEqual(found);
  },
);

test('a database that is away is unavailable, and is found again without a restart', async () => {
  await wire.close();
  await expect(database.query('SELECT 1')).rejects.toThrow(DatabaseUnavailable);
  expect(await database.isReachable()).toBe(false);
  await wire.open();
  expect(await database.isReachable()).toBe(true);
  await database.query('INSERT INTO kept VALUES (3)');
  expect(await kept()).toEqual([3]);
});

test('a prepared statement works after its connection was lost', async () => {
  const statement = { name: 'kept_plus', text: 'SELECT $1::int + 1 AS next' };
  expect(await database.query(statement, [1])).toEqual([{ next: 2 }]);
  wire.cut();
  await expect.poll(() => database.query(statement, [2]).catch(() => 'lost')).toEqual([{ next: 3 }]);
});

test('whoever listens hears of a gap, and listens again', async () => {
  const heard: string[] = [];
  let wake = () => {};
  const again = () => new Promise<void>((resolve) => (wake = resolve));
  await database.listen(
    'gap_channel',
    (payload) => {
      heard.push(payload);
      wake();
    },
    () => {
      heard.push('gap');
      wake();
    },
  );
  const gap = again();
  wire.cut();
  await gap;
  const next = again();
  await expect
    .poll(() => database.query(`SELECT pg_notify('gap_channel', 'after')`).catch(() => 'lost'))
    .not.toBe('lost');
  await next;
  expect(heard).toEqual(['gap', 'after']);
});

test('waiting for a connection counts: a question with a limit is given up, and never asked', async () => {
  await database.transaction(async (tx) => {
    await expect(database.within(50).query('INSERT INTO kept VALUES (4)')).rejects.toThrow(
      DatabaseUnavailable,
    );
    await tx.query('INSERT INTO kept VALUES (5)');
  });
  expect(await kept()).toEqual([5]);
});
