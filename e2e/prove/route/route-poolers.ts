import { spawn } from 'node:child_process';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort, type Cluster } from '../../postgresql.ts';
import { ServerRefused, startServer, temporaryFolder } from '../../server.ts';
import { layCable } from '../cable.ts';
import { isInstalled } from '../processes.ts';
import { pause } from './route-asker.ts';
import type { Report } from '../proof.ts';
import { withDatabase } from './route-scene.ts';

/** What a server says that does not start; empty where it starts. */
const refusalOn = async (databaseUrl: string, dataDirectory: string): Promise<string> => {
  try {
    await (await startServer({ databaseUrl, dataDirectory })).stop();
    return '';
  } catch (error) {
    if (error instanceof ServerRefused) return error.message.split('\n').slice(1).join(' ').trim();
    throw error;
  }
};

const namesTheReason = (said: string) =>
  /notifications do not arrive/.test(said) && /pooler in transaction mode/.test(said);

/** A real pooler on the cluster. */
const startPooler = async (cluster: Cluster, mode: 'transaction' | 'session') => {
  const folder = await temporaryFolder('pooler');
  const port = await freePort();
  const { port: databasePort } = new URL(cluster.url);
  const settings = [
    '[databases]',
    `* = host=127.0.0.1 port=${databasePort} user=postgres`,
    '[pgbouncer]',
    'listen_addr = 127.0.0.1',
    `listen_port = ${port}`,
    `unix_socket_dir =`,
    'auth_type = any',
    `pool_mode = ${mode}`,
    'ignore_startup_parameters = statement_timeout,extra_float_digits',
  ];
  await chmod(folder, 0o755);
  const file = join(folder, 'pgbouncer.ini');
  await writeFile(file, settings.join('\n'));
  const child = spawn('pgbouncer', [...(process.getuid?.() === 0 ? ['-u', 'postgres'] : []), file], {
    stdio: 'ignore',
  });
  const url = new URL('pooled', cluster.url);
  url.port = String(port);
  const answers = () => withDatabase(url.href, 'select 1').catch(() => null);
  for (let tries = 0; tries < 50 && (await answers()) === null; tries++) await pause(100);
  return { url: url.href, stop: () => child.kill('SIGKILL') };
};

/** A server that would hear of no change does not start, and says why. */
export const poolers = async (report: Report, cluster: Cluster): Promise<void> => {
  const [folder, name] = [await temporaryFolder('pooled'), 'pooled'];
  await withDatabase(cluster.url, `create database ${name}`);
  const cable = await layCable(new URL(name, cluster.url).href);
  cable.deafen(true);
  const deaf = await refusalOn(cable.url, folder);
  report.check(
    'without notifications a server does not start, and names the reason',
    namesTheReason(deaf),
    deaf.slice(0, 100),
  );
  cable.deafen(false);
  report.control('a start that is refused on a good line', (await refusalOn(cable.url, folder)) === '');
  await cable.cut();
  const away = await refusalOn(cable.url, folder);
  report.check(
    'a database that is away is another reason',
    away !== '' && !namesTheReason(away),
    away.slice(0, 100),
  );

  if (!isInstalled('pgbouncer')) return report.skip('a real pooler: PgBouncer is not installed');
  const transaction = await startPooler(cluster, 'transaction');
  const said = await refusalOn(transaction.url, folder);
  transaction.stop();
  report.check(
    'PgBouncer in transaction mode: refused, and the reason named',
    namesTheReason(said),
    said.slice(0, 100),
  );
  const session = await startPooler(cluster, 'session');
  const started = await refusalOn(session.url, folder);
  session.stop();
  report.check('PgBouncer in session mode: it starts', started === '', started.slice(0, 100) || 'started');
};
