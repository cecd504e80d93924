import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addNumber, keyFromCommandLine, withKey } from '../http.ts';
import { startServer } from '../server.ts';
import { childrenOf, isInstalled } from './processes.ts';
import { count, type Proof } from './proof.ts';

const WRITES = 200;
const syncCalls = 'trace=fsync,fdatasync,sync_file_range,msync';

const syncsIn = async (file: string) =>
  (await readFile(file, 'utf8')).split('\n').filter((line) => /\b(?:fsync|fdatasync)\(\d+\)\s+= 0/.test(line))
    .length;

/** How often the process synced to disk while `work` ran. */
const countSyncs = async (pid: number, work: () => Promise<void>): Promise<number> => {
  const file = join(await mkdtemp(join(tmpdir(), 'cordboard-strace-')), 'calls');
  const tracer = spawn('strace', ['-f', '-e', syncCalls, '-o', file, '-p', String(pid)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  const exited = once(tracer, 'exit');
  while (!/attached/.test(said)) {
    const [chunk] = (await Promise.race([once(tracer.stderr, 'data'), exited])) as [Buffer | number | null];
    if (!(chunk instanceof Buffer)) throw new Error(`strace could not attach: ${said}`);
    said += chunk.toString();
  }
  await work();
  tracer.kill('SIGINT');
  await exited;
  return syncsIn(file);
};

const enoughSyncs = (syncs: number, writes: number) => syncs >= writes;

// PGlite as it comes: it answers each insert, and syncs none of them.
const unsyncedDatabase = `
  const { PGlite } = await import('@electric-sql/pglite');
  const db = await PGlite.create(process.argv[1]);
  await db.exec('create table t (n int)');
  process.send('ready');
  process.on('message', async (writes) => {
    for (let n = 0; n < writes; n++) await db.query('insert into t values ($1)', [n]);
    process.send('done');
  });
`;

const syncsOfUnsyncedDatabase = async (writes: number): Promise<number> => {
  const folder = await mkdtemp(join(tmpdir(), 'cordboard-unsynced-'));
  const child = spawn(process.execPath, ['--input-type=module', '-e', unsyncedDatabase, folder], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  await once(child, 'message');
  const syncs = await countSyncs(child.pid ?? 0, async () => {
    child.send(writes);
    await once(child, 'message');
  });
  child.kill('SIGKILL');
  return syncs;
};

/** An acknowledged write that a power cut can take back was acknowledged too early. */
export const sync: Proof = async (report) => {
  if (!isInstalled('strace')) return report.skip('strace is not installed');
  const server = await startServer();
  try {
    const api = withKey(server.url, await keyFromCommandLine(server, ['numbers:read', 'numbers:write']));
    const { _id: id } = await addNumber(api, 'sip');
    const [database] = childrenOf(server.pid);
    if (database === undefined) throw new Error('the server has no process for its embedded database');
    const syncs = await countSyncs(database, async () => {
      for (let n = 0; n < WRITES; n++)
        await api.send('PATCH', `/v1/phone-numbers/${id}`, { friendly_name: `sync ${n}` });
    });
    report.check(
      'at least one sync to disk for each acknowledged write',
      enoughSyncs(syncs, WRITES),
      `${count(syncs)} syncs for ${count(WRITES)} writes`,
    );
    const unsynced = await syncsOfUnsyncedDatabase(WRITES);
    report.control(
      `a database that never syncs (${unsynced} for ${WRITES} writes)`,
      !enoughSyncs(unsynced, WRITES),
    );
  } finally {
    await server.stop();
  }
};
