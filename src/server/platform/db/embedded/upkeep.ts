import type { PGlite } from '@electric-sql/pglite';
import type { WireServer } from './wire-server.ts';

const everyMs = 10_000;
const checkpointAfterBytes = 48 * 1024 * 1024;

// PostgreSQL's own measures for autovacuum.
const tablesInNeed = `
  SELECT format('%I.%I', schemaname, relname) AS name, n_dead_tup > 50 + 0.2 * n_live_tup AS dead
  FROM pg_stat_user_tables
  WHERE n_dead_tup > 50 + 0.2 * n_live_tup OR n_mod_since_analyze > 50 + 0.1 * n_live_tup`;

const logBytes = 'SELECT (pg_current_wal_lsn() - redo_lsn)::float8 AS bytes FROM pg_control_checkpoint()';

/**
 * The embedded database has no background processes: without this its log grows for ever (and is all replayed
 * after a crash), dead rows stay, and the planner never learns how many rows there are.
 */
export const keepUp = async (db: PGlite): Promise<void> => {
  // Statistics are written once a second at most: without this the last statement's may be missing.
  await db.query('SELECT pg_stat_force_next_flush()');
  const tables = await db.query<{ name: string; dead: boolean }>(tablesInNeed);
  for (const { name, dead } of tables.rows)
    await db.exec(dead ? `VACUUM (ANALYZE, TRUNCATE false) ${name}` : `ANALYZE ${name}`);
  const log = await db.query<{ bytes: number }>(logBytes);
  if ((log.rows[0]?.bytes ?? 0) > checkpointAfterBytes) await db.exec('CHECKPOINT');
};

export const startUpkeep = (wire: WireServer): (() => void) => {
  const timer = setInterval(() => void wire.exclusively(keepUp).catch(() => {}), everyMs);
  return () => clearInterval(timer);
};
