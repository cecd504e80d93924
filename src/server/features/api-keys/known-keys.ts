import { createHash } from 'node:crypto';
import { API_KEY_PREFIX } from '#contract/api-keys.ts';
import type { ChangeFeed } from '#server/changes/change-feed.ts';
import { createMemory } from '#server/changes/remember.ts';
import type { Database } from '#server/db/database.ts';
import type { Actor } from '#server/request-context.ts';
import { findApiKey, touchApiKey, type ApiKeyRow } from './store.ts';

/**
 * The promise: a key opens nothing once it is revoked or past its time. It is remembered for seconds to spare the
 * database, forgotten when it changes, and its time is looked at on every request. Only its SHA-256 is stored: a key is
 * 256 random bits, so there is nothing to guess from it.
 */
const REMEMBER_MS = 5000;
const TOUCH_EVERY_MS = 60_000;
const KEY = new RegExp(`^${API_KEY_PREFIX}[A-Za-z0-9_-]{43}$`);

export const hashKey = (key: string): Buffer => createHash('sha256').update(key).digest();

export const createKnownKeys = ({ database, changes }: { database: Database; changes: Pick<ChangeFeed, 'follow'> }) => {
  const memory = createMemory<ApiKeyRow>(REMEMBER_MS);
  const lastTouched = new Map<string, number>();

  const forgetKey = (id: string) => memory.forget((key) => key.id === id);
  changes.follow((change) => {
    if (change === 'gap') memory.forget(() => true);
    else if (change.subject === 'api_key') forgetKey(change.id);
  });

  const touch = (id: string, now: number) => {
    if (now - (lastTouched.get(id) ?? 0) < TOUCH_EVERY_MS) return;
    lastTouched.set(id, now);
    // Not waited for: a request is neither slowed nor failed by this.
    touchApiKey(database, id, new Date(now)).catch(() => lastTouched.delete(id));
  };

  return {
    forgetKey,

    /** Who holds this key; null where it is none of ours, revoked or past its time. */
    async findActor(key: string): Promise<Actor | null> {
      if (!KEY.test(key)) return null;
      const known = await memory.recall(key, () => findApiKey(database, hashKey(key)));
      const now = Date.now();
      if (known === null || known.revoked_at !== null || (known.expires_at !== null && known.expires_at.getTime() <= now)) return null;
      touch(known.id, now);
      return { kind: 'api_key', id: known.id, name: known.name, scopes: known.scopes, expiresAt: known.expires_at };
    },
  };
};
