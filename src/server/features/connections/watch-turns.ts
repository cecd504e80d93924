import { announceChange } from '#server/platform/changes/announce.ts';
import type { Database } from '#server/platform/db/database.ts';
import {
  claimWatch,
  endWatch,
  extendWatch,
  releaseAllWatches,
  releaseWatch,
  selectClock,
  type WatchTurn,
} from './watch-turns-store.ts';

export type { WatchTurn } from './watch-turns-store.ts';

export interface WatchEnd {
  /** The list was read to its end. */
  isWhole: boolean;
  /** So long the platform wants not to be asked. */
  restMs: number;
}

/** Which server reads all numbers of an account, and when. */
export interface WatchTurns {
  claim(seconds: number): Promise<WatchTurn | undefined>;
  extend(turn: WatchTurn, seconds: number): Promise<string | null>;
  end(turn: WatchTurn, how: WatchEnd): Promise<void>;
  release(turn: WatchTurn, afterMs: number): Promise<void>;
  /** What servers before this one held, where the database is opened by one at a time. */
  takeOver(): Promise<void>;
  /** By the clock of the database; null where it is not open any more as it was at this version. */
  now(opened: { id: string; version: number }): Promise<string | null>;
}

export const createWatchTurns = (database: Database): WatchTurns => ({
  claim: (seconds) => claimWatch(database, seconds),
  extend: (turn, seconds) => extendWatch(database, turn, seconds),
  end: (turn, how) =>
    database.transaction(async (tx) => {
      const version = await endWatch(tx, turn, how);
      if (version === null) return;
      await announceChange(tx, { subject: 'connection', id: turn.connection_id, change: 'updated', version });
    }),
  release: (turn, afterMs) => releaseWatch(database, turn, afterMs),
  takeOver: () => (database.isOneSession ? releaseAllWatches(database) : Promise.resolve()),
  now: (opened) => selectClock(database, opened),
});
