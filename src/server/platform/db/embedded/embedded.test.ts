import { execFileSync, fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test, vi } from 'vitest';
import { startEmbedded, type Embedded } from './embedded.ts';
import { openPool } from '#server/platform/db/postgres/pool.ts';

// Each starts several databases, which on a busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

const ownerPath = fileURLToPath(import.meta.resolve('#server/testing/embedded-owner.ts'));
const folders: string[] = [];
const owners: ChildProcess[] = [];
const running: Embedded[] = [];

const newFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'cordboard-test-'));
  folders.push(folder);
  return folder;
};

const start = async (folder: string, mode: 'own' | 'attach' = 'own') => {
  const embedded = await startEmbedded(folder, mode, () => {});
  running.push(embedded);
  return embedded;
};

const poolOf = (embedded: Embedded) =>
  openPool({
    connection: { host: embedded.socketFolder, port: 5432, user: 'postgres', database: 'postgres' },
    size: 1,
    namedStatements: embedded.owned,
  });

/** Another process with its own embedded database, once it has written a row. */
const startOwner = async (folder: string) => {
  const owner = fork(ownerPath, [folder], { execArgv: ['--import', 'tsx'] });
  owners.push(owner);
  const [{ pid }] = (await once(owner, 'message')) as [{ pid: number }];
  return { owner, databasePid: pid };
};

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.[0] !== 'Z';
  } catch {
    return false;
  }
};

afterEach(async () => {
  for (const owner of owners.splice(0)) owner.kill('SIGKILL');
  for (const embedded of running.splice(0)) await embedded.stop();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

test('what was written is there after a stop and a start, in a folder for its owner alone', async () => {
  const folder = newFolder();
  chmodSync(folder, 0o755);
  const first = await start(folder);
  const before = poolOf(first);
  await before.query('CREATE TABLE kept AS SELECT 1 AS one');
  await before.close();
  await first.stop();
  const after = poolOf(await start(folder));
  expect(await after.query('SELECT one FROM kept')).toEqual([{ one: 1 }]);
  await after.close();
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(existsSync(first.socketFolder)).toBe(false);
});

test('a second start on the same folder is refused, and the first goes on', async () => {
  const folder = newFolder();
  const first = await start(folder);
  await expect(start(folder)).rejects.toThrow(
    `${folder} is in use by another Cordboard (process ${first.pid})`,
  );
  const pool = poolOf(first);
  expect(await pool.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  await pool.close();
});

test('a guest works beside the owner, and each hears what the other announces', async () => {
  const folder = newFolder();
  const owner = poolOf(await start(folder));
  const embedded = await start(folder, 'attach');
  expect(embedded.owned).toBe(false);
  const guest = poolOf(embedded);
  let hear: (payload: string) => void = () => {};
  const heard = new Promise<string>((resolve) => (hear = resolve));
  await owner.listen('changes', hear, () => {});
  await owner.query('CREATE TABLE shared (id integer)');
  const write = (pool: typeof owner) =>
    Promise.all(
      Array.from({ length: 50 }, (_, id) =>
        pool.transaction(async (tx) => {
          const [row] = await tx.query<{ id: number }>('INSERT INTO shared VALUES ($1) RETURNING id', [id]);
          expect(row).toEqual({ id });
        }),
      ),
    );
  await Promise.all([write(owner), write(guest)]);
  await guest.query(`SELECT pg_notify('changes', 'from the guest')`);
  expect(await heard).toBe('from the guest');
  expect(await owner.query('SELECT count(*) AS count FROM shared')).toEqual([{ count: 100 }]);
  await guest.close();
  await owner.close();
});

test('a guest that breaks off in a transaction leaves the owner free and nothing written', async () => {
  const folder = newFolder();
  const embedded = await start(folder);
  const owner = poolOf(embedded);
  await owner.query('CREATE TABLE broken_off (id integer)');
  const { default: pg } = await import('pg');
  const guest = new pg.Client({
    host: embedded.socketFolder,
    port: 5432,
    user: 'postgres',
    database: 'postgres',
  });
  guest.on('error', () => {});
  await guest.connect();
  await guest.query('BEGIN');
  await guest.query('INSERT INTO broken_off VALUES (1)');
  const waiting = owner.query('SELECT id FROM broken_off');
  (guest as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
  expect(await waiting).toEqual([]);
  await owner.close();
});

test('the database ends with its parent, and the lock of the dead is taken over', async () => {
  const folder = newFolder();
  const { owner, databasePid } = await startOwner(folder);
  owner.kill('SIGKILL');
  const pool = poolOf(await start(folder));
  expect(isAlive(databasePid)).toBe(false);
  expect(await pool.query('SELECT id FROM written')).toEqual([{ id: 1 }]);
  await pool.close();
});

test('a database killed itself leaves a lock that several starts race for, and one wins', async () => {
  const folder = newFolder();
  const { owner, databasePid } = await startOwner(folder);
  process.kill(databasePid, 'SIGKILL');
  await once(owner, 'exit');
  expect(existsSync(join(folder, 'lock'))).toBe(true);
  const starts = await Promise.allSettled([start(folder), start(folder), start(folder)]);
  expect(starts.map((each) => each.status).toSorted()).toEqual(['fulfilled', 'rejected', 'rejected']);
  const pool = poolOf(running[0] as Embedded);
  expect(await pool.query('SELECT id FROM written')).toEqual([{ id: 1 }]);
  await pool.close();
  expect(readdirSync(folder).filter((name) => name.startsWith('lock.'))).toEqual([]);
});

test('a first start that was interrupted begins again', async () => {
  const folder = newFolder();
  const { owner, databasePid } = await startOwner(folder);
  process.kill(databasePid, 'SIGKILL');
  await once(owner, 'exit');
  rmSync(join(folder, 'database', 'global'), { recursive: true });
  writeFileSync(join(folder, 'database.creating'), '');
  const pool = poolOf(await start(folder));
  expect(await pool.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  await pool.close();
});

const hasStrace = (() => {
  try {
    execFileSync('strace', ['-o', '/dev/null', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

test.skipIf(!hasStrace)(
  'every commit is synced to disk before it is answered, and a read is not (skipped without strace)',
  () => {
    const folder = newFolder();
    const output = join(folder, 'calls');
    const calls = ['-f', '-qq', '-o', output, '-e', 'trace=fdatasync,fsync,unlink,unlinkat'];
    execFileSync('strace', [
      ...calls,
      process.execPath,
      '--import',
      'tsx',
      ownerPath,
      join(folder, 'data'),
      'count-syncs',
    ]);
    const [, reads = '', writes = ''] = readFileSync(output, 'utf8').split(/^.*cordboard-mark-.*$/m);
    const syncs = (text: string) => text.match(/f(data)?sync\(/g)?.length ?? 0;
    expect(syncs(reads)).toBe(0);
    expect(syncs(writes)).toBeGreaterThanOrEqual(20);
  },
);
