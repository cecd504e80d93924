import { ConfigError, type Config } from './config.ts';
import { NotificationsLost, type Database } from './db/database.ts';
import { EmbeddedRefused } from './db/embedded.ts';
import { SchemaTooNew } from './db/migrate.ts';
import { openDatabase } from './db/open-database.ts';
import { mountStaticFiles } from './http/static-files.ts';
import { openLog, type Log } from './log.ts';
import { KeyRefused } from './secrets/keyring.ts';
import { AddressRefused, serve, type Serving } from './serve.ts';

const answerWithinMs = 5000;
const stopWithinMs = 9500;

// In the source this file is two folders below the root, and the bundle is beside the console's.
const consoleFolder = new URL(import.meta.url.endsWith('.ts') ? '../../dist/client/' : '../client/', import.meta.url);

export interface RunOptions {
  /** Done before anything is served; the lines it returns are printed below the address. */
  prepare?: (database: Database) => Promise<string[]>;
  /** Done last, when all is closed. */
  afterwards?: () => void;
}

const print = (line: string) => process.stdout.write(`${line}\n`);

/** Stops on the first signal in good order and within ten seconds, and on the second at once. */
const stopOnSignal = (serving: Serving, closeAll: () => Promise<void>) => {
  let stopping = false;
  const stop = async () => {
    setTimeout(() => process.exit(1), stopWithinMs).unref();
    await serving.close(answerWithinMs);
    await closeAll();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(130);
      stopping = true;
      void stop();
    });
  }
};

const endOnFailure = (log: Log) => {
  const end = (error: unknown) => {
    log.error({ err: error }, 'unexpected failure, the server ends');
    process.exit(70);
  };
  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);
};

/** The whole life of a server process, from its configuration to its last signal. */
export const run = async (config: Config, { prepare, afterwards }: RunOptions = {}): Promise<void> => {
  const log = openLog(config.logLevel);
  const opening = openDatabase(config, {
    onDeath: () => {
      process.stderr.write('The embedded database ended unexpectedly, and the server with it. Everything acknowledged is on disk: start again.\n');
      process.exit(70);
    },
  });
  // The app's own libraries load while the embedded database starts in its process.
  const [database, { createApp }] = await Promise.all([opening, import('./app.ts')]);
  try {
    const lines = (await prepare?.(database)) ?? [];
    const app = await createApp({ config, database, log });
    await mountStaticFiles(app.hono, consoleFolder, { https: config.publicUrl?.protocol === 'https:' });
    const serving = await serve(app, config);
    endOnFailure(log);
    stopOnSignal(serving, async () => {
      app.close();
      await database.close();
      afterwards?.();
    });
    const address = config.publicUrl ?? serving.url;
    print(`Cordboard is ready at ${address.origin}`);
    if (app.setUpPath !== null) print(`Make the first admin at ${new URL(app.setUpPath, address).href}`);
    for (const line of lines) print(line);
  } catch (error) {
    await database.close();
    throw error;
  }
};

const expected = [ConfigError, NotificationsLost, EmbeddedRefused, SchemaTooNew, KeyRefused, AddressRefused];

/** Ends the process with a line that says what to do, or, for what nobody foresaw, with all there is to know. */
export const endWith = (error: unknown): never => {
  const known = error instanceof Error && expected.some((each) => error instanceof each);
  process.stderr.write(`${known ? error.message : describe(error)}\n`);
  process.exit(1);
};

const describe = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : '';
  return error.name === 'DatabaseUnavailable' ? `The database cannot be reached${cause}` : (error.stack ?? error.message);
};
