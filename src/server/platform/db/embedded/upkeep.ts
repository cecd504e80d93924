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
  /** The columns that no larger sample than usual is taken for, where others are; and these others. */
  columns: string | null;
  fine: string | null;
  is_too_fine: boolean;
}

// A sample of 300 rows for each: PostgreSQL's usual 100 takes seconds here for a table of many columns, and nobody
// else is served meanwhile. The larger sample of one column is that of all.
const SMALL = 10;
const FINE = 50;
// Five minutes.
const MOST_ROUNDS = 30;

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

// One simple query is one transaction: nothing of it stays where it fails.
const analyse = (what: string): string => `SET LOCAL default_statistics_target = ${SMALL}; ANALYZE ${what}`;

/** What a table had written when it was last seen, when it was analysed, and when it was so with all its columns. */
interface Known {
  seen: number;
  analysed: number;
  whole: number;
  /** How often the last of these was put off. */
  rounds: number;
}

/**
 * The embedded database has no background processes: without this its log grows for ever (and is all replayed
 * after a crash), dead rows stay, and the planner never learns how many rows there are. Each step is short, for
 * everybody waits for it: what takes longer waits until nobody writes to the table, or has done so for minutes.
 */
export const createUpkeep = (takeTurn: TakeTurn): (() => Promise<void>) => {
  const known = new Map<string, Known>();
  const execute = (statement: string) => takeTurn((db) => db.exec(statement));

  const analyseWhole = async ({ name, fine, is_too_fine }: Table) => {
    if (is_too_fine)
      for (const column of fine?.split(', ') ?? [])
        await execute(`ALTER TABLE ${name} ALTER COLUMN ${column} SET STATISTICS ${FINE}`);
    await execute(analyse(name));
  };

  const keepTable = async (table: Table) => {
    const { name, writes, unanalysed, many, is_dead, columns, fine } = table;
    const before = known.get(name) ?? {
      seen: -1,
      analysed: writes - unanalysed,
      whole: writes - unanalysed,
      rounds: 0,
    };
    const now = { ...before, seen: writes };
    known.set(name, now);
    if (is_dead) await execute(`VACUUM (TRUNCATE false) ${name}`);
    if (writes - before.whole <= many) return;
    const isLong = fine !== null && columns !== null;
    if (!isLong || before.seen === writes || before.rounds >= MOST_ROUNDS) {
      await analyseWhole(table);
      known.set(name, { seen: writes, analysed: writes, whole: writes, rounds: 0 });
      return;
    }
    now.rounds += 1;
    if (writes - before.analysed <= many) return;
    // Of expressions in indexes nothing is learnt this way.
    await execute(analyse(`${name} (${columns})`));
    now.analysed = writes;
  };

  return async () => {
    const tables = await takeTurn(async (db) => {
      // Statistics are written once a second at most: without this the last statement's may be missing.
      await db.query('SELECT pg_stat_force_next_flush()');
      return (await db.query<Table>(selectTables)).rows;
    });
    // One that fails does not keep the log from beginning anew: on a full disk that is what makes room.
    for (const table of tables) await keepTable(table).catch(() => {});
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
