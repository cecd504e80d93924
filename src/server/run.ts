import type { App } from './app.ts';
import { ConfigError, type Config } from './config.ts';
import {
  DatabaseUnavailable,
  NotificationsLost,
  OutcomeUnknown,
  type Database,
} from '#server/platform/db/database.ts';
import { diskFullAt } from '#server/platform/machine/disk-full.ts';
import { EmbeddedRefused } from '#server/platform/db/embedded/embedded.ts';
import { SchemaBehind, SchemaTooNew } from '#server/platform/db/migrate/migrate.ts';
import { HalfMoved } from '#server/platform/db/move/incoming-move.ts';
import { MovedAway } from '#server/platform/db/move/moved-away.ts';
import { openDatabase } from '#server/platform/db/open/open-database.ts';
import { mountStaticFiles, readStaticFiles } from '#server/platform/http/static-files.ts';
import { openLog, type Log } from './log.ts';
import { metricsApp } from '#server/platform/metrics/mount-metrics.ts';
import { warnOfFewFiles } from '#server/platform/machine/open-files.ts';
import { KeyRefused } from '#server/platform/secrets/keyring.ts';
import { AddressRefused, serve, type Serving } from './serve.ts';

const answerWithinMs = 5000;
const stopWithinMs = 9500;

// In the source this file is two folders below the root, and the bundle is beside the console's.
const consoleFolder = new URL(
  import.meta.url.endsWith('.ts') ? '../../dist/client/' : '../client/',
  import.meta.url,
);

export interface RunOptions {
  /** The database is a copy, in a way that it does not tell by itself: nothing goes on that went on in it. */
  isRestored?: boolean;
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

const warnEveryMs = 60_000;

/** Says whose connections are refused, once a minute: there may be thousands. */
const warnOfCrowd = (log: Log) => {
  let warnedAt = -Infinity;
  return (address: string) => {
    if (performance.now() - warnedAt < warnEveryMs) return;
    warnedAt = performance.now();
    log.warn(
      { address },
      'connections refused: their address has as many open as CORDBOARD_CONNECTIONS_PER_ADDRESS allows',
    );
  };
};

const warnOfLoopback = (log: Log) => {
  const what =
    'CORDBOARD_UNSAFE_ALLOW_LOOPBACK is set: connections may reach this machine itself, and without TLS; it is for tests alone';
  process.stderr.write(`WARNING: ${what}.\n`);
  log.warn({}, what);
};

const endOnFailure = (log: Log) => {
  const end = (error: unknown) => {
    log.error({ err: error }, 'unexpected failure, the server ends');
    process.exit(70);
  };
  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);
};

const serveMetrics = async ({ metrics }: App, config: Config): Promise<Serving | null> =>
  metrics === null || config.metricsPort === null
    ? null
    : serve(
        { hono: metricsApp(metrics, config.metricsToken) },
        { ...config, port: config.metricsPort, variable: 'CORDBOARD_METRICS_PORT' },
      );

/** The whole life of a server process, from its configuration to its last signal. */
export const run = async (
  config: Config,
  { isRestored = false, prepare, afterwards }: RunOptions = {},
): Promise<void> => {
  const log = openLog(config.logLevel);
  const opening = openDatabase(config, {
    onDeath: (isDiskFull) => {
      const what = isDiskFull
        ? `The disk of ${config.dataFolder} is full: the embedded database ended`
        : 'The embedded database ended unexpectedly';
      const wayOut = isDiskFull ? 'make room, then start again' : 'start again';
      process.stderr.write(
        `${what}, and the server with it. Everything acknowledged is on disk: ${wayOut}.\n`,
      );
      process.exit(70);
    },
  });
  // All that needs no database is made ready while the embedded one starts in its process.
  const [database, { createApp }, files] = await Promise.all([
    opening,
    import('./app.ts'),
    readStaticFiles(consoleFolder),
  ]);
  try {
    const lines = (await prepare?.(database)) ?? [];
    const app = await createApp({ config, database, log, isRestored });
    mountStaticFiles(app.hono, files, { https: config.publicUrl?.protocol === 'https:' });
    const serving = await serve(app, { ...config, onRefused: warnOfCrowd(log) });
    await warnOfFewFiles();
    const metrics = await serveMetrics(app, config);
    endOnFailure(log);
    stopOnSignal(serving, async () => {
      app.close();
      await metrics?.close(0);
      await database.close();
      afterwards?.();
    });
    const address = config.publicUrl ?? serving.url;
    print(`Cordboard is ready at ${address.origin}`);
    if (app.setUpPath !== null) print(`Make the first admin at ${new URL(app.setUpPath, address).href}`);
    if (metrics) print(`Metrics are at ${new URL('/metrics', metrics.url).href}`);
    for (const line of lines) print(line);
    if (config.unsafeAllowLoopback) warnOfLoopback(log);
  } catch (error) {
    await database.close();
    throw error;
  }
};

const expected = [
  ConfigError,
  NotificationsLost,
  EmbeddedRefused,
  SchemaBehind,
  SchemaTooNew,
  HalfMoved,
  MovedAway,
  KeyRefused,
  AddressRefused,
];

/**
 * Ends the process with a line that says what to do, or, for what nobody foresaw, with all there is to know.
 */
export const endWith = (error: unknown): never => {
  const known = error instanceof Error && expected.some((each) => error instanceof each);
  process.stderr.write(`${known ? error.message : describe(error)}\n`);
  process.exit(1);
};

const describe = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const full = diskFullAt(error);
  if (full)
    return `The disk is full${full.path === null ? '' : `: ${full.path} could not be written`}. Make room, then try again. Nothing half-written was kept.`;
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : '';
  if (error instanceof OutcomeUnknown)
    return 'The database went away before it answered: this may have been done. Look before you repeat it.';
  return error instanceof DatabaseUnavailable
    ? `The database cannot be reached${cause}`
    : (error.stack ?? error.message);
};
