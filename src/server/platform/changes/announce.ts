import { MAX_CHANGED_IDS, type Change } from '#contract/changes.ts';
import type { Transaction } from '#server/platform/db/database.ts';
import { forRows } from '#server/platform/db/for-sets.ts';

export const CHANGE_CHANNEL = 'cordboard_change';

const notify = forRows(
  'announce_changes',
  { change: 'text' },
  ({ rows }) => `select pg_notify('${CHANGE_CHANNEL}', change) from ${rows}`,
);

/**
 * The promise: whoever follows the changes hears of them when the transaction commits, and never when it does
 * not (NOTIFY is delivered at commit). Ids and a version only; no content, no secret.
 */
const announce = async (tx: Transaction, changes: readonly Change[]): Promise<void> => {
  await notify(
    tx,
    changes.map((change) => ({ change: JSON.stringify(change) })),
  );
};

export const announceChange = (tx: Transaction, change: Change): Promise<void> => announce(tx, [change]);

// A notification has room for 8,000 bytes; around each id stand two quotes and a comma.
const MAX_BYTES = 7500;
const bytesOf = (id: string) => id.length + 3;

const inParts = (ids: readonly string[]): string[][] => {
  const parts: string[][] = [];
  let bytes = Infinity;
  for (const id of ids) {
    const part = parts.at(-1);
    bytes += bytesOf(id);
    if (part !== undefined && bytes <= MAX_BYTES && part.length < MAX_CHANGED_IDS) part.push(id);
    else {
      parts.push([id]);
      bytes = bytesOf(id);
    }
  }
  return parts;
};

/** The same happened to each of these. One is announced with its version, many by their ids alone. */
export const announceChanges = async (
  tx: Transaction,
  kind: Pick<Change, 'subject' | 'change'>,
  changed: readonly { id: string; version: number }[],
): Promise<void> => {
  const [first] = changed;
  if (first === undefined) return;
  if (changed.length === 1) await announce(tx, [{ ...kind, id: first.id, version: first.version }]);
  else
    await announce(
      tx,
      inParts(changed.map(({ id }) => id)).map((ids) => ({ ...kind, ids })),
    );
};
