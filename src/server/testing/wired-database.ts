import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import { startEmbedded } from '#server/platform/db/embedded/embedded.ts';
import { migrate } from '#server/platform/db/migrate/migrate.ts';
import { openPool } from '#server/platform/db/postgres/pool.ts';
import { openWire } from './cuttable-wire.ts';

/** Where a database of a test's own is reached: on the named server, else one that is embedded in memory. */
const place = async () => {
  const serverUrl = inject('testServerUrl');
  if (serverUrl === '') {
    const embedded = await startEmbedded(':memory:', 'own', () => {});
    const target = { path: join(embedded.socketFolder, '.s.PGSQL.5432') };
    return { target, user: 'postgres', password: '', database: 'postgres', remove: () => embedded.stop() };
  }
  const { hostname, port, username, password } = new URL(serverUrl);
  const database = `${inject('testDatabasePrefix')}${randomUUID().slice(0, 8)}`;
  const admin = new pg.Client({ connectionString: serverUrl });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${database}`);
  const remove = async () => {
    await admin.query(`DROP DATABASE ${database} WITH (FORCE)`);
    await admin.end();
  };
  return {
    target: { host: hostname, port: Number(port || 5432) },
    user: username,
    password,
    database,
    remove,
  };
};

/**
 * A migrated database of the test's own, reached over a wire that can be cut, held or made deaf. It is asked
 * as a server is, with a session for each connection, wherever it runs.
 */
export const openWiredDatabase = async () => {
  const { target, user, password, database: name, remove } = await place();
  const wire = await openWire(target);
  const connect = (host: { host: string; port: number }) =>
    openPool({
      connection: { ...host, user, password, database: name },
      size: 4,
      isServer: true,
      namedStatements: false,
    });
  const database = connect({ host: '127.0.0.1', port: wire.port });
  // Beside the wire, as another instance would be.
  const elsewhere = connect('path' in target ? { host: join(target.path, '..'), port: 5432 } : target);
  await migrate(database);
  return {
    wire,
    database,
    elsewhere,
    close: async () => {
      await database.close();
      await elsewhere.close();
      await wire.close();
      await remove();
    },
  };
};
