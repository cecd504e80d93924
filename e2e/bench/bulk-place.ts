import { cp, rm } from 'node:fs/promises';
import pg from 'pg';
import { startEmbedded } from '#server/platform/db/embedded/embedded.ts';
import { temporaryFolder } from '../server.ts';

/** Where a server keeps its data; what stands there can be had again, as often as it takes. */
export interface BenchPlace {
  dataDirectory: string;
  databaseUrl: string | undefined;
  /** As it stands now; nobody may be using it. */
  copy(): Promise<BenchPlace>;
  /** A connection to it while no server runs; resolves with what the work answered. */
  alone<Answer>(work: (connection: pg.ClientConfig) => Promise<Answer>): Promise<Answer>;
  remove(): Promise<void>;
}

let made = 0;

const onServer = (adminUrl: string, name: string, dataDirectory: string): BenchPlace => {
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  const asAdmin = async (statement: string) => {
    const admin = new pg.Client({ connectionString: adminUrl });
    await admin.connect();
    await admin.query(statement);
    await admin.end();
  };
  return {
    dataDirectory,
    databaseUrl: url.href,
    copy: async () => {
      const copied = `cordboard_bulk_${process.pid}_${++made}`;
      // Checkpointed first: neither side then writes in the background what the other has to wait for.
      await asAdmin(`CREATE DATABASE ${copied} TEMPLATE ${name} STRATEGY FILE_COPY`);
      await asAdmin('CHECKPOINT');
      return onServer(adminUrl, copied, dataDirectory);
    },
    alone: (work) => work({ connectionString: url.href }),
    remove: () => asAdmin(`DROP DATABASE ${name} WITH (FORCE)`),
  };
};

/** A new database of a PostgreSQL server. */
export const newOnServer = async (adminUrl: string): Promise<BenchPlace> => {
  const name = `cordboard_bulk_${process.pid}_${++made}`;
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name}`);
  await admin.end();
  return onServer(adminUrl, name, await temporaryFolder('bulk'));
};

const inFolder = (dataDirectory: string): BenchPlace => ({
  dataDirectory,
  databaseUrl: undefined,
  copy: async () => {
    const folder = await temporaryFolder('bulk');
    await cp(dataDirectory, folder, { recursive: true });
    return inFolder(folder);
  },
  alone: async (work) => {
    const embedded = await startEmbedded(dataDirectory, 'own', () => {});
    try {
      return await work({ host: embedded.socketFolder, port: 5432, user: 'postgres', database: 'postgres' });
    } finally {
      await embedded.stop();
    }
  },
  remove: () => rm(dataDirectory, { recursive: true, force: true }),
});

/** A new folder for the embedded database. */
export const newEmbedded = async (): Promise<BenchPlace> => inFolder(await temporaryFolder('bulk'));
