import { createReadStream, existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { isAlive } from '#server/platform/machine/is-alive.ts';
import {
  databaseFolder,
  prepareDataDirectory,
  sync,
  syncAll,
} from '#server/platform/db/embedded/data-directory.ts';
import type { Database } from '#server/platform/db/database.ts';
import { openDatabase } from './open-database.ts';
import { UnexpectedEntry, unpackFolder } from '#server/platform/db/embedded/tar.ts';

/** Said to whoever asked for it: nothing was restored, and nothing that was there has changed. */
export class RestoreRefused extends Error {
  override readonly name = 'RestoreRefused';
}

// The key is needed, so it may be there already, with those that a rotation kept.
const keyFile = /^master\.key(\.[0-9a-f]+)?$/;
const draftOf = (pid: number) => `restoring-${pid}`;
const draftName = /^restoring-(\d+)$/;

/** Refuses a folder that holds anything of its own, and clears away what a killed restore left. */
const clearFolder = async (dataFolder: string): Promise<void> => {
  for (const name of await readdir(dataFolder)) {
    if (keyFile.test(name)) continue;
    const pid = draftName.exec(name)?.[1];
    if (pid === undefined)
      throw new RestoreRefused(
        `${dataFolder} is not empty: it holds ${name}. Restore into an empty folder: name one with CORDBOARD_DATA.`,
      );
    // What has this process's number is of an earlier one, as in a container that starts anew.
    if (Number(pid) !== process.pid && isAlive(Number(pid)))
      throw new RestoreRefused(`Process ${pid} is restoring into ${dataFolder} just now.`);
    await rm(join(dataFolder, name), { recursive: true, force: true });
  }
};

const unpack = async (file: string, draft: string): Promise<void> => {
  try {
    await unpackFolder([createReadStream(file), createGunzip()], draft, databaseFolder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR')
      throw new RestoreRefused(`${file} cannot be read (${code}).`);
    // A full disk is a full disk, not a bad backup.
    if (code !== undefined && !/^(Z_|ERR_)/.test(code)) throw error;
    const what =
      error instanceof UnexpectedEntry
        ? `it holds ${error.message}`
        : error instanceof Error
          ? error.message
          : String(error);
    throw new RestoreRefused(`${file} is no whole backup of Cordboard: ${what}.`);
  }
  // Started without one, the engine would make a new database and be content.
  if (!existsSync(join(draft, databaseFolder, 'PG_VERSION')))
    throw new RestoreRefused(`${file} is no backup of Cordboard: it holds no database.`);
};

const takePlace = async (draft: string, dataFolder: string): Promise<void> => {
  syncAll(join(draft, databaseFolder));
  try {
    await rename(join(draft, databaseFolder), join(dataFolder, databaseFolder));
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    throw new RestoreRefused(
      `A server has started in ${dataFolder} meanwhile and made a database of its own. Restore into an empty folder.`,
    );
  }
  sync(dataFolder);
};

/**
 * Puts a backup into an empty data folder. It is unpacked aside, started, brought up to this code and shown
 * to `check`; only then, and written down to the disk, it takes its place in one step. A failure or a kill
 * before leaves no database.
 */
export const restoreEmbedded = async <T>(
  dataFolder: string,
  file: string,
  check: (database: Database) => Promise<T>,
): Promise<T> => {
  prepareDataDirectory(dataFolder);
  await clearFolder(dataFolder);
  const draft = join(dataFolder, draftOf(process.pid));
  await mkdir(draft, { mode: 0o700 });
  try {
    await unpack(file, draft);
    const database = await openDatabase({ databaseUrl: null, databasePoolSize: 1, dataFolder: draft });
    let checked: T;
    try {
      checked = await check(database);
    } finally {
      await database.close();
    }
    await takePlace(draft, dataFolder);
    return checked;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
};
