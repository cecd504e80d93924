import { existsSync, readdirSync, rmSync, constants, createWriteStream } from 'node:fs';
import { cp, link, mkdtemp, readdir, rename, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { isAlive } from '#server/platform/machine/is-alive.ts';
import { databaseFolder } from './data-directory.ts';
import type { Database } from '#server/platform/db/database.ts';
import { packFolder } from './tar.ts';

/** Said to whoever typed the command. */
export class BackupRefused extends Error {
  override readonly name = 'BackupRefused';
}

// The number is the process that writes it: what a dead one left is nobody's.
const copyName = /^backup-(\d+)-/;
const draftName = /\.(\d+)\.cordboard-partial$/;

/**
 * Done before this process makes any: what has its number is of an earlier one, as in a container that starts
 * anew.
 */
const removeLeftovers = (folder: string, pattern: RegExp) => {
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const pid = pattern.exec(name)?.[1];
    if (pid === undefined || (Number(pid) !== process.pid && isAlive(Number(pid)))) continue;
    rmSync(join(folder, name), { recursive: true, force: true });
  }
};

const refuseTaken = (file: string) => {
  if (existsSync(file))
    throw new BackupRefused(
      `${file} is there already. Name another file, or remove it first. Nothing was written.`,
    );
};

const sizeOf = async (folder: string): Promise<number> => {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) =>
    entry.isFile(),
  );
  const sizes = await Promise.all(
    files.map(({ parentPath, name }) =>
      stat(join(parentPath, name)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
};

/** Asked before anything is done: a checkpoint without room ends the engine, and the server with it. */
const refuseFull = async (dataFolder: string): Promise<void> => {
  const [size, { bavail, bsize }] = [
    await sizeOf(join(dataFolder, databaseFolder)),
    await statfs(dataFolder),
  ];
  if (bavail * bsize > size) return;
  throw new BackupRefused(
    `The disk of ${dataFolder} is full: a backup copies the database there first, and needs ${Math.ceil(size / 1e6)} MB. Make room. Nothing was written.`,
  );
};

/** Gives the draft its name, never in place of another file. */
const publish = async (draft: string, file: string): Promise<void> => {
  try {
    await link(draft, file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') refuseTaken(file);
    // Some file systems have no second names.
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS') throw error;
    refuseTaken(file);
    await rename(draft, file);
  }
};

const signals = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 } as const;

/** Runs `work`; whatever ends it, `clean` is done, unless the process is killed outright. */
const cleaningUp = async <T>(clean: () => void, work: () => Promise<T>): Promise<T> => {
  const ends = Object.entries(signals).map(([signal, number]) => {
    const end = () => {
      clean();
      process.exit(128 + number);
    };
    process.once(signal, end);
    return () => process.off(signal, end);
  });
  try {
    return await work();
  } finally {
    for (const forget of ends) forget();
    clean();
  }
};

/**
 * Writes the embedded database to a gzipped tar, and answers how many bytes that is. An open transaction
 * holds the one session, so nothing is written while the files are copied: the copy is what a power cut would
 * leave, and PostgreSQL starts from it as from that; `restoreEmbedded` puts it back. The file has its name
 * only once it is whole and `record` has put it on record.
 */
export const backUpEmbedded = async (
  database: Database,
  dataFolder: string,
  file: string,
  record: (bytes: number) => Promise<void> = async () => {},
): Promise<number> => {
  refuseTaken(file);
  removeLeftovers(dataFolder, copyName);
  removeLeftovers(dirname(file), draftName);
  await refuseFull(dataFolder);
  const draft = `${file}.${process.pid}.cordboard-partial`;
  const copy = await mkdtemp(join(dataFolder, `backup-${process.pid}-`));
  const clean = () => {
    rmSync(copy, { recursive: true, force: true, maxRetries: 5 });
    rmSync(draft, { force: true });
  };
  return cleaningUp(clean, async () => {
    await database.query('CHECKPOINT');
    await database.transaction(async (tx) => {
      await tx.query('SELECT 1');
      await cp(join(dataFolder, databaseFolder), copy, { recursive: true, mode: constants.COPYFILE_FICLONE });
    });
    await pipeline(
      packFolder(copy, databaseFolder),
      createGzip({ level: 6 }),
      createWriteStream(draft, { flags: 'wx', mode: 0o600, flush: true }),
    );
    const { size } = await stat(draft);
    await record(size);
    await publish(draft, file);
    return size;
  });
};
