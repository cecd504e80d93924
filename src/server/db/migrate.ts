import { readdir, readFile } from 'node:fs/promises';
import type { Database, Transaction } from './database.ts';

/** Beside this file in the source, and beside the bundle once built. */
const folder = new URL('./migrations/', import.meta.url);

// Any number, so long as no other program on the same database uses it.
const migrationLock = 7_412_604;

interface Migration {
  number: number;
  name: string;
  sql: string;
}

export class SchemaTooNew extends Error {
  override readonly name = 'SchemaTooNew';
}

export const readMigrations = async (from: URL = folder): Promise<Migration[]> => {
  const names = (await readdir(from)).filter((name) => /^\d{4}_\w+\.sql$/.test(name)).sort();
  return Promise.all(names.map(async (name) => ({ number: Number(name.slice(0, 4)), name, sql: await readFile(new URL(name, from), 'utf8') })));
};

const applied = async (tx: Transaction): Promise<Set<number>> => {
  await tx.query(
    'CREATE TABLE IF NOT EXISTS schema_migration (number integer PRIMARY KEY, name text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())',
  );
  const rows = await tx.query<{ number: number }>('SELECT number FROM schema_migration');
  return new Set(rows.map((row) => row.number));
};

/** Brings the schema up to this code, each step in its own transaction; servers that start together take turns. */
export const migrate = async (database: Database, migrations?: readonly Migration[]): Promise<void> => {
  const steps = migrations ?? (await readMigrations());
  const known = new Set(steps.map((step) => step.number));
  for (let done = false; !done;) {
    done = await database.transaction(async (tx) => {
      // Held to the end of the transaction: a server that dies half-way leaves neither lock nor half a step.
      await tx.query('SELECT pg_advisory_xact_lock($1)', [migrationLock]);
      const before = await applied(tx);
      const unknown = [...before].filter((number) => !known.has(number));
      if (unknown.length > 0) {
        throw new SchemaTooNew(
          `The database has been migrated by a newer Cordboard (step ${Math.max(...unknown)}). Start that version, or restore a backup taken before.`,
        );
      }
      const next = steps.find((step) => !before.has(step.number));
      if (!next) return true;
      await tx.query(next.sql);
      await tx.query('INSERT INTO schema_migration (number, name) VALUES ($1, $2)', [next.number, next.name]);
      return false;
    });
  }
};
