import { expect, test } from 'vitest';
import { testDatabase } from '#server/testing/test-database.ts';
import { isUniqueViolation } from '#server/platform/db/database.ts';

const database = await testDatabase();

const withTable = async (name: string) => {
  await database.query(`DROP TABLE IF EXISTS ${name}; CREATE TABLE ${name} (id integer PRIMARY KEY)`);
  return async () =>
    (await database.query<{ id: number }>(`SELECT id FROM ${name} ORDER BY id`)).map((row) => row.id);
};

test('values arrive as what they are', async () => {
  const [row] = await database.query<{ at: Date; n: number; o: object; l: string[]; d: string }>(
    `SELECT '2026-01-02T03:04:05.678Z'::timestamptz AS at, 5000000000::int8 AS n, '{"a":[1]}'::jsonb AS o, ARRAY['x','y'] AS l, '2026-01-02'::date AS d`,
  );
  expect(row).toEqual({
    at: new Date('2026-01-02T03:04:05.678Z'),
    n: 5_000_000_000,
    o: { a: [1] },
    l: ['x', 'y'],
    d: '2026-01-02',
  });
});

test('a failed transaction leaves nothing', async () => {
  const rows = await withTable('rolled_back');
  const failing = database.transaction(async (tx) => {
    await tx.query('INSERT INTO rolled_back VALUES (1)');
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(await rows()).toEqual([]);
});

test('a transaction that swallowed an error does not pass for committed', async () => {
  const rows = await withTable('swallowed');
  const swallowing = database.transaction(async (tx) => {
    await tx.query('INSERT INTO swallowed VALUES (1)');
    await tx.query('INSERT INTO swallowed VALUES (1)').catch(() => {});
  });
  await expect(swallowing).rejects.toThrow('rolled back');
  expect(await rows()).toEqual([]);
});

test('a transaction cannot be used once it is over', async () => {
  const kept = await database.transaction(async (tx) => tx);
  await expect(kept.query('SELECT 1')).rejects.toThrow('over');
});

test('asking the pool inside a transaction fails at once', async () => {
  await expect(database.transaction(() => database.query('SELECT 1'))).rejects.toThrow(
    'pass the transaction along',
  );
  expect(await database.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

test('a unique violation is told by its constraint', async () => {
  await withTable('unique_ids');
  const twice = database.query('INSERT INTO unique_ids VALUES ($1), ($1)', [7]);
  const error = await twice.catch((caught: unknown) => caught);
  expect([
    isUniqueViolation(error),
    isUniqueViolation(error, 'unique_ids_pkey'),
    isUniqueViolation(error, 'other'),
  ]).toEqual([true, true, false]);
});

test('a prepared statement is asked again and again', async () => {
  const statement = { name: 'double_of', text: 'SELECT $1::int * 2 AS doubled' };
  for (const n of [1, 2, 3]) expect(await database.query(statement, [n])).toEqual([{ doubled: n * 2 }]);
});

test('a notification arrives at commit, and not on rollback', async () => {
  const heard: string[] = [];
  let wake = () => {};
  const second = new Promise<void>((resolve) => (wake = resolve));
  await database.listen(
    'test_channel',
    (payload) => {
      heard.push(payload);
      if (payload === 'last') wake();
    },
    () => {},
  );
  await database
    .transaction(async (tx) => {
      await tx.query(`SELECT pg_notify('test_channel', 'rolled back')`);
      throw new Error('no');
    })
    .catch(() => {});
  await database.transaction(async (tx) => {
    await tx.query(`SELECT pg_notify('test_channel', 'committed')`);
    await tx.query('SELECT 1');
    expect(heard).toEqual([]);
  });
  await database.query(`SELECT pg_notify('test_channel', 'last')`);
  await second;
  expect(heard).toEqual(['committed', 'last']);
});

test('instants arrive exactly, whatever the session’s zone and however far away they are', async () => {
  const texts = [
    '2026-01-02 03:04:05.6+00',
    '2026-01-02 03:04:05+05:30',
    '1969-12-31 23:59:59.999+00',
    '12026-01-01 00:00:00+00',
    '0044-03-15 12:00:00+00 BC',
  ];
  await database.transaction(async (tx) => {
    for (const zone of ['UTC', 'Asia/Dhaka', 'Asia/Kolkata', 'America/St_Johns']) {
      await tx.query(`SET LOCAL timezone = '${zone}'`);
      for (const text of texts) {
        const [row] = await tx.query<{ at: Date; ms: number }>(
          'SELECT $1::timestamptz AS at, extract(epoch FROM $1::timestamptz) * 1000 AS ms',
          [text],
        );
        expect(row?.at.getTime()).toBe(Number(row?.ms));
      }
    }
  });
});
