import { randomUUID } from 'node:crypto';
import { constants, createWriteStream } from 'node:fs';
import { cp, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { databaseFolder } from './data-directory.ts';
import type { Database } from './database.ts';
import { packFolder } from './tar.ts';

/**
 * Writes the embedded database to a gzipped tar, and answers how many bytes that is. An open transaction holds the one
 * session, so nothing is written while the files are copied: the copy is what a power cut would leave, and PostgreSQL
 * starts from it as from that. `restoreEmbedded` puts it back.
 */
export const backUpEmbedded = async (database: Database, dataFolder: string, file: string): Promise<number> => {
  const copy = await mkdtemp(join(dataFolder, 'backup-'));
  // A name nobody can have put a file or a link under.
  const draft = `${file}.${randomUUID()}.partial`;
  try {
    await database.query('CHECKPOINT');
    await database.transaction(async (tx) => {
      await tx.query('SELECT 1');
      await cp(join(dataFolder, databaseFolder), copy, { recursive: true, mode: constants.COPYFILE_FICLONE });
    });
    await pipeline(packFolder(copy, databaseFolder), createGzip({ level: 6 }), createWriteStream(draft, { flags: 'wx', mode: 0o600, flush: true }));
    await rename(draft, file);
    return (await stat(file)).size;
  } finally {
    await rm(copy, { recursive: true, force: true });
    await rm(draft, { force: true });
  }
};
