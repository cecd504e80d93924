import { changeSchema, type Change } from '#contract/changes.ts';
import type { Database, Instant } from '#server/platform/db/database.ts';
import { CHANGE_CHANNEL } from './announce.ts';

type Listener = (change: Change | 'gap') => void;

/** What commits anywhere on this database, told to everyone who follows in this process. */
export interface ChangeFeed {
  /** `gap` means that changes may have been missed: forget what was remembered. Returns the way to stop. */
  follow(listener: Listener): () => void;
  /**
   * Told every second: of whatever committed before this instant, the listeners have been told. Null: the
   * stream broke, and whatever commits is not heard of until `gap` was told.
   */
  followAlive(listener: (since: Instant | null) => void): () => void;
}

/**
 * What another version of Cordboard announces and this one does not know, may be anything: all that is
 * remembered goes.
 */
const read = (payload: string): Change | 'gap' => {
  try {
    return changeSchema.parse(JSON.parse(payload));
  } catch {
    return 'gap';
  }
};

export const openChangeFeed = async (database: Database): Promise<ChangeFeed> => {
  const listeners = new Set<Listener>();
  const alive = new Set<(since: Instant | null) => void>();
  const tell = (change: Change | 'gap') => {
    for (const listener of listeners) listener(change);
  };
  await database.listen(
    CHANGE_CHANNEL,
    (payload) => tell(read(payload)),
    () => tell('gap'),
    (since) => {
      for (const listener of alive) listener(since);
    },
  );
  return {
    follow(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    followAlive(listener) {
      alive.add(listener);
      return () => alive.delete(listener);
    },
  };
};
