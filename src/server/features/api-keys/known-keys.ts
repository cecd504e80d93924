import { hash } from 'node:crypto';
import { API_KEY_PREFIX } from '#contract/api-keys.ts';
import { changedIds } from '#contract/changes.ts';
import type { ChangeFeed } from '#server/platform/changes/change-feed.ts';
import { createMemory } from '#server/platform/changes/remember.ts';
import type { Database } from '#server/platform/db/database.ts';
import type { Actor, AuthenticateOptions } from '#server/request-context.ts';
import type { HeldKey, HeldKeys } from './held-keys.ts';
import { touchApiKey } from './store.ts';

/*
 * The promise: a key opens nothing once it is revoked or past its time. Asking who answers a call, it is held
 * as long as it lives (held-keys.ts); for anything else it is remembered for seconds to spare the database;
 * both are forgotten when they change, and their time is looked at on every request. While a key can neither
 * be found nor asked for, that is said, and never that it is none of ours. Only its SHA-256 is stored: a key
 * is 256 random bits, so there is nothing to guess from it.
 */

const REMEMBER_MS = 5000;
const TOUCH_EVERY_MS = 60_000;
const TOUCH_WITHIN_MS = 2000;
const KEY = new RegExp(`^${API_KEY_PREFIX}[A-Za-z0-9_-]{43}$`);

export const hashKey = (key: string): Buffer => hash('sha256', key, 'buffer');

interface Dependencies {
  database: Database;
  changes: Pick<ChangeFeed, 'follow'>;
  heldKeys: HeldKeys;
}

export const createKnownKeys = ({ database, changes, heldKeys }: Dependencies) => {
  const memory = createMemory<HeldKey>(REMEMBER_MS);
  const lastTouched = new Map<string, number>();

  const forgetKey = (id: string) => {
    memory.forget((key) => key.id === id);
    heldKeys.forgetKey(id);
  };
  changes.follow((change) => {
    if (change === 'gap') memory.forget(() => true);
    else if (change.subject === 'api_key') memory.forget((key) => changedIds(change).includes(key.id));
  });

  const touch = (id: string, now: number) => {
    if (now - (lastTouched.get(id) ?? 0) < TOUCH_EVERY_MS) return;
    lastTouched.set(id, now);
    // Not waited for: a request is neither slowed nor failed by this, and what did not succeed is tried in a
    // minute.
    touchApiKey(database.within(TOUCH_WITHIN_MS), id, new Date(now)).catch(() => {});
  };

  return {
    forgetKey,

    /**
     * Who holds this key; null where it is none of ours, revoked or past its time.
     */
    async findActor(key: string, { deadline }: AuthenticateOptions = {}): Promise<Actor | null> {
      if (!KEY.test(key)) return null;
      const keyHash = hash('sha256', key, 'base64');
      // Only a call that rings may go by what was true a while ago: nothing else is worth a revoked key.
      const known = await (deadline === undefined
        ? memory.recall(keyHash, () => heldKeys.ask(database, keyHash))
        : heldKeys.findKey(keyHash, deadline));
      const now = Date.now();
      if (
        known === null ||
        known.revoked_at !== null ||
        (known.expires_at !== null && known.expires_at.getTime() <= now)
      )
        return null;
      touch(known.id, now);
      return {
        kind: 'api_key',
        id: known.id,
        name: known.name,
        scopes: known.scopes,
        expiresAt: known.expires_at,
        isOfCommandLine: known.created_by === null,
      };
    },
  };
};

export type KnownKeys = ReturnType<typeof createKnownKeys>;
