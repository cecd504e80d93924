import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { pack } from 'tar-stream';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { backUpEmbedded } from '#server/platform/db/embedded/backup.ts';
import { openDatabase } from './open-database.ts';
import { restoreEmbedded, RestoreRefused } from './restore.ts';

// Each starts several databases, which on a busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

let folder: string;
let backup: string;
const open = (dataFolder: string) => openDatabase({ databaseUrl: null, databasePoolSize: 1, dataFolder });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cordboard-restore-test-'));
  backup = join(folder, 'cordboard.tar.gz');
  const data = join(folder, 'data');
  const database = await open(data);
  await database.query(
    `insert into agent (id, name, name_key, search_text) values ('A1', 'Front desk', 'front desk', '')`,
  );
  await backUpEmbedded(database, data, backup);
  await database.close();
}, 120_000);
afterAll(() => rm(folder, { recursive: true }));

const nothing = async () => {};
let folders = 0;
const newFolder = () => join(folder, `place-${++folders}`);

const archiveOf = async (
  name: string,
  entries: Record<string, string>,
  type: 'file' | 'symlink' = 'file',
): Promise<string> => {
  const archive = pack();
  for (const [entry, text] of Object.entries(entries))
    if (type === 'symlink') archive.entry({ name: entry, type, linkname: text });
    else archive.entry({ name: entry }, text);
  archive.finalize();
  const file = join(folder, name);
  await pipeline(archive, createGzip(), createWriteStream(file));
  return file;
};

describe('restoring a backup', () => {
  test('brings back what was backed up, into a folder that may hold the master key', async () => {
    const place = newFolder();
    await mkdir(place, { mode: 0o700 });
    await writeFile(join(place, 'master.key'), 'key');
    // What a killed restore left; no process has so high a number.
    await mkdir(join(place, 'restoring-99999999', 'database'), { recursive: true });
    const names = await restoreEmbedded(place, backup, (database) =>
      database.query('select name from agent'),
    );
    expect(names).toEqual([{ name: 'Front desk' }]);
    expect((await readdir(place)).toSorted()).toEqual(['database', 'master.key']);
    const database = await open(place);
    expect(await database.query('select id from agent')).toEqual([{ id: 'A1' }]);
    await database.close();
  });

  test('leaves nothing where the check fails', async () => {
    const place = newFolder();
    const failing = restoreEmbedded(place, backup, async () => {
      throw new Error('another key');
    });
    await expect(failing).rejects.toThrow('another key');
    expect(await readdir(place)).toEqual([]);
  });

  test('is refused in a folder that is not empty, and touches nothing there', async () => {
    const place = newFolder();
    await mkdir(join(place, 'database'), { recursive: true });
    await expect(restoreEmbedded(place, backup, nothing)).rejects.toThrow('holds database');
    expect(await readdir(place)).toEqual(['database']);
  });

  test.for<[string, () => Promise<string>]>([
    ['a file that is not there', async () => join(folder, 'nowhere.tar.gz')],
    ['a folder', async () => folder],
    [
      'no archive',
      async () => (await writeFile(join(folder, 'text.tar.gz'), 'text'), join(folder, 'text.tar.gz')),
    ],
    [
      'half a backup',
      async () => {
        const whole = await readFile(backup);
        await writeFile(join(folder, 'half.tar.gz'), whole.subarray(0, whole.length / 2));
        return join(folder, 'half.tar.gz');
      },
    ],
    ['an archive without a database', () => archiveOf('empty.tar.gz', { 'database/readme': 'nothing' })],
    ['an archive of something else', () => archiveOf('other.tar.gz', { 'photos/one': 'x' })],
    [
      'an archive that reaches out of its folder',
      () => archiveOf('out.tar.gz', { 'database/../../escaped': 'x' }),
    ],
    ['an archive with a link', () => archiveOf('link.tar.gz', { 'database/link': '/etc' }, 'symlink')],
  ])('of %s is refused, and leaves nothing', async ([, make]) => {
    const place = newFolder();
    await expect(restoreEmbedded(place, await make(), nothing)).rejects.toThrow(RestoreRefused);
    expect(await readdir(place)).toEqual([]);
    expect(await readdir(folder)).not.toContain('escaped');
  });
});
