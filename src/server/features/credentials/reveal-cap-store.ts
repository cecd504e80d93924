import type { Transaction } from '#server/platform/db/database.ts';
import type { Actor } from '#server/request-context.ts';

type Who = Pick<Actor, 'kind' | 'id'>;
// The clock may have been set back: what begins in the future is no hour. A minute, since transactions
// overlap.
const isOver = `(counted.began_at <= now() - interval '1 hour' or counted.began_at > now() + interval '1 minute')`;

// Also where nothing is written the row stays locked: whoever asks at the same time waits, and sees this
// count.
const countText = `insert into reveal_count as counted (actor_kind, actor_id, began_at, reveals) values ($1, $2, now(), 1)
  on conflict (actor_kind, actor_id) do update set
    began_at = case when ${isOver} then now() else counted.began_at end,
    reveals = case when ${isOver} then 1 else counted.reveals + 1 end,
    is_refused = counted.is_refused and not ${isOver}
  where ${isOver} or counted.reveals < $3
  returning 1`;

/**
 * Counts one more reveal; false, and nothing is counted, where there were as many as `cap` in the hour
 * already.
 */
export const countReveal = async (tx: Transaction, { kind, id }: Who, cap: number): Promise<boolean> =>
  (await tx.query({ name: 'count_reveal', text: countText }, [kind, id, cap])).length > 0;

const refusalText = `select is_refused as "isRecorded", greatest(1, ceil(extract(epoch from began_at + interval '1 hour' - now())))::int as seconds
  from reveal_count where actor_kind = $1 and actor_id = $2`;

/** Whether a refusal within this hour was recorded, and in how many seconds the hour ends. */
export const readRefusal = async (
  tx: Transaction,
  { kind, id }: Who,
): Promise<{ isRecorded: boolean; seconds: number }> =>
  (await tx.query<{ isRecorded: boolean; seconds: number }>(refusalText, [kind, id]))[0] ?? {
    isRecorded: false,
    seconds: 1,
  };

export const rememberRefusal = async (tx: Transaction, { kind, id }: Who): Promise<void> => {
  await tx.query('update reveal_count set is_refused = true where actor_kind = $1 and actor_id = $2', [
    kind,
    id,
  ]);
};

/** Housekeeping: what no longer counts. */
export const purgeRevealCounts = async (tx: Transaction): Promise<void> => {
  await tx.query(`delete from reveal_count counted where ${isOver}`);
};
