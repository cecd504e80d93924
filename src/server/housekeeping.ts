import { DatabaseUnavailable, type Database } from './db/database.ts';
import { purgeRevealCounts } from './features/credentials/reveal-cap-store.ts';
import { purgeDeletedPhoneNumbers } from './features/phone-numbers/store.ts';
import { purgeEndedSessions } from './features/sessions/open-session.ts';
import { forgetOldAnswers } from './idempotency/answer-once.ts';
import type { Log } from './log.ts';

const EVERY_MS = 60_000;

/** What nobody asks for but must happen: deletions become final, old retries and ended sessions are forgotten. Returns the way to stop. */
export const startHousekeeping = ({ database, log }: { database: Database; log: Log }): (() => void) => {
  const clean = async () => {
    try {
      await database.transaction(async (tx) => {
        await purgeDeletedPhoneNumbers(tx);
        await forgetOldAnswers(tx);
        await purgeEndedSessions(tx);
        await purgeRevealCounts(tx);
      });
    } catch (error) {
      if (!(error instanceof DatabaseUnavailable)) log.error({ err: error }, 'housekeeping failed');
    }
  };
  const timer = setInterval(() => void clean(), EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
};
