import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { writeInMemory } from './memory-folder.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A PostgreSQL server to make test databases on; empty: the embedded database. */
    testServerUrl: string;
    testDatabasePrefix: string;
    /** On that server, the role under which the app runs; its password is its name. */
    testServerRole: string;
  }
}

/** Drops what the workers made on a real server; the embedded databases end with their workers. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  writeInMemory();
  const { testServerUrl } = project.getProvidedContext();
  const prefix = `cordboard_test_${randomUUID().slice(0, 8)}_`;
  const role = `${prefix}server`;
  project.provide('testDatabasePrefix', prefix);
  project.provide('testServerRole', role);
  if (testServerUrl === '') return async () => {};
  const admin = new pg.Client({ connectionString: testServerUrl });
  await admin.connect();
  await admin.query(`CREATE ROLE ${role} LOGIN PASSWORD '${role}'`);
  await admin.end();
  return async () => {
    const admin = new pg.Client({ connectionString: testServerUrl });
    await admin.connect();
    const made = await admin.query<{ name: string }>(
      'SELECT datname AS name FROM pg_database WHERE starts_with(datname, $1)',
      [prefix],
    );
    for (const { name } of made.rows) await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await admin.query(`DROP ROLE ${role}`);
    await admin.end();
  };
};
