import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/** Inside the data folder. */
export const databaseFolder = 'database';
export const socketLink = 'socket';
const creating = 'database.creating';

/** Makes the data folder if need be, readable by its owner alone. */
export const prepareDataDirectory = (path: string): void => {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  if ((statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o700);
};

/** A file or the names in a folder, written down to the disk. */
export const sync = (path: string): void => {
  const descriptor = openSync(path, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
};

/** Everything in a folder, and the folder itself, written down to the disk. */
export const syncAll = (folder: string): void => {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) syncAll(join(folder, entry.name));
    else if (entry.isFile()) sync(join(folder, entry.name));
  }
  sync(folder);
};

/**
 * Whether the current folder holds no whole database yet. What an interrupted first start left is cleared
 * away.
 */
export const isDatabaseMissing = (): boolean => {
  if (existsSync(creating)) {
    rmSync(databaseFolder, { recursive: true, force: true });
    rmSync(creating);
  }
  return lstatSync(join(databaseFolder, 'PG_VERSION'), { throwIfNoEntry: false }) === undefined;
};

/**
 * Marks the database as unfinished until the returned function is called; nothing may be acknowledged before.
 */
export const beginDatabase = (): (() => void) => {
  writeFileSync(creating, 'The first start has not finished.\n');
  sync('.');
  return () => {
    syncAll(databaseFolder);
    rmSync(creating);
    sync('.');
  };
};
