import { expect, test } from 'vitest';
import { testDatabase } from '#server/testing/test-database.ts';
import { migrate, readMigrations, SchemaTooNew } from './migrate.ts';

const database = await testDatabase();
const steps = await readMigrations();
const step = (number: number, sql: string) => ({ number, name: `${number}_test.sql`, sql });
const undo = (number: number) => database.query('DELETE FROM schema_migration WHERE number = $1', [number]);

test('servers that migrate at once all succeed, and each step runs once', async () => {
  const more = [
    ...steps,
    step(9001, 'CREATE TABLE migrated_once (id integer)'),
    step(9002, 'INSERT INTO migrated_once VALUES (1)'),
  ];
  await Promise.all(Array.from({ length: 4 }, () => migrate(database, more)));
  expect(await database.query('SELECT id FROM migrated_once')).toEqual([{ id: 1 }]);
  await database.query('DROP TABLE migrated_once');
  await undo(9001);
  await undo(9002);
});

test('a step that fails leaves neither its half nor its record', async () => {
  await expect(
    migrate(database, [...steps, step(9001, 'CREATE TABLE half (id integer); SELECT 1 / 0')]),
  ).rejects.toThrow('division by zero');
  expect(await database.query(`SELECT to_regclass('half') AS found`)).toEqual([{ found: null }]);
  await migrate(database, steps);
});

test('a database newer than the code is refused', async () => {
  await migrate(database, [...steps, step(9001, 'SELECT 1')]);
  await expect(migrate(database, steps)).rejects.toThrow(SchemaTooNew);
  await undo(9001);
});
