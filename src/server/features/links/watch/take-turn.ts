import type { Opening } from '#server/features/connections/open-connection.ts';
import { UpstreamError } from '#server/features/connections/kinds/upstream/upstream-error.ts';
import type { WatchEnd, WatchTurn, WatchTurns } from '#server/features/connections/watch-turns.ts';
import { isRefusalOfAll } from '#server/features/links/push/after-failure.ts';
import type { Log } from '#server/log.ts';
import { DatabaseUnavailable } from '#server/platform/db/database.ts';
import type { SlowPace } from './slow-pace.ts';
import { AccountClosed, type WalkAccount } from './walk-account.ts';

interface Dependencies {
  turns: WatchTurns;
  opening: Opening;
  walkAccount: WalkAccount;
  log: Log;
}

/** Whoever holds a turn so long without a word is gone. */
export const LEASE_SECONDS = 10;
const EXTEND_EVERY_MS = 3000;
const AGAIN_MS = 5000;

/** One turn at one account, from its claim to its end. Never rejects. */
export const createTakeTurn = ({ turns, opening, walkAccount, log }: Dependencies) => {
  const walk = async (turn: WatchTurn, pace: SlowPace, signal: AbortSignal): Promise<WatchEnd> => {
    const opened = await opening.openConnection(turn.connection_id, signal);
    if ('closed' in opened) return { isWhole: false, restMs: 0 };
    try {
      await walkAccount(opened, turn.began_at, pace, signal);
      return { isWhole: true, restMs: 0 };
    } catch (error) {
      if (signal.aborted || !(error instanceof UpstreamError)) throw error;
      if (isRefusalOfAll(error)) await opening.noteRefusal(opened, error);
      return { isWhole: false, restMs: error.retryAfterMs ?? 0 };
    }
  };

  const afterFailure = async (turn: WatchTurn, error: unknown): Promise<void> => {
    if (error instanceof AccountClosed) return turns.release(turn, 0);
    if (error instanceof DatabaseUnavailable) return turns.release(turn, AGAIN_MS);
    log.error({ err: error }, 'the numbers of an account were not compared');
    return turns.end(turn, { isWhole: false, restMs: 0 });
  };

  return async (claimed: WatchTurn, pace: SlowPace, stopping: AbortSignal): Promise<void> => {
    const turn = { ...claimed };
    const lost = new AbortController();
    const signal = AbortSignal.any([stopping, lost.signal]);
    let extending: Promise<void> | undefined;
    const extend = async (): Promise<void> => {
      const lease = await turns.extend(turn, LEASE_SECONDS);
      if (lease === null) lost.abort();
      else turn.lease = lease;
    };
    const timer = setInterval(() => {
      extending ??= extend()
        // A database that is away says nothing of who holds it.
        .catch(() => {})
        .finally(() => (extending = undefined));
    }, EXTEND_EVERY_MS);
    timer.unref();
    const end = await walk(turn, pace, signal).then(
      (how) => () => turns.end(turn, how),
      (error: unknown) => () => (signal.aborted ? turns.release(turn, 0) : afterFailure(turn, error)),
    );
    clearInterval(timer);
    // By what the turn is held changes with each extension.
    await extending;
    await end().catch(() => {});
  };
};
