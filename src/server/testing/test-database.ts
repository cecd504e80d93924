import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import type { Database } from '#server/db/database.ts';
import { openDatabase } from '#server/db/open-database.ts';

const open = async (): Promise<Database> => {
  const config = { databaseUrl: null, databasePoolSize: 4, dataFolder: ':memory:' };
  const serverUrl = inject('testServerUrl');
  if (serverUrl === '') return openDatabase(config, { refuseNesting: true });
  const name = `${inject('testDatabasePrefix')}${randomUUID().slice(0, 8)}`;
  const admin = new pg.Client({ connectionString: serverUrl });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name}`);
  await admin.end();
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return openDatabase({ ...config, databaseUrl: url.href }, { refuseNesting: true });
};

let shared: Promise<Database> | undefined;

/**
 * The real database that all test files of one vitest worker share: embedded in memory, or, where
 * CORDBOARD_TEST_DATABASE_URL names a PostgreSQL server, a fresh one there.
 */
export const testDatabase = (): Promise<Database> => (shared ??= open());

/** Empties every table, so that each test starts from nothing. */
export const emptyTables = async (database: Database): Promise<void> => {
  const tables = await database.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'schema_migration'`,
  );
  if (tables.length === 0) return;
  await database.transaction(async (tx) => {
    // The audit log refuses to be emptied. Only a superuser may look away from its rule, as the tests' own role is.
    await tx.query('SET LOCAL session_replication_role = replica');
    await tx.query(`TRUNCATE ${tables.map((table) => table.name).join(', ')} RESTART IDENTITY CASCADE`);
  });
};
