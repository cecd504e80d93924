import type { Database } from '#server/platform/db/database.ts';
import { startEmbedded } from '#server/platform/db/embedded/embedded.ts';
import { migrate } from '#server/platform/db/migrate/migrate.ts';
import { refuseHalfMoved } from '#server/platform/db/move/incoming-move.ts';
import { refuseMovedAway } from '#server/platform/db/move/moved-away.ts';
import { openPool } from '#server/platform/db/postgres/pool.ts';

export interface DatabaseConfig {
  /** A PostgreSQL server; without it the embedded database of the data folder serves. */
  databaseUrl: string | null;
  databasePoolSize: number;
  dataFolder: string;
}

export interface OpenOptions {
  /** For commands: be the guest of a server that is running on the same data folder. */
  attach?: boolean;
  /** Only the command that fills a database by a move may open it before that has ended. */
  isMoveTarget?: boolean;
  /** To be looked at, whatever its schema is: nothing is brought up to anything. */
  asItIs?: boolean;
  refuseNesting?: boolean;
  /** The embedded database ended by itself, perhaps for want of room; every later query fails. */
  onDeath?: (isDiskFull: boolean) => void;
  /** A step of the schema was applied. */
  onStep?: (name: string) => void;
}

const patience = { statement_timeout: 30_000, query_timeout: 60_000 };

const openServer = (url: string, size: number, options: OpenOptions): Database =>
  openPool({
    connection: {
      connectionString: url,
      connectionTimeoutMillis: 5000,
      application_name: 'cordboard',
      ...patience,
    },
    size,
    isServer: true,
    namedStatements: true,
    // With workers one heavy query of one operator would take every core from the others.
    settings: 'set max_parallel_workers_per_gather = 0',
    ...options,
  });

const openEmbedded = async (dataFolder: string, options: OpenOptions): Promise<Database> => {
  refuseMovedAway(dataFolder);
  const embedded = await startEmbedded(
    dataFolder,
    options.attach === true ? 'attach' : 'own',
    options.onDeath ?? (() => {}),
  );
  const pool = openPool({
    connection: {
      host: embedded.socketFolder,
      port: 5432,
      user: 'postgres',
      database: 'postgres',
      query_timeout: patience.query_timeout,
    },
    // The embedded database has one session: a second connection would only wait for the first.
    size: 1,
    keepIdle: true,
    namedStatements: embedded.owned,
    ...options,
  });
  return {
    ...pool,
    close: async () => {
      await pool.close();
      await embedded.stop();
    },
  };
};

/** Opens the database that the configuration names, and brings its schema up to this code. */
export const openDatabase = async (config: DatabaseConfig, options: OpenOptions = {}): Promise<Database> => {
  const database =
    config.databaseUrl === null
      ? await openEmbedded(config.dataFolder, options)
      : openServer(config.databaseUrl, config.databasePoolSize, options);
  if (options.asItIs === true) return database;
  try {
    await migrate(database, undefined, options.onStep);
    if (options.isMoveTarget !== true) await refuseHalfMoved(database);
  } catch (error) {
    await database.close();
    throw error;
  }
  return database;
};
