import type { Transaction } from '#server/platform/db/database.ts';

/** Every window is as long, in seconds. */
export const WINDOW_SECONDS = 15 * 60;

export interface AttemptCount {
  key: string;
  wrong: number;
  under_way: number;
  ends_at: Date;
  /** Until the window ends, by the database's clock, which all instances share. */
  seconds: number;
}

const seconds = `extract(epoch from counted.ends_at - now())::float8 as seconds`;

// A window without anything in it has not begun.
const goesOn = 'counted.ends_at > now() and counted.wrong + counted.under_way > 0';

// Rows are locked in the order of their keys, here and below: two who lock the same ones never wait for each
// other.
const countStatement = {
  name: 'count_sign_in_attempt',
  text: `insert into sign_in_attempt as counted (key, wrong, under_way, ends_at)
    select key, $2, $3, now() + make_interval(secs => $4) from unnest($1::text[]) as key order by key collate "C"
    on conflict (key) do update set
      wrong = case when ${goesOn} then counted.wrong else 0 end + excluded.wrong,
      under_way = case when ${goesOn} then counted.under_way else 0 end + excluded.under_way,
      ends_at = case when ${goesOn} then counted.ends_at else excluded.ends_at end
    returning key, wrong, under_way, ends_at, ${seconds}`,
};

/** Counts one more under each key, in a new window where the old one ended. Answers what is counted now. */
export const countAttempt = (
  tx: Transaction,
  keys: readonly string[],
  as: 'wrong' | 'under_way',
): Promise<AttemptCount[]> =>
  tx.query(countStatement, [keys, as === 'wrong' ? 1 : 0, as === 'under_way' ? 1 : 0, WINDOW_SECONDS]);

export type Verdict = 'wrong' | 'not held against them' | 'clears their count';

/** Ends what was counted as under way, in the window it was counted in. */
export const settleAttempt = async (
  tx: Transaction,
  counted: readonly AttemptCount[],
  verdict: Verdict,
): Promise<AttemptCount[]> => {
  const keys = counted.map(({ key }) => key);
  await tx.query('select 1 from sign_in_attempt where key = any($1) order by key for update', [keys]);
  return tx.query<AttemptCount>(
    `update sign_in_attempt as counted set under_way = counted.under_way - 1, wrong = case when $4 then 0 else counted.wrong + $3 end
      from unnest($1::text[], $2::timestamptz[]) as given (key, ends_at)
      where counted.key = given.key and counted.ends_at = given.ends_at
      returning counted.key, counted.wrong, counted.under_way, counted.ends_at, ${seconds}`,
    [
      keys,
      counted.map(({ ends_at }) => ends_at),
      verdict === 'wrong' ? 1 : 0,
      verdict === 'clears their count',
    ],
  );
};

/**
 * Housekeeping: ended windows are forgotten, and where the clock was set back none lasts longer than it may.
 */
export const purgeAttempts = async (tx: Transaction): Promise<void> => {
  const where = (condition: string) =>
    `where key in (select key from sign_in_attempt where ${condition} for update skip locked)`;
  await tx.query(`delete from sign_in_attempt ${where('ends_at <= now()')}`);
  const latest = 'now() + make_interval(secs => $1)';
  // Those of a moment ago are left alone: by their end an attempt under way knows its window.
  await tx.query(
    `update sign_in_attempt set ends_at = ${latest} ${where(`ends_at > ${latest} + interval '1 minute'`)}`,
    [WINDOW_SECONDS],
  );
};
