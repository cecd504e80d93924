import { execFile } from 'node:child_process';
import { chown, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { childrenOf } from './prove/processes.ts';

const run = promisify(execFile);

/** A PostgreSQL server of our own: it may be frozen, broken and thrown away. */
export interface Cluster {
  url: string;
  /** Where its files are. */
  folder: string;
  /** SIGSTOP to each of its processes: connections stay open, and nobody answers. */
  freeze(): void;
  thaw(): void;
  /** Another server that follows this one by streaming replication. */
  startStandby(): Promise<Cluster>;
  /** A standby becomes the server that is written to. */
  promote(): Promise<void>;
  /** At once, as a crash would, and everything of it is removed. */
  stop(): Promise<void>;
}

const findBinaries = async (): Promise<string | undefined> => {
  const root = '/usr/lib/postgresql';
  const versions = (await readdir(root).catch(() => [])).toSorted((a, b) => Number(b) - Number(a));
  return versions[0] === undefined ? undefined : join(root, versions[0], 'bin');
};

export const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

const isRoot = process.getuid?.() === 0;

/** Runs one of PostgreSQL's programs; as another user where we are root, for it refuses to run so. */
const asOwner = (binaries: string, program: string, args: string[]) =>
  isRoot
    ? run(
        'setpriv',
        ['--reuid', 'postgres', '--regid', 'postgres', '--clear-groups', join(binaries, program), ...args],
        { cwd: '/' },
      )
    : run(join(binaries, program), args, { cwd: '/' });

/** Starts a server on a folder that `fill` makes. */
const start = async (binaries: string, fill: (data: string) => Promise<unknown>): Promise<Cluster> => {
  const folder = await mkdtemp(join(tmpdir(), 'cordboard-postgresql-'));
  if (isRoot) {
    const { stdout } = await run('id', ['-u', 'postgres']);
    await chown(folder, Number(stdout), -1);
  }
  const port = await freePort();
  const data = join(folder, 'data');
  await fill(data);
  const settings = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1 -c shared_buffers=512MB -c max_wal_size=4GB`;
  const control = (...args: string[]) => asOwner(binaries, 'pg_ctl', ['-D', data, ...args]);
  await control('-l', join(folder, 'log'), '-w', '-o', settings, 'start');
  const pid = Number((await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n')[0]);
  const signal = (name: 'SIGSTOP' | 'SIGCONT') => {
    // The first of them first: it starts no others then.
    for (const each of [pid, ...childrenOf(pid)]) process.kill(each, name);
  };
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    folder: data,
    freeze: () => signal('SIGSTOP'),
    thaw: () => signal('SIGCONT'),
    startStandby: () =>
      start(binaries, (to) =>
        asOwner(binaries, 'pg_basebackup', [
          '-h',
          '127.0.0.1',
          '-p',
          String(port),
          '-U',
          'postgres',
          '-D',
          to,
          '-R',
          '-X',
          'stream',
          '-c',
          'fast',
        ]),
      ),
    promote: async () => {
      await control('-w', 'promote');
    },
    stop: async () => {
      await control('-m', 'immediate', 'stop').catch(() => {});
      await rm(folder, { recursive: true, force: true });
    },
  };
};

/** A new PostgreSQL server, where the machine has the programs. */
export const startPostgresql = async (): Promise<Cluster | undefined> => {
  const binaries = await findBinaries();
  if (binaries === undefined) return undefined;
  return start(binaries, (data) =>
    asOwner(binaries, 'initdb', [
      '-D',
      data,
      '-U',
      'postgres',
      '--auth',
      'trust',
      '-E',
      'UTF8',
      '--locale',
      'C.UTF-8',
    ]),
  );
};
