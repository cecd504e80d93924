import { unlinkSync } from 'node:fs';
import { startEmbedded } from '#server/platform/db/embedded/embedded.ts';
import { openPool } from '#server/platform/db/postgres/pool.ts';

// A process that owns an embedded database, for tests that kill it or watch its system calls.
const [folder = '', work = 'wait'] = process.argv.slice(2);
const embedded = await startEmbedded(folder, 'own', () => process.exit(70));
const pool = openPool({
  connection: { host: embedded.socketFolder, port: 5432, user: 'postgres', database: 'postgres' },
  size: 1,
  namedStatements: true,
});

/** Seen by strace among the other calls; no such file exists. */
const mark = (name: string) => {
  try {
    unlinkSync(`/cordboard-mark-${name}`);
  } catch {}
};

await pool.query('CREATE TABLE IF NOT EXISTS written (id integer PRIMARY KEY)');
if (work === 'count-syncs') {
  mark('reads');
  for (let id = 0; id < 20; id++) await pool.query('SELECT count(*) FROM written WHERE id = $1', [id]);
  mark('writes');
  for (let id = 0; id < 20; id++) await pool.query('INSERT INTO written VALUES ($1)', [id]);
  mark('end');
  await pool.close();
  await embedded.stop();
} else {
  await pool.query('INSERT INTO written SELECT coalesce(max(id), 0) + 1 FROM written');
  process.send?.({ pid: embedded.pid });
  // The channel to the test keeps it alive until it is killed.
  process.on('message', () => {});
}
