import type { Change } from '#contract/changes.ts';
import type { Transaction } from '#server/db/database.ts';

export const CHANGE_CHANNEL = 'cordboard_change';

/**
 * The promise: whoever follows the changes hears of this one when the transaction commits, and never when it does not
 * (NOTIFY is delivered at commit). Ids and a version only; no content, no secret.
 */
export const announceChange = async (tx: Transaction, change: Change): Promise<void> => {
  await tx.query({ name: 'announce_change', text: 'select pg_notify($1, $2)' }, [CHANGE_CHANNEL, JSON.stringify(change)]);
};
