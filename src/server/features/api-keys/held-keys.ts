import { changedIds } from '#contract/changes.ts';
import type { ChangeFeed } from '#server/platform/changes/change-feed.ts';
import type { MemoryFirst } from '#server/platform/changes/memory-first.ts';
import {
  DatabaseUnavailable,
  instantNow,
  type Database,
  type Instant,
  type Queryable,
} from '#server/platform/db/database.ts';
import type { Log } from '#server/log.ts';
import { findApiKey, selectRouteKeys, type ApiKeyRow } from './store.ts';

/*
 * The promise: every live key that may ask who answers a call is in memory, by its hash, so that calls are
 * answered while the database is away. A key of which a change is heard is forgotten at once, and whatever
 * was asked for before counts for nothing.
 */

export type HeldKey = Pick<ApiKeyRow, 'id' | 'name' | 'scopes' | 'expires_at' | 'revoked_at' | 'created_by'>;

interface Dependencies {
  database: Database;
  changes: Pick<ChangeFeed, 'follow' | 'followAlive'>;
  memoryFirst: MemoryFirst;
  log: Log;
}

const READ_WITHIN_MS = 5000;

export const createHeldKeys = ({ database, changes, memoryFirst, log }: Dependencies) => {
  let keys = new Map<string, HeldKey>();
  let confirmed: Instant | null = null;
  let [isRead, isReading, isCutOff] = [false, false, false];
  /** Grows with everything heard; what was read at another is behind. */
  let [revision, readRevision] = [0, -1];

  const read = async (): Promise<void> => {
    if (isReading) return;
    isReading = true;
    try {
      for (let asked = -1; asked !== revision;) {
        asked = revision;
        const askedAt = instantNow();
        const rows = await selectRouteKeys(database.within(READ_WITHIN_MS));
        if (asked !== revision) continue;
        keys = new Map(rows.map((row) => [row.key_hash.toString('base64'), row]));
        readRevision = asked;
        isRead = true;
        // What was read is as fresh as the question.
        confirmed = confirmed !== null && confirmed.steady > askedAt.steady ? confirmed : askedAt;
      }
    } catch (error) {
      if (!(error instanceof DatabaseUnavailable)) log.error({ err: error }, 'API keys could not be read');
    }
    isReading = false;
  };

  const forgetKeys = (ids: readonly string[]) => {
    revision += 1;
    for (const [hash, key] of keys) if (ids.includes(key.id)) keys.delete(hash);
    void read();
  };

  const stopFollowing = changes.follow((change) => {
    if (change !== 'gap' && change.subject !== 'api_key') return;
    if (change !== 'gap') return forgetKeys(changedIds(change));
    isCutOff = false;
    isRead = false;
    revision += 1;
    void read();
  });
  const stopFollowingAlive = changes.followAlive((since) => {
    isCutOff = since === null;
    if (since === null) return;
    if (isRead) confirmed = since;
    if (readRevision !== revision) void read();
  });
  void read();

  /** Whose key the database says it is. What it says is held, or held no longer. */
  const ask = async (from: Queryable, hash: string): Promise<HeldKey | null> => {
    const asked = revision;
    const key = await findApiKey(from, Buffer.from(hash, 'base64'));
    if (asked !== revision) return key;
    if (key?.revoked_at === null && key.scopes.includes('calls:route')) keys.set(hash, key);
    else keys.delete(hash);
    return key;
  };

  return {
    forgetKey: (id: string) => forgetKeys([id]),
    ask,

    /**
     * From memory while that is proved fresh, else from the database, by `deadline` (of `performance.now()`);
     * where that cannot be asked, from memory again. Throws DatabaseUnavailable where the key is not held,
     * MemoryStale where memory is too old.
     */
    findKey: (hash: string, deadline: number): HeldKey | null | Promise<HeldKey | null> =>
      memoryFirst<HeldKey | null>(
        { isWhole: isRead && !isCutOff, confirmed, find: () => keys.get(hash) },
        deadline,
        (from) => ask(from, hash),
      ),

    close() {
      stopFollowing();
      stopFollowingAlive();
    },
  };
};

export type HeldKeys = ReturnType<typeof createHeldKeys>;
