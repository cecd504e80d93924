import type { Database } from '#server/platform/db/database.ts';
import type { Log } from '#server/log.ts';
import { listKeysNearTheirEnd } from './service.ts';

const DAY_MS = 86_400_000;

export type KeyEndWarning = (now: Date) => Promise<void>;

/** Logs each API key that ends soon: at the start, and then once a day as long as it lives. */
export const createKeyEndWarning = ({ database, log }: { database: Database; log: Log }): KeyEndWarning => {
  let warnedAt = new Map<string, number>();
  return async (now) => {
    const ending = await listKeysNearTheirEnd(database, now);
    const before = warnedAt;
    // Of keys that are gone nothing is remembered.
    warnedAt = new Map();
    for (const { api_key_id, expires_at } of ending) {
      const last = before.get(api_key_id);
      const isDue = last === undefined || now.getTime() - last >= DAY_MS;
      warnedAt.set(api_key_id, isDue ? now.getTime() : last);
      const days = Math.floor((Date.parse(expires_at ?? '') - now.getTime()) / DAY_MS);
      if (isDue)
        log.warn({ api_key: api_key_id, days }, 'an API key ends soon: make a new one, then revoke it');
    }
  };
};
