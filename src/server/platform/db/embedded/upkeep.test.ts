import { PGlite } from '@electric-sql/pglite';
import { afterAll, expect, test } from 'vitest';
import { emptyDatabase } from './template.ts';
import { createUpkeep } from './upkeep.ts';

const db = await PGlite.create({ loadDataDir: await emptyDatabase() });
afterAll(() => db.close());
const keepUp = createUpkeep((work) => work(db));

const first = async <Row>(sql: string) => (await db.query<Row>(sql)).rows[0];

test('the planner learns how many rows there are, dead rows go, and the log begins anew', async () => {
  await db.exec('CREATE TABLE kept_up (id integer PRIMARY KEY, filler text)');
  await db.exec(`INSERT INTO kept_up SELECT n, repeat(md5(n::text), 20) FROM generate_series(1, 80000) n`);
  await db.exec('DELETE FROM kept_up WHERE id % 2 = 0');
  const logStart = () =>
    first<{ redo: string }>('SELECT redo_lsn::text AS redo FROM pg_control_checkpoint()');
  const before = await logStart();
  await keepUp();
  const counted = await first<{ rows: number }>(
    `SELECT reltuples::int AS rows FROM pg_class WHERE relname = 'kept_up'`,
  );
  // Told by a sample.
  expect(Math.abs((counted?.rows ?? 0) - 40_000)).toBeLessThan(400);
  expect(
    await first(`SELECT n_dead_tup::int AS dead FROM pg_stat_user_tables WHERE relname = 'kept_up'`),
  ).toEqual({ dead: 0 });
  expect(await logStart()).not.toEqual(before);
});

test('where nothing changed nothing is done', async () => {
  const times = () =>
    first(`SELECT vacuum_count, analyze_count FROM pg_stat_user_tables WHERE relname = 'kept_up'`);
  const before = await times();
  await keepUp();
  expect(await times()).toEqual(before);
});

test('a column that a large sample is taken for waits until nobody writes', async () => {
  await db.exec(`CREATE TABLE searched (id integer PRIMARY KEY, text text);
    ALTER TABLE searched ALTER COLUMN text SET STATISTICS 400`);
  const write = () => db.exec('INSERT INTO searched SELECT n, n::text FROM generate_series(1, 1000) n');
  const known = async () => {
    const found = await db.query<{ attname: string }>(
      `SELECT attname FROM pg_stats WHERE tablename = 'searched' ORDER BY 1`,
    );
    return found.rows.map(({ attname }) => attname);
  };
  await write();
  await keepUp();
  expect(await known()).toEqual(['id']);
  await keepUp();
  expect(await known()).toEqual(['id', 'text']);
  // And as large as others can wait for.
  expect(
    await first(`SELECT attstattarget::int AS target FROM pg_attribute
      WHERE attrelid = 'searched'::regclass AND attname = 'text'`),
  ).toEqual({ target: 50 });
});

test('what fails leaves no transaction open, and keeps nothing else from its turn', async () => {
  await db.exec(`CREATE TABLE broken (id integer);
    CREATE FUNCTION refuse(integer) RETURNS integer IMMUTABLE LANGUAGE plpgsql AS $$
      BEGIN IF current_setting('test.refuse', true) = 'on' THEN RAISE 'refused'; END IF; RETURN $1; END $$;
    CREATE INDEX broken_by_refusal ON broken (refuse(id));
    CREATE TABLE beside (id integer)`);
  await db.exec('INSERT INTO broken SELECT generate_series(1, 1000)');
  await db.exec('INSERT INTO beside SELECT generate_series(1, 1000)');
  await db.exec(`SET test.refuse = 'on'`);
  await keepUp();
  expect(await first(`SELECT reltuples::int AS rows FROM pg_class WHERE relname = 'beside'`)).toEqual({
    rows: 1000,
  });
  expect(await first(`SELECT reltuples::int AS rows FROM pg_class WHERE relname = 'broken'`)).not.toEqual({
    rows: 1000,
  });
});

test('or for five minutes, where somebody always does', async () => {
  await db.exec(`CREATE TABLE busy (id integer, text text);
    ALTER TABLE busy ALTER COLUMN text SET STATISTICS 400`);
  const isKnown = async () =>
    (await db.query(`SELECT 1 FROM pg_stats WHERE tablename = 'busy' AND attname = 'text'`)).rows.length > 0;
  let rounds = 0;
  for (; rounds < 40 && !(await isKnown()); rounds++) {
    await db.exec('INSERT INTO busy SELECT n, n::text FROM generate_series(1, 100) n');
    await keepUp();
  }
  expect(rounds).toBe(31);
});
