import { useSyncExternalStore } from 'react';

const MINUTE_MS = 60_000;
/** The present minute's begin, or the last of `turns` since then. */
const nowOf = (turns: readonly number[]): number => {
  const now = Date.now();
  return Math.max(now - (now % MINUTE_MS), ...turns.filter((turn) => turn <= now));
};

/** When that changes next. */
const nextOf = (turns: readonly number[]): number => {
  const now = Date.now();
  return Math.min(now - (now % MINUTE_MS) + MINUTE_MS, ...turns.filter((turn) => turn > now));
};

/**
 * The present time in milliseconds since the epoch, as of the minute, kept true. What depends on `turns`, moments within
 * a minute, changes at them and not with the minute after.
 */
export const useNow = (...turns: number[]): number =>
  useSyncExternalStore(
    (notify) => {
      // The minute turns for every clock on the page at once, and when it does outside.
      const begin = () => setTimeout(turn, nextOf(turns) - Date.now());
      const turn = () => {
        timer = begin();
        notify();
      };
      let timer = begin();
      return () => clearTimeout(timer);
    },
    () => nowOf(turns),
  );
