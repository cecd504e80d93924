import { existsSync, statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Config } from '#server/config.ts';
import { bad, good, warning, type Finding } from './finding.ts';

const GIGABYTE = 1e9;

const inWords = (bytes: number) =>
  bytes >= GIGABYTE ? `${(bytes / GIGABYTE).toFixed(1)} GB` : `${Math.round(bytes / 1e6)} MB`;

export const examineFolder = ({ dataFolder, databaseUrl, masterKey }: Config): Finding => {
  const what = 'data folder';
  if (!existsSync(dataFolder)) {
    if (databaseUrl !== null && masterKey !== null) return good(what, 'none, and none is needed');
    return good(what, `${dataFolder} is not there yet: the first start makes it`);
  }
  const mode = statSync(dataFolder).mode & 0o777;
  if ((mode & 0o077) === 0) return good(what, `${dataFolder}, for its owner alone`);
  return bad(what, `${dataFolder} is open to others (mode ${mode.toString(8)})`, `chmod 700 ${dataFolder}`);
};

/** Of the folder, or of the nearest one above it that is there. */
const spaceAt = async (path: string): Promise<number> => {
  let folder = resolve(path);
  while (!existsSync(folder)) folder = dirname(folder);
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
};

export const examineDisk = async ({ dataFolder, databaseUrl }: Config): Promise<Finding> => {
  const what = 'disk';
  const free = await spaceAt(dataFolder);
  const seen = `${inWords(free)} free below ${dataFolder}${databaseUrl === null ? '' : '; the disk of the PostgreSQL server cannot be seen from here'}`;
  if (databaseUrl !== null || free >= 2 * GIGABYTE) return good(what, seen);
  const repair = 'Make room, or move CORDBOARD_DATA to a larger disk: on a full one nothing can be saved.';
  return free < GIGABYTE / 4 ? bad(what, seen, repair) : warning(what, seen, repair);
};
