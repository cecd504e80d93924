import { MemoryStale } from '#server/platform/changes/memory-first.ts';
import { DatabaseUnavailable, DiskFull, OutcomeUnknown } from '#server/platform/db/database.ts';
import type { Log } from '#server/log.ts';
import { Problem } from '#server/problem.ts';

const LOG_EVERY_MS = 60_000;
let loggedAt = -Infinity;

/** One line a minute, however many requests are refused for it. */
const logDiskFull = (log: Log, err: unknown) => {
  if (performance.now() - loggedAt < LOG_EVERY_MS) return;
  loggedAt = performance.now();
  log.error({ err }, 'the disk of the database is full: changes are refused until there is space again');
};

/**
 * The promise: who is told that nothing was changed can rely on it. Where a COMMIT was sent and its answer
 * lost, nobody here knows: that is said, and only a request that can be repeated without harm is asked to be.
 */
export const problemOfDatabase = (error: unknown, log: Log, isRepeatable: boolean): Problem | undefined => {
  if (error instanceof OutcomeUnknown)
    return isRepeatable
      ? new Problem(
          'outcome_unknown',
          'This may have been saved. Send it again with the same Idempotency-Key: it happens once.',
          {
            retry_after_seconds: 1,
          },
        )
      : new Problem(
          'outcome_unknown',
          'This may have been saved: the database went away before it answered. Look before you repeat it.',
        );
  if (error instanceof DiskFull) {
    logDiskFull(log, error);
    return new Problem(
      'disk_full',
      'Nothing was changed: the disk of the database is full. Make room on it, then try again.',
      {
        retry_after_seconds: 30,
      },
    );
  }
  if (error instanceof DatabaseUnavailable || error instanceof MemoryStale)
    return new Problem('database_unavailable', 'Nothing was changed. Try again in a moment.', {
      retry_after_seconds: 1,
    });
  return undefined;
};
