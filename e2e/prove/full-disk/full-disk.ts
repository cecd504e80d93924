import { chown, mkdir, readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { execFileSync } from 'node:child_process';
import pg from 'pg';
import { startPostgresql } from '../../postgresql.ts';
import { addNumber, keyFromCommandLine, withKey } from '../../http.ts';
import { runCommand, ServerRefused, startServer, type RunningServer } from '../../server.ts';
import { isAlive } from '../processes.ts';
import { count, type Proof, type Report } from '../proof.ts';
import { mountSmallDisk, type SmallDisk } from './small-disk.ts';
import { fillUnderWrites, namesDisk } from './writes-on-full-disk.ts';
import { find, lostWrites, type Acknowledged } from '../writes.ts';

/**
 * Without room for its log the embedded database cannot go on: the server ends, says why, and has lost
 * nothing.
 */
const loseTheLog = async (
  report: Report,
  disk: SmallDisk,
  server: RunningServer,
  key: string,
): Promise<RunningServer> => {
  const { dataDirectory } = server;
  const api = withKey(server.url, key);
  const { _id: id } = await addNumber(api, 'pia');
  const database = new pg.Client({
    host: await readlink(join(dataDirectory, 'socket')),
    port: 5432,
    user: 'postgres',
    database: 'postgres',
  });
  database.on('error', () => {});
  await database.connect();
  await disk.fill();
  const acknowledged: Acknowledged[] = [];
  for (let turn = 0; turn < 50 && isAlive(server.pid); turn++) {
    const label = `log ${turn}`;
    const answer = await api
      .request('PATCH', `/v1/phone-numbers/${id}`, { body: { friendly_name: label } })
      .catch(() => null);
    if (answer?.status === 200)
      acknowledged.push({ id, version: answer.json<{ version: number }>().version, label });
    // A new file of the log, which needs room.
    await database.query('SELECT pg_switch_wal()').catch(() => {});
  }
  const hasEnded = !isAlive(server.pid);
  await database.end().catch(() => {});
  report.check(
    'where the engine cannot go on, the server ends with a line that names the disk',
    hasEnded && namesDisk(server.output().trim().split('\n').at(-1) ?? ''),
    server.output().trim().split('\n').at(-1)?.slice(0, 120) ?? '',
  );
  await disk.makeRoom();
  if (!hasEnded) await server.stop();
  const next = await startServer({ dataDirectory });
  const lost = lostWrites(acknowledged, [await find(withKey(next.url, key), id)]);
  report.check(
    'and nothing acknowledged is lost by it',
    lost.length === 0,
    lost[0] ?? `${count(acknowledged.length)} acknowledged`,
  );
  report.control(
    'an end that names no disk',
    !namesDisk('The embedded database ended unexpectedly, and the server with it.'),
  );
  return next;
};

const onEmbedded = async (report: Report, disk: SmallDisk): Promise<void> => {
  const dataDirectory = join(disk.folder, 'data');
  let server = await startServer({ dataDirectory, env: { LOG_LEVEL: 'error' } });
  try {
    const scopes = ['numbers:read', 'numbers:write'] as const;
    const key = await keyFromCommandLine(server, scopes);
    await fillUnderWrites(report, 'embedded', disk, server, withKey(server.url, key));

    await disk.fill();
    const target = join(disk.folder, 'ballast');
    const backup = await runCommand(['backup', join(target, 'b.tar.gz')], { dataDirectory });
    const left = [...(await readdir(target)), ...(await readdir(dataDirectory))].filter((name) =>
      /^b\.|partial|^backup-/.test(name),
    );
    report.check(
      'a backup on a full disk says so and leaves nothing',
      backup.exitCode === 1 && namesDisk(backup.output) && left.length === 0,
      left[0] ?? backup.output.trim().slice(0, 110),
    );
    await server.stop();
    const refused = await startServer({ dataDirectory }).then(
      async (started) => {
        server = started;
        return null;
      },
      (error: Error) => error,
    );
    report.check(
      'a start on a full disk serves, or ends with a line that names the disk',
      refused === null || (refused instanceof ServerRefused && namesDisk(refused.message)),
      refused === null ? 'served' : refused.message.slice(0, 200),
    );
    await disk.makeRoom();
    if (refused !== null) server = await startServer({ dataDirectory });
    report.check('and starts with room again', (await fetch(`${server.url}/readyz`)).status === 200, '');
    server = await loseTheLog(report, disk, server, key);
  } finally {
    await server.stop();
  }
};

const onPostgresql = async (report: Report, disk: SmallDisk): Promise<void> => {
  const cluster = await startPostgresql();
  if (!cluster) return report.skip('no PostgreSQL is installed');
  const admin = new pg.Client({ connectionString: cluster.url });
  try {
    const space = join(disk.folder, 'space');
    await mkdir(space);
    if (process.getuid?.() === 0)
      await chown(space, Number(execFileSync('id', ['-u', 'postgres']).toString()), -1);
    await admin.connect();
    await admin.query(`CREATE TABLESPACE small LOCATION '${space}'`);
    await admin.query('CREATE DATABASE cordboard TABLESPACE small');
    const url = new URL(cluster.url);
    url.pathname = '/cordboard';
    const keyFolder = join(disk.folder, 'keys');
    await disk.fill();
    const refused = await startServer({ databaseUrl: cluster.url, dataDirectory: keyFolder }).then(
      () => null,
      (error: unknown) => error,
    );
    await disk.makeRoom();
    const left = await readdir(keyFolder).catch(() => []);
    report.check(
      'a first start that cannot write its key names the disk and leaves none',
      refused instanceof ServerRefused && namesDisk(refused.message) && left.length === 0,
      left[0] ?? String(refused).slice(0, 200),
    );
    const server = await startServer({
      databaseUrl: url.href,
      dataDirectory: keyFolder,
      env: { LOG_LEVEL: 'error' },
    });
    try {
      const api = withKey(
        server.url,
        await keyFromCommandLine(server, ['numbers:read', 'numbers:write'], url.href),
      );
      await fillUnderWrites(report, 'PostgreSQL', disk, server, api);
    } finally {
      await server.stop();
    }
  } finally {
    await admin.end();
    await cluster.stop();
  }
};

/**
 * The disk fills up under writes: each is stored or refused by name, and the server goes on when there is
 * room again.
 */
export const fullDisk: Proof = async (report) => {
  for (const [megabytes, prove] of [
    [96, onEmbedded],
    [96, onPostgresql],
  ] as const) {
    const disk = await mountSmallDisk(megabytes);
    if (!disk) return report.skip('this machine lets nobody mount a small disk (tmpfs)');
    try {
      await prove(report, disk);
    } finally {
      await disk.remove();
    }
  }
};
