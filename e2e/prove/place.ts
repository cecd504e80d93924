import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { startPostgresql } from '../postgresql.ts';
import { databaseInUse, keepDataOn } from '../server.ts';

export const databases = ['embedded', 'postgresql'] as const;
/** What the servers of a proof keep their data on. */
export type DatabaseKind = (typeof databases)[number];

interface Server {
  url: string;
  /** Where its files are; null where it is not ours. */
  folder: string | null;
  stop(): Promise<void>;
}

let server: Promise<Server | undefined> | undefined;

/**
 * The server that PROVE_DATABASE_URL names, else one of the proofs' own, where the machine has the programs.
 */
export const postgresql = (): Promise<Server | undefined> => {
  const named = process.env['PROVE_DATABASE_URL'];
  return (server ??=
    named === undefined
      ? startPostgresql()
      : Promise.resolve({ url: named, folder: null, stop: async () => {} }));
};

export const stopPostgresql = async (): Promise<void> => (await server)?.stop();

const asAdmin = async (url: string, statement: string): Promise<void> => {
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  await admin.query(statement);
  await admin.end();
};

/**
 * The folder of the PostgreSQL server in use, all that was committed written to its files; null where there
 * is none.
 */
export const writtenFiles = async (): Promise<string | null> => {
  const [url, found] = [databaseInUse(), await server];
  if (url === undefined || found === undefined) return null;
  await asAdmin(url, 'CHECKPOINT');
  return found.folder;
};

/** Runs a proof whose servers all use one fresh database of that kind; false where this machine has none. */
export const onDatabase = async (kind: DatabaseKind, proof: () => Promise<void>): Promise<boolean> => {
  if (kind === 'embedded') {
    await proof();
    return true;
  }
  const found = await postgresql();
  if (found === undefined) return false;
  const name = `cordboard_prove_${randomUUID().slice(0, 8)}`;
  await asAdmin(found.url, `CREATE DATABASE ${name}`);
  const url = new URL(found.url);
  url.pathname = `/${name}`;
  keepDataOn(url.href);
  try {
    await proof();
  } finally {
    keepDataOn(undefined);
    await asAdmin(found.url, `DROP DATABASE ${name} WITH (FORCE)`);
  }
  return true;
};
