import { changeSchema, type Change } from '#contract/changes.ts';
import type { Database } from '#server/db/database.ts';
import { CHANGE_CHANNEL } from './announce.ts';

type Listener = (change: Change | 'gap') => void;

/** What commits anywhere on this database, told to everyone who follows in this process. */
export interface ChangeFeed {
  /** `gap` means that changes may have been missed: forget what was remembered. Returns the way to stop. */
  follow(listener: Listener): () => void;
}

export const openChangeFeed = async (database: Database): Promise<ChangeFeed> => {
  const listeners = new Set<Listener>();
  const tell = (change: Change | 'gap') => {
    for (const listener of listeners) listener(change);
  };
  await database.listen(
    CHANGE_CHANNEL,
    (payload) => tell(changeSchema.parse(JSON.parse(payload))),
    () => tell('gap'),
  );
  return {
    follow(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
