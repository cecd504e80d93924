import { execFile } from 'node:child_process';
import { appendFile, chmod, mkdir, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { temporaryFolder } from '../../server.ts';

const run = promisify(execFile);

/** A disk of so many megabytes, to be filled to its last byte. */
export interface SmallDisk {
  folder: string;
  fill(): Promise<void>;
  makeRoom(): Promise<void>;
  remove(): Promise<void>;
}

/** Undefined where this machine lets nobody mount one. */
export const mountSmallDisk = async (megabytes: number): Promise<SmallDisk | undefined> => {
  const folder = await temporaryFolder('small-disk');
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]);
  } catch {
    await rm(folder, { recursive: true });
    return undefined;
  }
  // A database server of another user keeps files below it.
  await chmod(folder, 0o755);
  await mkdir(join(folder, 'ballast'));
  const ballast = join(folder, 'ballast', 'file');
  return {
    folder,
    fill: async () => {
      for (const bytes of [1_000_000, 4096, 1]) {
        const chunk = Buffer.alloc(bytes);
        for (let { bavail } = await statfs(folder); bavail > 0; { bavail } = await statfs(folder)) {
          try {
            await appendFile(ballast, chunk);
          } catch {
            break;
          }
        }
      }
    },
    makeRoom: () => rm(ballast, { force: true }),
    remove: async () => {
      await run('umount', ['-l', folder]);
      await rm(folder, { recursive: true, force: true });
    },
  };
};
