import { newId } from '#server/lib/ids.ts';
import type { Log } from '#server/log.ts';
import { DatabaseUnavailable, type Database } from '#server/platform/db/database.ts';
import { LEASE_SECONDS, type Attempt } from './attempt-pending.ts';
import {
  claimPending,
  releaseAllPending,
  selectDueConnections,
  wakeQuietConnections,
} from '#server/features/links/rows/queue-store.ts';

/*
 * Sends what waits, on whichever server is there. The promise: of one number one server alone sends at a time,
 * in the order of its changes; what is taken in hand by a server that is killed is taken up by another.
 */

export interface PushWorker {
  start(): void;
  /** Looks for work now: what was queued has committed. */
  wake(): void;
  /** Breaks off what is under way; it is taken up by whoever comes. */
  stop(): Promise<void>;
}

const LOOK_EVERY_MS = 1000;
/** A platform that is away is tried so often, whoever waits for it. */
const QUIET_SECONDS = 8;
/** Of one account, so many numbers at once. */
const AT_ONCE = 2;

interface Dependencies {
  database: Database;
  log: Log;
  attempt: Attempt;
}

export const createPushWorker = ({ database, log, attempt }: Dependencies): PushWorker => {
  const stopping = new AbortController();
  const underWay = new Map<string, Set<Promise<void>>>();
  let isLooking = false;
  let isAskedAgain = false;
  let timer: NodeJS.Timeout | undefined;

  const tell = (error: unknown) => {
    if (!(error instanceof DatabaseUnavailable))
      log.error({ err: error }, 'what waits for a platform was not sent');
  };

  const fill = async (connectionId: string): Promise<void> => {
    const mine = underWay.get(connectionId) ?? new Set();
    underWay.set(connectionId, mine);
    while (mine.size < AT_ONCE && !stopping.signal.aborted) {
      // One for each claim: what was taken in hand before is not this one's to end.
      const holder = newId();
      const pending = await claimPending(database, connectionId, holder, LEASE_SECONDS);
      if (pending === undefined) return;
      const sending = attempt(pending, holder, stopping.signal)
        .catch(tell)
        .finally(() => {
          mine.delete(sending);
          wake();
        });
      mine.add(sending);
    }
  };

  const look = async (): Promise<void> => {
    isLooking = true;
    try {
      do {
        isAskedAgain = false;
        for (const id of await selectDueConnections(database)) await fill(id);
      } while (isAskedAgain && !stopping.signal.aborted);
    } catch (error) {
      tell(error);
    } finally {
      isLooking = false;
    }
  };

  const wake = () => {
    if (stopping.signal.aborted || timer === undefined) return;
    isAskedAgain = true;
    if (!isLooking) void look();
  };

  return {
    start() {
      timer = setInterval(() => {
        void wakeQuietConnections(database, QUIET_SECONDS).catch(tell).then(wake);
      }, LOOK_EVERY_MS);
      timer.unref();
      const begin = database.isOneSession ? releaseAllPending(database).catch(tell) : Promise.resolve();
      void begin.then(wake);
    },
    wake,
    async stop() {
      stopping.abort();
      clearInterval(timer);
      await Promise.allSettled([...underWay.values()].flatMap((each) => [...each]));
    },
  };
};
