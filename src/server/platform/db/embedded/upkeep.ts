import type { PGlite } from '@electric-sql/pglite';
import type { WireServer } from './wire-server.ts';

const everyMs = 10_000;
const checkpointAfterBytes = 48 * 1024 * 1024;

/** Gives work its turn on the one session; between two turns others have theirs. */
export type TakeTurn = <Answer>(work: (db: PGlite) => Promise<Answer>) => Promise<Answer>;

interface Table {
  name: string;
  /** Rows written since the statistics began. */
  writes: number;
  unanalysed: number;
  /** As many writes are worth another look at it. */
  many: number;
  is_dead: boolean;
  /** Its columns; and those that a larger sample than usual is taken for. */
  columns: string;
  fine: string | null;
  is_too_fine: boolean;
}

// A sample of 300 rows for each: the usual 100 takes seconds here for a table of many columns, and nobody else is
// served meanwhile.
const SMALL = 10;
const FINE = 100;

// PostgreSQL's own measures for autovacuum.
const selectTables = `
  SELECT format('%I.%I', s.schemaname, s.relname) AS name,
    (n_tup_ins + n_tup_upd + n_tup_del)::float8 AS writes, n_mod_since_analyze::float8 AS unanalysed,
    50 + 0.1 * n_live_tup::float8 AS many, n_dead_tup > 50 + 0.2 * n_live_tup AS is_dead,
    string_agg(format('%I', attname), ', ') FILTER (WHERE coalesce(attstattarget, -1) <= 0) AS columns,
    string_agg(format('%I', attname), ', ') FILTER (WHERE attstattarget > 0) AS fine,
    coalesce(bool_or(attstattarget > ${FINE}), false) AS is_too_fine
  FROM pg_stat_user_tables s JOIN pg_attribute a ON a.attrelid = s.relid
  WHERE attnum > 0 AND NOT attisdropped
  GROUP BY s.relid, s.schemaname, s.relname, n_tup_ins, n_tup_upd, n_tup_del, n_mod_since_analyze, n_live_tup, n_dead_tup`;

const logBytes = 'SELECT (pg_current_wal_lsn() - redo_lsn)::float8 AS bytes FROM pg_control_checkpoint()';

const analyse = (what: string, target: number): string =>
  `BEGIN; SET LOCAL default_statistics_target = ${target}; ANALYZE ${what}; COMMIT`;

/**
 * The embedded database has no background processes: without this its log grows for ever (and is all replayed
 * after a crash), dead rows stay, and the planner never learns how many rows there are. Each step is short, for
 * everybody waits for it: what takes longer is done for a table that nobody writes to.
 */
export const createUpkeep = (takeTurn: TakeTurn): (() => Promise<void>) => {
  /** How much was written to each table when it was last looked at, when it was analysed, and finely so. */
  const known = new Map<string, { seen: number; analysed: number; fine: number }>();
  const execute = (statement: string) => takeTurn((db) => db.exec(statement));

  const keepTable = async ({
    name,
    writes,
    unanalysed,
    many,
    is_dead,
    columns,
    fine,
    is_too_fine,
  }: Table) => {
    const before = known.get(name) ?? { seen: -1, analysed: writes - unanalysed, fine: writes - unanalysed };
    const now = { ...before, seen: writes };
    known.set(name, now);
    if (is_dead) await execute(`VACUUM (TRUNCATE false) ${name}`);
    if (writes - before.analysed > many) {
      await execute(analyse(fine === null ? name : `${name} (${columns})`, SMALL));
      now.analysed = writes;
    }
    if (fine === null || before.seen !== writes || writes - before.fine <= many) return;
    if (is_too_fine)
      for (const column of fine.split(', '))
        await execute(`ALTER TABLE ${name} ALTER COLUMN ${column} SET STATISTICS ${FINE}`);
    await execute(analyse(`${name} (${fine})`, FINE));
    now.fine = writes;
  };

  return async () => {
    const tables = await takeTurn(async (db) => {
      // Statistics are written once a second at most: without this the last statement's may be missing.
      await db.query('SELECT pg_stat_force_next_flush()');
      return (await db.query<Table>(selectTables)).rows;
    });
    for (const table of tables) await keepTable(table);
    const log = await takeTurn(async (db) => (await db.query<{ bytes: number }>(logBytes)).rows[0]);
    if ((log?.bytes ?? 0) > checkpointAfterBytes) await execute('CHECKPOINT');
  };
};

export const startUpkeep = (wire: WireServer): (() => void) => {
  const keepUp = createUpkeep((work) => wire.exclusively(work));
  let isUnderWay = false;
  const timer = setInterval(() => {
    if (isUnderWay) return;
    isUnderWay = true;
    void keepUp()
      .catch(() => {})
      .finally(() => (isUnderWay = false));
  }, everyMs);
  return () => clearInterval(timer);
};
