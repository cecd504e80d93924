import type { AgentsService } from '#server/features/agents/service.ts';
import type { Opening } from '#server/features/connections/open-connection.ts';
import type { WatchTurn, WatchTurns } from '#server/features/connections/watch-turns.ts';
import { createSecretsToSend } from '#server/features/credentials/secrets-to-send.ts';
import { createReadMarked } from '#server/features/links/compare/mine.ts';
import type { PhoneNumbersService } from '#server/features/phone-numbers/service.ts';
import type { Log } from '#server/log.ts';
import { DatabaseUnavailable, type Database } from '#server/platform/db/database.ts';
import type { Keyring } from '#server/platform/secrets/keyring.ts';
import { createSlowPace, type SlowPace } from './slow-pace.ts';
import { createTakeTurn, LEASE_SECONDS } from './take-turn.ts';
import { createWalkAccount } from './walk-account.ts';

/*
 * Reads what others change on platforms. The promise: of one account one server at a time reads all numbers,
 * five minutes apart at least, with a fifth of the account's rate at most; and it only ever reads.
 */

export interface Watch {
  start(): void;
  /** Looks whose turn it is now. */
  wake(): void;
  /** Breaks off what is under way; it is taken up by whoever comes. */
  stop(): Promise<void>;
}

interface Dependencies {
  database: Database;
  keyring: Keyring;
  log: Log;
  phoneNumbers: Pick<PhoneNumbersService, 'findStoredByIds'>;
  agents: Pick<AgentsService, 'findUpstreamIds'>;
  connections: { opening: Opening; watchTurns: WatchTurns };
  /** Between two requests to an account; other than usual only for tests. */
  paceMs?: number | undefined;
}

const LOOK_EVERY_MS = 1000;
const PACE_MS = 1000;

export const createWatch = (dependencies: Dependencies): Watch => {
  const { keyring, log, agents, connections, paceMs = PACE_MS } = dependencies;
  const { opening, watchTurns: turns } = connections;
  const secretsToSend = createSecretsToSend(keyring);
  const readMarked = createReadMarked({ agents });
  const walkAccount = createWalkAccount({ ...dependencies, opening, turns, readMarked, secretsToSend });
  const stopping = new AbortController();
  const takeTurn = createTakeTurn({ turns, opening, walkAccount, log });
  // Kept between the turns: who asks again and again is not served faster.
  const paces = new Map<string, SlowPace>();
  const underWay = new Set<Promise<void>>();
  let looking: Promise<void> | undefined;
  let isAskedAgain = false;
  let timer: NodeJS.Timeout | undefined;

  const begin = (turn: WatchTurn): void => {
    const pace = paces.get(turn.connection_id) ?? createSlowPace(paceMs);
    paces.set(turn.connection_id, pace);
    const taking = takeTurn(turn, pace, stopping.signal).finally(() => {
      underWay.delete(taking);
      wake();
    });
    underWay.add(taking);
  };

  const look = async (): Promise<void> => {
    try {
      do {
        isAskedAgain = false;
        for (let turn = await turns.claim(LEASE_SECONDS); turn; turn = await turns.claim(LEASE_SECONDS)) {
          begin(turn);
          if (stopping.signal.aborted) return;
        }
      } while (isAskedAgain);
    } catch (error) {
      if (!(error instanceof DatabaseUnavailable)) log.error({ err: error }, 'no account could be watched');
    } finally {
      looking = undefined;
    }
  };

  const wake = () => {
    if (stopping.signal.aborted || timer === undefined) return;
    isAskedAgain = true;
    looking ??= look();
  };

  return {
    start() {
      timer = setInterval(wake, LOOK_EVERY_MS);
      timer.unref();
      void turns.takeOver().then(wake, () => {});
    },
    wake,
    async stop() {
      stopping.abort();
      clearInterval(timer);
      await looking;
      await Promise.allSettled(underWay);
    },
  };
};
