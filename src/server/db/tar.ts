import { createReadStream, type Stats } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

const blockBytes = 512;

const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, '0')}\0`;

const header = (name: string, { size, mode, mtimeMs }: Stats, type: '0' | '5'): Buffer => {
  if (Buffer.byteLength(name) > 100) throw new Error('A path is too long for the archive');
  const block = Buffer.alloc(blockBytes);
  block.write(name, 0);
  // Wherever it is unpacked: the engine makes files that anyone may write.
  block.write(octal(mode & 0o700, 7), 100);
  block.write(octal(0, 7) + octal(0, 7), 108);
  block.write(octal(type === '5' ? 0 : size, 11), 124);
  block.write(octal(Math.floor(mtimeMs / 1000), 11), 136);
  block.write(`        ${type}`, 148);
  block.write('ustar\x0000', 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${octal(sum, 6)} `, 148);
  return block;
};

/** A folder as a tar archive (ustar), its entries named from `name` down, and for the eyes of their owner alone. */
export async function* tarOf(folder: string, name: string): AsyncGenerator<Buffer> {
  yield* entriesOf(folder, name);
  yield Buffer.alloc(2 * blockBytes);
}

async function* entriesOf(folder: string, name: string): AsyncGenerator<Buffer> {
  yield header(`${name}/`, await stat(folder), '5');
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    const entryName = `${name}/${entry.name}`;
    if (entry.isDirectory()) yield* entriesOf(path, entryName);
    else if (entry.isFile()) {
      const stats = await stat(path);
      yield header(entryName, stats, '0');
      for await (const chunk of createReadStream(path)) yield chunk as Buffer;
      yield Buffer.alloc((blockBytes - (stats.size % blockBytes)) % blockBytes);
    }
  }
}
