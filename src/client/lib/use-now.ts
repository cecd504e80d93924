import { useSyncExternalStore } from 'react';

const MINUTE_MS = 60_000;
const subscribe = (notify: () => void) => {
  // The minute turns for every clock on the page at once, and when it does outside.
  let timer = setTimeout(
    function turn() {
      timer = setTimeout(turn, MINUTE_MS - (Date.now() % MINUTE_MS));
      notify();
    },
    MINUTE_MS - (Date.now() % MINUTE_MS),
  );
  return () => clearTimeout(timer);
};

/** The present minute, kept true. */
export const useNow = (): number =>
  useSyncExternalStore(subscribe, () => Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS);
