import type { Database, Transaction } from '#server/platform/db/database.ts';
import type { Log } from '#server/log.ts';
import { cancelRestored, isElsewhere } from './rows/job-store.ts';

/** A copy of a database brings jobs along that were going on when it was made: they do not go on. */
export const cancelLoadedJobs = async ({
  database,
  log,
  isRestored = false,
  onLoaded,
}: {
  database: Database;
  log: Log;
  /** Whoever starts says so: a copy of files brings its tables along as they were. */
  isRestored?: boolean;
  /** What else must not go on by itself. */
  onLoaded?: (tx: Transaction) => Promise<unknown>;
}): Promise<void> => {
  const cancelled = await database.transaction(async (tx) => {
    if (!(await isElsewhere(tx)) && !isRestored) return 0;
    await onLoaded?.(tx);
    return cancelRestored(tx);
  });
  if (cancelled > 0) log.warn({}, `${cancelled} bulk jobs that came with a dump were cancelled`);
};
