import { readdir, readFile } from 'node:fs/promises';
import type { Database, Queryable, Transaction } from '#server/platform/db/database.ts';
import { findMissingRights, readSchemaAccess, type SchemaAccess } from './schema-rights.ts';

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

/** The schema is not what this code needs, and this role may not change it. */
export class SchemaBehind extends Error {
  override readonly name = 'SchemaBehind';
}

export const readMigrations = async (from: URL = folder): Promise<Migration[]> => {
  const names = (await readdir(from)).filter((name) => /^\d{4}_\w+\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => ({
      number: Number(name.slice(0, 4)),
      name,
      sql: await readFile(new URL(name, from), 'utf8'),
    })),
  );
};

const readApplied = async (queryable: Queryable): Promise<Set<number>> => {
  const rows = await queryable.query<{ number: number }>('SELECT number FROM schema_migration');
  return new Set(rows.map((row) => row.number));
};

const refuseNewer = (applied: ReadonlySet<number>, steps: readonly Migration[]) => {
  const unknown = [...applied].filter((number) => steps.every((step) => step.number !== number));
  if (unknown.length === 0) return;
  throw new SchemaTooNew(
    `The database has been migrated by a newer Cordboard (step ${Math.max(...unknown)}). Start that version, or restore a backup taken before.`,
  );
};

const applyNext = async (tx: Transaction, steps: readonly Migration[]): Promise<Migration | undefined> => {
  // Held to the end of the transaction: a server that dies half-way leaves neither lock nor half a step.
  await tx.query('SELECT pg_advisory_xact_lock($1)', [migrationLock]);
  await tx.query(
    'CREATE TABLE IF NOT EXISTS schema_migration (number integer PRIMARY KEY, name text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())',
  );
  const applied = await readApplied(tx);
  refuseNewer(applied, steps);
  const next = steps.find((step) => !applied.has(step.number));
  if (!next) return undefined;
  await tx.query(next.sql);
  await tx.query('INSERT INTO schema_migration (number, name) VALUES ($1, $2)', [next.number, next.name]);
  return next;
};

const wayOut = (role: string) =>
  `Run this with the URL of the role that owns the tables, then start again:\n  DATABASE_URL=… cordboard migrate --grant ${role}`;

const requireCurrent = async (
  database: Database,
  { role, isMade, mayReadSteps }: SchemaAccess,
  steps: readonly Migration[],
): Promise<void> => {
  const applied = mayReadSteps ? await readApplied(database) : new Set<number>();
  refuseNewer(applied, steps);
  const missing = steps.filter((step) => !applied.has(step.number)).map((step) => step.name);
  if (missing.length > 0) {
    const state = !isMade
      ? 'is empty'
      : mayReadSteps
        ? `lacks ${missing.join(', ')}`
        : `may not be read by ${role}`;
    throw new SchemaBehind(`The database ${state}, and ${role} may not change its schema. ${wayOut(role)}`);
  }
  const rights = await findMissingRights(database, steps);
  if (rights.length > 0)
    throw new SchemaBehind(
      `The role ${role} lacks rights that a server needs: ${rights.join(', ')}. ${wayOut(role)}`,
    );
};

/**
 * Brings the schema up to this code, each step in its own transaction; servers that start together take
 * turns. A role that may not change the schema finds it as this code needs it, or is told who can make it so.
 */
export const migrate = async (
  database: Database,
  migrations?: readonly Migration[],
  onStep?: (name: string) => void,
): Promise<void> => {
  const steps = migrations ?? (await readMigrations());
  const access = await readSchemaAccess(database);
  if (!access.mayMigrate) return requireCurrent(database, access, steps);
  for (;;) {
    const step = await database.transaction((tx) => applyNext(tx, steps));
    if (!step) return;
    onStep?.(step.name);
  }
};

/**
 * The steps that this code has and the database has not, and whether it has steps that this code does not
 * know.
 */
export const compareSteps = async (database: Database): Promise<{ missing: string[]; isNewer: boolean }> => {
  const steps = await readMigrations();
  const { isMade, mayReadSteps } = await readSchemaAccess(database);
  const applied = isMade && mayReadSteps ? await readApplied(database) : new Set<number>();
  return {
    missing: steps.filter((step) => !applied.has(step.number)).map((step) => step.name),
    isNewer: [...applied].some((number) => steps.every((step) => step.number !== number)),
  };
};
