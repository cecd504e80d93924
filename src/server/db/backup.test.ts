import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { backUpEmbedded } from './backup.ts';
import { openDatabase } from './open-database.ts';

// Each starts several databases, which on a busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'cordboard-backup-test-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const open = (dataFolder: string, attach = false) => openDatabase({ databaseUrl: null, databasePoolSize: 1, dataFolder }, { attach });

test('a backup made beside a busy server opens, with everything that was acknowledged before', async () => {
  const data = join(folder, 'data');
  const file = join(folder, 'cordboard.tar.gz');
  const server = await open(data);
  const command = await open(data, true);
  await server.query('CREATE TABLE backed_up (id integer GENERATED ALWAYS AS IDENTITY, filler text)');
  const write = () => server.query(`INSERT INTO backed_up (filler) SELECT repeat('x', 1000) FROM generate_series(1, 10)`);
  await write();
  let goOn = true;
  const writing = (async () => {
    while (goOn) await write();
  })();
  const bytes = await backUpEmbedded(command, data, file);
  goOn = false;
  await writing;
  await command.close();
  await server.close();
  expect(bytes).toBeGreaterThan(100_000);
  expect(readdirSync(data).filter((name) => name.startsWith('backup-'))).toEqual([]);

  const restored = join(folder, 'restored');
  execFileSync('mkdir', [restored]);
  execFileSync('tar', ['-xzf', file, '-C', restored]);
  const unpacked = readdirSync(restored, { recursive: true, encoding: 'utf8' }).filter((name) => name !== '');
  expect(unpacked.filter((name) => (statSync(join(restored, name)).mode & 0o077) !== 0)).toEqual([]);
  expect(readdirSync(folder).filter((name) => name.endsWith('.partial'))).toEqual([]);
  const again = await open(restored);
  const [row] = await again.query<{ count: number }>('SELECT count(*) AS count FROM backed_up');
  expect(row?.count).toBeGreaterThanOrEqual(10);
  expect((row?.count ?? 1) % 10).toBe(0);
  await again.close();
});
