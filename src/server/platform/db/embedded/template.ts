import { randomUUID } from 'node:crypto';
import { readFile, mkdir, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { PGlite } from '@electric-sql/pglite';

const cachePath = async (): Promise<string> => {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const packages = entry.slice(
    0,
    entry.lastIndexOf(`${sep}node_modules${sep}`) + sep.length + 'node_modules'.length,
  );
  const { version } = JSON.parse(
    await readFile(join(packages, '@electric-sql/pglite/package.json'), 'utf8'),
  ) as { version: string };
  return join(packages, '.cache', 'cordboard', `empty-database-${version}-4.tar`);
};

/**
 * An empty database as an archive, kept beside the packages: making one takes seconds, unpacking it half of
 * one.
 */
export const emptyDatabase = async (): Promise<Blob> => {
  const path = await cachePath();
  try {
    return new Blob([await readFile(path)]);
  } catch {
    // Log files of 4 MB, not 16: a new database is a third as big, and as quick to unpack.
    const db = await PGlite.create({ initDbStartParams: ['--wal-segsize=4'] });
    const archive = await db.dumpDataDir('none');
    await db.close();
    try {
      await mkdir(dirname(path), { recursive: true });
      // Others may be doing the same: each writes its own file, and the last name stays.
      const mine = `${path}.${randomUUID().slice(0, 8)}`;
      await writeFile(mine, Buffer.from(await archive.arrayBuffer()));
      await rename(mine, path);
    } catch {
      // Where packages cannot be written to, the next first start takes its seconds too.
    }
    return archive;
  }
};
