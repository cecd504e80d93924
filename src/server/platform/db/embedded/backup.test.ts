import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { backup } from '#server/cli/commands/backup.ts';
import { testConfig } from '#server/testing/test-app.ts';
import { backUpEmbedded } from './backup.ts';
import { openDatabase } from '#server/platform/db/open/open-database.ts';

// Each starts several databases, which on a busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'cordboard-backup-test-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const open = (dataFolder: string, attach = false) =>
  openDatabase({ databaseUrl: null, databasePoolSize: 1, dataFolder }, { attach });

test('a backup made beside a busy server opens, with everything that was acknowledged before', async () => {
  const data = join(folder, 'data');
  const file = join(folder, 'cordboard.tar.gz');
  const server = await open(data);
  const command = await open(data, true);
  await server.query('CREATE TABLE backed_up (id integer GENERATED ALWAYS AS IDENTITY, filler text)');
  const write = () =>
    server.query(`INSERT INTO backed_up (filler) SELECT repeat('x', 1000) FROM generate_series(1, 10)`);
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

test('a backup overwrites no file, leaves an event, and removes what a killed one left, and that alone', async () => {
  const data = join(folder, 'kept');
  const target = mkdtempSync(join(folder, 'target-'));
  const file = join(target, 'cordboard.tar.gz');
  const database = await open(data);
  try {
    const run = (positionals: string[]) => {
      const unused = () => Promise.reject(new Error('unused'));
      const config = { ...testConfig, dataFolder: data };
      const quiet = { print: () => {}, explain: () => {}, readSecret: unused };
      return backup.run({ config, positionals, values: {}, openDatabase: async () => database, ...quiet });
    };
    // The number of a process that has ended.
    const { pid } = spawnSync(process.execPath, ['--version']);
    mkdirSync(join(data, `backup-${pid}-abc`));
    writeFileSync(join(target, `yesterday.tar.gz.${pid}.cordboard-partial`), 'half');
    const others = ['notes.partial', `other.tar.gz.${process.ppid}.cordboard-partial`];
    for (const name of others) writeFileSync(join(target, name), 'kept');
    mkdirSync(join(data, `backup-${process.ppid}-abc`));

    await run([file]);
    expect(readdirSync(target).toSorted()).toEqual(['cordboard.tar.gz', ...others].toSorted());
    expect(readdirSync(data).filter((name) => name.startsWith('backup-'))).toEqual([
      `backup-${process.ppid}-abc`,
    ]);
    const events = await database.query(`select action, actor_name, detail from audit_event`);
    expect(events).toEqual([
      {
        action: 'database.backed_up',
        actor_name: 'Command line',
        detail: `cordboard.tar.gz, ${statSync(file).size} bytes`,
      },
    ]);

    const before = readFileSync(file);
    await expect(run([file])).rejects.toThrow('is there already');
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(await database.query(`select 1 from audit_event`)).toHaveLength(1);
  } finally {
    await database.close();
  }
});
