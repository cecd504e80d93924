import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
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
  expect(readdirSync(folder).filter((name) => name.includes('partial'))).toEqual([]);
  const again = await open(restored);
  const [row] = await again.query<{ count: number }>('SELECT count(*) AS count FROM backed_up');
  expect(row?.count).toBeGreaterThanOrEqual(10);
  expect((row?.count ?? 1) % 10).toBe(0);
  await again.close();
});

const cli = fileURLToPath(import.meta.resolve('#server/cli/main.ts'));

const startBackup = (data: string, file: string) =>
  spawn(process.execPath, ['--import', 'tsx', cli, 'backup', file], {
    env: { ...process.env, CORDBOARD_DATA: data, DATABASE_URL: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

const leftIn = (path: string, name: RegExp) => readdirSync(path).filter((each) => name.test(each));

test('a backup that is ended leaves nothing, one that is killed leaves what the next removes, and none overwrites a file', async () => {
  const data = join(folder, 'ended');
  const target = mkdtempSync(join(folder, 'target-'));
  const file = join(target, 'cordboard.tar.gz');
  const server = await open(data);
  try {
    // Too much to be packed before the signal comes.
    await server.query('CREATE TABLE filled (filler text)');
    await server.query(
      `INSERT INTO filled SELECT string_agg(md5(random()::text), '') FROM generate_series(1, 20000) i, generate_series(1, 60) GROUP BY i`,
    );
    const end = async (signal: NodeJS.Signals) => {
      const command = startBackup(data, file);
      const exited = once(command, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
      await expect.poll(() => leftIn(target, /partial$/), { timeout: 50_000, interval: 5 }).toHaveLength(1);
      command.kill(signal);
      return exited;
    };
    for (const [signal, code] of [
      ['SIGTERM', 143],
      ['SIGINT', 130],
    ] as const) {
      expect(await end(signal)).toEqual([code, null]);
      expect(readdirSync(target)).toEqual([]);
      expect(leftIn(data, /^backup-/)).toEqual([]);
    }

    expect(await end('SIGKILL')).toEqual([null, 'SIGKILL']);
    expect(existsSync(file)).toBe(false);
    expect([leftIn(target, /partial$/), leftIn(data, /^backup-/)]).toMatchObject([{ length: 1 }, { length: 1 }]);
    // What somebody else named is theirs, and so is what a process that lives is writing.
    mkdirSync(join(data, 'backup-mine'));
    const others = ['notes.partial', `other.tar.gz.${process.ppid}.cordboard-partial`];
    for (const name of others) writeFileSync(join(target, name), 'kept');
    expect(await once(startBackup(data, file), 'exit')).toEqual([0, null]);
    expect(readdirSync(target).toSorted()).toEqual(['cordboard.tar.gz', ...others].toSorted());
    expect(leftIn(data, /^backup-/)).toEqual(['backup-mine']);
    const events = await server.query<{ detail: string }>(`select action, actor_name, detail from audit_event`);
    expect(events).toEqual([{ action: 'database.backed_up', actor_name: 'Command line', detail: `cordboard.tar.gz, ${statSync(file).size} bytes` }]);

    const before = readFileSync(file);
    const again = startBackup(data, file);
    let said = '';
    again.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    expect(await once(again, 'exit')).toEqual([1, null]);
    expect(said).toContain('is there already');
    expect(readFileSync(file).equals(before)).toBe(true);
  } finally {
    await server.close();
  }
});
