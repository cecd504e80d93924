import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { DatabaseUnavailable, isPostgresError, type Database } from '#server/platform/db/database.ts';
import { readMigrations } from '#server/platform/db/migrate/migrate.ts';
import { openDatabase } from '#server/platform/db/open/open-database.ts';
import { grantServerRights } from '#server/platform/db/migrate/schema-rights.ts';

interface TestDatabases {
  /** Of the role that owns the tables: what a test looks at and sets up. */
  owner: Database;
  /** What the app is given: on a PostgreSQL server that of a role which may do only what a server must. */
  server: Database;
}

/**
 * A new database on the PostgreSQL server under test, as its owner; null where the tests run on the embedded
 * one.
 */
export const newTestDatabaseUrl = async (): Promise<URL | null> => {
  const serverUrl = inject('testServerUrl');
  if (serverUrl === '') return null;
  const name = `${inject('testDatabasePrefix')}${randomUUID().slice(0, 8)}`;
  const admin = new pg.Client({ connectionString: serverUrl });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name}`);
  await admin.end();
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url;
};

const open = async (): Promise<TestDatabases> => {
  const config = { databaseUrl: null, databasePoolSize: 4, dataFolder: ':memory:' };
  const url = await newTestDatabaseUrl();
  if (url === null) {
    const embedded = await openDatabase(config, { refuseNesting: true });
    return { owner: embedded, server: embedded };
  }
  const owner = await openDatabase({ ...config, databaseUrl: url.href }, { refuseNesting: true });
  const role = inject('testServerRole');
  await grantServerRights(owner, role, await readMigrations());
  url.username = url.password = role;
  return { owner, server: await openDatabase({ ...config, databaseUrl: url.href }, { refuseNesting: true }) };
};

let shared: Promise<TestDatabases> | undefined;

/**
 * The real database that all test files of one vitest worker share: embedded in memory, or, where
 * CORDBOARD_TEST_DATABASE_URL names a PostgreSQL server, a fresh one there.
 */
export const testDatabase = async (): Promise<Database> => (await (shared ??= open())).owner;

/** The same database as the app gets it, so that every test shows that the role of a server suffices. */
export const testServerDatabase = async (): Promise<Database> => (await (shared ??= open())).server;

const isDeadlock = (error: unknown): boolean =>
  error instanceof DatabaseUnavailable && isPostgresError(error.cause) && error.cause.code === '40P01';

/** A table with more rows is emptied faster by TRUNCATE, which costs the same for a table without any. */
const MANY_ROWS = 1000;
/** What DELETE leaves behind in the files slows what comes after, so it is cleared away now and then. */
const CLEARED_EVERY = 25;
let timesEmptied = 0;

const emptyOnce = async (database: Database): Promise<void> => {
  const tables = await database.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'schema_migration'`,
  );
  if (tables.length === 0) return;
  const counted = await database.query<{ name: string; rows: number }>(
    tables
      .map(
        ({ name }) =>
          `SELECT '${name}' AS name, (SELECT count(*)::int FROM (SELECT FROM ${name} LIMIT ${MANY_ROWS}) AS few) AS rows`,
      )
      .join(' UNION ALL '),
  );
  const filled = counted.filter(({ rows }) => rows > 0);
  const isTruncated = timesEmptied++ % CLEARED_EVERY === 0 || filled.some(({ rows }) => rows === MANY_ROWS);
  await database.transaction(async (tx) => {
    // The audit log refuses to be emptied. Only a superuser may look away from its rule, as the tests' own
    // role is.
    await tx.query('SET LOCAL session_replication_role = replica');
    if (isTruncated) await tx.query(`TRUNCATE ${tables.map(({ name }) => name).join(', ')} CASCADE`);
    else for (const { name } of filled) await tx.query(`DELETE FROM ${name}`);
    await tx.query(
      `SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)
       FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL`,
    );
  });
};

/**
 * Empties every table, so that each test starts from nothing. What the test before has left at work may hold one table
 * and wait for another: PostgreSQL then ends either of the two, and where it is this, it begins again.
 */
export const emptyTables = async (database: Database): Promise<void> => {
  try {
    await emptyOnce(database);
  } catch (error) {
    if (!isDeadlock(error)) throw error;
    await emptyTables(database);
  }
};
