import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { extract, pack, type Entry, type Pack } from 'tar-stream';

// Wherever it is unpacked, it is for the eyes of its owner alone: the engine makes files that anyone may
// write.
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;

const addFolder = async (archive: Pack, folder: string, name: string): Promise<void> => {
  archive.entry({ name: `${name}/`, type: 'directory', mode: FOLDER_MODE });
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const [path, entryName] = [join(folder, entry.name), `${name}/${entry.name}`];
    if (entry.isDirectory()) await addFolder(archive, path, entryName);
    else if (entry.isFile()) {
      const { size, mtime } = await stat(path);
      await pipeline(
        createReadStream(path),
        archive.entry({ name: entryName, size, mtime, mode: FILE_MODE }),
      );
    }
  }
};

/** A folder as a tar archive, its entries named from `name` down. */
export const packFolder = (folder: string, name: string): Readable => {
  const archive = pack();
  addFolder(archive, folder, name).then(
    () => archive.finalize(),
    (error: unknown) => archive.destroy(error instanceof Error ? error : new Error(String(error))),
  );
  return archive;
};

/** The archive holds something else than a folder of that name. */
export class UnexpectedEntry extends Error {
  override readonly name = 'UnexpectedEntry';
}

const unpackEntry = async (entry: Entry, into: string, name: string): Promise<void> => {
  const { name: entryName, type } = entry.header;
  const steps = entryName.replace(/\/$/, '').split('/');
  // An archive may come from anybody: it writes below its own folder and nowhere else, and makes no links.
  const isInside = steps[0] === name && !steps.some((step) => step === '' || step === '.' || step === '..');
  if (!isInside || (type !== 'file' && type !== 'directory')) throw new UnexpectedEntry(entryName);
  const path = join(into, ...steps);
  if (type === 'directory') {
    await mkdir(path, { recursive: true, mode: FOLDER_MODE });
    entry.resume();
  } else {
    await mkdir(join(path, '..'), { recursive: true, mode: FOLDER_MODE });
    await pipeline(entry, createWriteStream(path, { flags: 'wx', mode: FILE_MODE }));
  }
};

/**
 * Unpacks what `packFolder` packed as `name` into the folder `into`; an archive of anything else is an
 * UnexpectedEntry.
 */
export const unpackFolder = async (
  steps: readonly [Readable, ...NodeJS.ReadWriteStream[]],
  into: string,
  name: string,
): Promise<void> => {
  const entries = extract();
  const unpacking = async () => {
    for await (const entry of entries) await unpackEntry(entry, into, name);
  };
  await Promise.all([pipeline([...steps, entries]), unpacking()]);
};
