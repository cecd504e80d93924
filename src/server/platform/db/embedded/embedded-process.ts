import { mkdtempSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  beginDatabase,
  databaseFolder,
  isDatabaseMissing,
  prepareDataDirectory,
  socketLink,
} from './data-directory.ts';
import type { EmbeddedMessage, EmbeddedOrder } from './embedded.ts';
import { takeLock, type HeldLock } from './lock.ts';

/*
 * The child process that runs the embedded database, so that a long query never stops the server's event
 * loop. It holds the lock of its data folder for as long as it lives, and lives no longer than its parent.
 */

const [folder = '', mode = 'own'] = process.argv.slice(2);
const socketFolder = mkdtempSync(join(tmpdir(), 'cordboard-'));
const clean = () => rmSync(socketFolder, { recursive: true, force: true });
process.on('exit', clean);
// A Ctrl-C or a service manager reaches the whole group: when to stop is the parent's decision.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
process.on('disconnect', () => process.exit(0));

const say = (message: EmbeddedMessage) =>
  new Promise<void>((resolve) => {
    if (process.connected) process.send?.(message, () => resolve());
    else resolve();
  });

/**
 * Notes in the data folder where the socket is, and removes the one that a killed predecessor left behind.
 */
const replaceSocketFolder = () => {
  try {
    const left = readlinkSync(socketLink);
    rmSync(socketLink);
    if (dirname(left) === dirname(socketFolder)) rmSync(left, { recursive: true, force: true });
  } catch {
    // There is none on a first start.
  }
  symlinkSync(socketFolder, socketLink);
};

const lockFolder = async (): Promise<HeldLock | undefined> => {
  prepareDataDirectory(folder);
  // The address of a unix socket holds 108 bytes: from inside the folder its own path is not among them.
  process.chdir(folder);
  const lock = await takeLock(
    () => {
      process.stderr.write(
        `The lock of ${folder} was taken away: the embedded database stops before two write to it.\n`,
      );
      process.exit(70);
    },
    mode === 'attach' ? 'guest' : 'owner',
  );
  if ('release' in lock) {
    replaceSocketFolder();
    return lock;
  }
  if (mode === 'attach' && lock.socketFolder !== null)
    await say({ is: 'attached', pid: lock.pid, socketFolder: lock.socketFolder });
  else await say({ is: 'refused', pid: lock.pid });
  return undefined;
};

/** What PostgreSQL itself said before it gave up; the error it ends with is a bare number. */
const engineErrors: string[] = [];

const openDatabase = async (lock: HeldLock | undefined) => {
  const { PGlite } = await import('@electric-sql/pglite');
  const { pg_trgm } = await import('@electric-sql/pglite/contrib/pg_trgm');
  const { DurableFiles, dieOnPanic, durableStartParams } = await import('./durable-files.ts');
  const { emptyDatabase } = await import('./template.ts');
  const extensions = { pg_trgm };
  if (!lock) return PGlite.create({ extensions, loadDataDir: await emptyDatabase() });
  const finish = isDatabaseMissing() ? beginDatabase() : undefined;
  const files = new DurableFiles(databaseFolder);
  files.syncing = finish === undefined;
  const db = await PGlite.create({
    extensions,
    fs: files,
    startParams: durableStartParams,
    ...(finish && { loadDataDir: await emptyDatabase() }),
    onStderr: (line) => /FATAL|PANIC/.test(line) && engineErrors.push(line) > 0,
  });
  dieOnPanic(db, engineErrors);
  files.syncing = true;
  finish?.();
  return db;
};

const serve = async (): Promise<void> => {
  const inMemory = folder === ':memory:';
  const lock = inMemory ? undefined : await lockFolder();
  if (!inMemory && !lock) process.exit(0);
  const db = await openDatabase(lock);
  const { WireServer } = await import('./wire-server.ts');
  const { startUpkeep } = await import('./upkeep.ts');
  const wire = new WireServer(db);
  await wire.listen(join(socketFolder, '.s.PGSQL.5432'));
  lock?.tell(socketFolder);
  const stopUpkeep = startUpkeep(wire);
  const stop = async () => {
    stopUpkeep();
    await wire.close();
    await db.close();
    lock?.release();
    process.exit(0);
  };
  process.on('message', (order: EmbeddedOrder) => order === 'stop' && void stop());
  await say({ is: 'ready', socketFolder });
};

try {
  await serve();
} catch (error) {
  await say({
    is: 'failed',
    reason: [error instanceof Error ? error.message : 'its engine gave up', ...engineErrors].join('\n'),
  });
  process.exit(70);
}
