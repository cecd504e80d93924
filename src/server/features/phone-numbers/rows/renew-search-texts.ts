import { setTimeout as delay } from 'node:timers/promises';
import { DatabaseUnavailable, type Database } from '#server/platform/db/database.ts';
import type { Log } from '#server/log.ts';
import { hasOutdated, lockOutdated, renewSearchTexts, takeRenewal } from './search-text-store.ts';
import { searchTextOf } from './search-text.ts';

// A batch holds its rows while it lasts, and where there is one session everybody waits: some tens of
// milliseconds.
const batchOn = ({ isOneSession }: Database) => (isOneSession ? 250 : 500);
// A part of each second is left to others.
const PAUSE = 0.1;
const AGAIN_MS = 5000;

/**
 * The next texts: how many, and up to which id. `done` where none is outdated behind `after`, `busy` where
 * another server is at it.
 */
export const renewBatch = (
  database: Database,
  after: string,
  limit = batchOn(database),
): Promise<{ upTo: string; count: number } | 'done' | 'busy'> =>
  database.transaction(async (tx) => {
    if (!(await takeRenewal(tx))) return 'busy';
    const rows = await lockOutdated(tx, after, limit);
    const last = rows.at(-1);
    if (last === undefined) return 'done';
    await renewSearchTexts(
      tx,
      rows.map((row) => ({ id: row.id, search_text: searchTextOf(row) })),
    );
    return { upTo: last.id, count: rows.length };
  });

/**
 * Renews the search texts that an earlier version wrote, in small transactions beside everything else: the
 * texts themselves say which are renewed, so whoever starts next goes on where this ended. Until then the
 * older ones are found by what they say. Returns the way to stop.
 */
export const startRenewal = ({ database, log }: { database: Database; log: Log }): (() => void) => {
  const stopping = new AbortController();
  const { signal } = stopping;
  const pause = (ms: number) => delay(ms, undefined, { ref: false, signal });

  const renewAll = async () => {
    let count = 0;
    for (let after = ''; !signal.aborted;) {
      const startedAt = performance.now();
      const batch = await renewBatch(database, after);
      if (batch === 'done' && !(await hasOutdated(database))) break;
      if (typeof batch === 'object') count += batch.count;
      after = typeof batch === 'object' ? batch.upTo : '';
      await pause(batch === 'busy' ? AGAIN_MS : (performance.now() - startedAt) * PAUSE);
    }
    if (count > 0 && !signal.aborted) log.info({ count }, 'search texts are renewed');
  };

  const run = async () => {
    while (!signal.aborted) {
      try {
        return await renewAll();
      } catch (error) {
        if (signal.aborted) return;
        if (!(error instanceof DatabaseUnavailable))
          log.error({ err: error }, 'search texts could not be renewed');
        await pause(AGAIN_MS).catch(() => {});
      }
    }
  };
  void run();
  return () => stopping.abort();
};
