import type { Database } from '#server/platform/db/database.ts';
import type { Log } from '#server/log.ts';
import { cancelRestored, isElsewhere } from './rows/job-store.ts';

/** A dump that is loaded brings jobs along that were going on when it was made: they do not go on. */
export const cancelLoadedJobs = async ({
  database,
  log,
}: {
  database: Database;
  log: Log;
}): Promise<void> => {
  const cancelled = await database.transaction(async (tx) =>
    (await isElsewhere(tx)) ? cancelRestored(tx) : 0,
  );
  if (cancelled > 0) log.warn({}, `${cancelled} bulk jobs that came with a dump were cancelled`);
};
