import { DatabaseUnavailable, type Database, type Transaction } from '#server/platform/db/database.ts';
import type { KeyEndWarning } from '#server/features/api-keys/warn-of-ends.ts';
import { OUTCOME_DAYS } from '#contract/bulk/jobs.ts';
import { eraseExpired, purgePlans } from '#server/features/bulk/rows/plan-store.ts';
import { purgeRevealCounts } from '#server/features/credentials/reveal-cap-store.ts';
import { purgeDeletedPhoneNumbers } from '#server/features/phone-numbers/acts/purge.ts';
import { sumLabelCounts } from '#server/features/phone-numbers/labels/labels-store.ts';
import { purgeAttempts } from '#server/features/sessions/attempts/store.ts';
import { purgeKnownDevices } from '#server/features/sessions/known-devices-store.ts';
import { purgeEndedSessions } from '#server/features/sessions/open-session.ts';
import type { SessionsService } from '#server/features/sessions/service.ts';
import { forgetOldAnswers } from '#server/platform/idempotency/answer-once.ts';
import type { Log } from './log.ts';

const EVERY_MS = 60_000;

// Each in a transaction of its own: none holds its rows while it waits for another's.
const purges = [
  forgetOldAnswers,
  purgeEndedSessions,
  purgeAttempts,
  purgeKnownDevices,
  purgeRevealCounts,
] as const;

/** A part at a time, each in a transaction of its own: others are answered in between. */
const inParts = async (database: Database, part: (tx: Transaction) => Promise<boolean>): Promise<void> => {
  for (let isMore = true; isMore;) isMore = await database.transaction(part);
};

interface Housekeeping {
  database: Database;
  sessions: Pick<SessionsService, 'recordUnrecorded'>;
  log: Log;
  warnOfKeyEnds: KeyEndWarning;
  onRun?: ((succeeded: boolean) => void) | undefined;
}

/**
 * What nobody asks for but must happen: deletions become final, old retries and ended sessions are forgotten,
 * and keys that end soon are told of. Returns the way to stop.
 */
export const startHousekeeping = ({
  database,
  sessions,
  log,
  warnOfKeyEnds,
  onRun,
}: Housekeeping): (() => void) => {
  // Credentials must not outlive their numbers, whatever else fails: that comes first.
  const steps: readonly (() => Promise<unknown>)[] = [
    () => inParts(database, purgeDeletedPhoneNumbers),
    ...purges.map((purge) => () => database.transaction(purge)),
    () => sessions.recordUnrecorded(),
    () => warnOfKeyEnds(new Date()),
    () => inParts(database, sumLabelCounts),
    () => inParts(database, eraseExpired),
    () => inParts(database, (tx) => purgePlans(tx, OUTCOME_DAYS)),
  ];
  const clean = async () => {
    let hasFailed = false;
    for (const step of steps)
      await step().catch((error: unknown) => {
        hasFailed = true;
        if (!(error instanceof DatabaseUnavailable)) log.error({ err: error }, 'housekeeping failed');
      });
    onRun?.(!hasFailed);
  };
  let isRunning = false;
  const timer = setInterval(() => {
    // A round after a great deletion may take longer than the time to the next.
    if (isRunning) return;
    isRunning = true;
    void clean().finally(() => (isRunning = false));
  }, EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
};
