import { DatabaseUnavailable, type Database } from './db/database.ts';
import type { KeyEndWarning } from './features/api-keys/warn-of-ends.ts';
import { purgeRevealCounts } from './features/credentials/reveal-cap-store.ts';
import { purgeDeletedPhoneNumbers } from './features/phone-numbers/store.ts';
import { purgeEndedSessions } from './features/sessions/open-session.ts';
import { forgetOldAnswers } from './idempotency/answer-once.ts';
import type { Log } from './log.ts';

const EVERY_MS = 60_000;

interface Housekeeping {
  database: Database;
  log: Log;
  warnOfKeyEnds: KeyEndWarning;
  onRun?: ((succeeded: boolean) => void) | undefined;
}

/**
 * What nobody asks for but must happen: deletions become final, old retries and ended sessions are forgotten, and keys
 * that end soon are told of. Returns the way to stop.
 */
export const startHousekeeping = ({ database, log, warnOfKeyEnds, onRun }: Housekeeping): (() => void) => {
  const clean = async () => {
    try {
      await database.transaction(async (tx) => {
        await purgeDeletedPhoneNumbers(tx);
        await forgetOldAnswers(tx);
        await purgeEndedSessions(tx);
        await purgeRevealCounts(tx);
      });
      await warnOfKeyEnds(new Date());
      onRun?.(true);
    } catch (error) {
      onRun?.(false);
      if (!(error instanceof DatabaseUnavailable)) log.error({ err: error }, 'housekeeping failed');
    }
  };
  const timer = setInterval(() => void clean(), EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
};
