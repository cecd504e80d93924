import { execFile } from 'node:child_process';
import { chown, mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const findBinaries = async (): Promise<string | undefined> => {
  const root = '/usr/lib/postgresql';
  const versions = (await readdir(root).catch(() => [])).toSorted((a, b) => Number(b) - Number(a));
  return versions[0] === undefined ? undefined : join(root, versions[0], 'bin');
};

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

/** A PostgreSQL server of our own, its files in `folder`, where the machine has the programs; it refuses to run as root. */
export const startPostgresql = async (): Promise<{ url: string; folder: string; stop: () => Promise<void> } | undefined> => {
  const binaries = await findBinaries();
  if (binaries === undefined) return undefined;
  const isRoot = process.getuid?.() === 0;
  const folder = await mkdtemp(join(tmpdir(), 'cordboard-bench-postgresql-'));
  const asOwner = (program: string, args: string[]) =>
    isRoot
      ? run('setpriv', ['--reuid', 'postgres', '--regid', 'postgres', '--clear-groups', join(binaries, program), ...args], { cwd: '/' })
      : run(join(binaries, program), args, { cwd: '/' });
  if (isRoot) {
    const { stdout } = await run('id', ['-u', 'postgres']);
    await chown(folder, Number(stdout), -1);
  }
  const port = await freePort();
  const data = join(folder, 'data');
  await asOwner('initdb', ['-D', data, '-U', 'postgres', '--auth', 'trust', '-E', 'UTF8', '--locale', 'C.UTF-8']);
  const settings = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1 -c shared_buffers=512MB -c max_wal_size=4GB`;
  await asOwner('pg_ctl', ['-D', data, '-l', join(folder, 'log'), '-w', '-o', settings, 'start']);
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    folder: data,
    stop: async () => {
      await asOwner('pg_ctl', ['-D', data, '-m', 'immediate', 'stop']);
      await rm(folder, { recursive: true, force: true });
    },
  };
};
