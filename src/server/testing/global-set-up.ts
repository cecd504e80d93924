import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** A PostgreSQL server to make test databases on; empty: the embedded database. */
    testServerUrl: string;
    testDatabasePrefix: string;
  }
}

/** Drops what the workers made on a real server; the embedded databases end with their workers. */
export const setup = (project: TestProject): (() => Promise<void>) => {
  const { testServerUrl } = project.getProvidedContext();
  const prefix = `cordboard_test_${randomUUID().slice(0, 8)}_`;
  project.provide('testDatabasePrefix', prefix);
  return async () => {
    if (testServerUrl === '') return;
    const admin = new pg.Client({ connectionString: testServerUrl });
    await admin.connect();
    const made = await admin.query<{ name: string }>('SELECT datname AS name FROM pg_database WHERE starts_with(datname, $1)', [prefix]);
    for (const { name } of made.rows) await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await admin.end();
  };
};
