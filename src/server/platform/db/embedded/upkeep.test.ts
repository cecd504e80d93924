import { PGlite } from '@electric-sql/pglite';
import { afterAll, expect, test } from 'vitest';
import { emptyDatabase } from './template.ts';
import { keepUp } from './upkeep.ts';

const db = await PGlite.create({ loadDataDir: await emptyDatabase() });
afterAll(() => db.close());

const first = async <Row>(sql: string) => (await db.query<Row>(sql)).rows[0];

test('the planner learns how many rows there are, dead rows go, and the log begins anew', async () => {
  await db.exec('CREATE TABLE kept_up (id integer PRIMARY KEY, filler text)');
  await db.exec(`INSERT INTO kept_up SELECT n, repeat(md5(n::text), 20) FROM generate_series(1, 80000) n`);
  await db.exec('DELETE FROM kept_up WHERE id % 2 = 0');
  const logStart = () =>
    first<{ redo: string }>('SELECT redo_lsn::text AS redo FROM pg_control_checkpoint()');
  const before = await logStart();
  await keepUp(db);
  expect(await first(`SELECT reltuples::int AS rows FROM pg_class WHERE relname = 'kept_up'`)).toEqual({
    rows: 40_000,
  });
  expect(
    await first(`SELECT n_dead_tup::int AS dead FROM pg_stat_user_tables WHERE relname = 'kept_up'`),
  ).toEqual({ dead: 0 });
  expect(await logStart()).not.toEqual(before);
});

test('where nothing changed nothing is done', async () => {
  const times = () =>
    first(`SELECT vacuum_count, analyze_count FROM pg_stat_user_tables WHERE relname = 'kept_up'`);
  const before = await times();
  await keepUp(db);
  expect(await times()).toEqual(before);
});
