import { useSyncExternalStore } from 'react';

/*
 * Whether the server is heard, by the stream of changes: it says every five seconds that it is there. The
 * browser's own idea of being online says nothing of the server.
 */

// Shorter breaks are mended before anybody would read of them.
const REFUSED_FOR_MS = 3000;
const SILENT_FOR_MS = 12_000;

let goneSince: Date | null = null;
/** A break that is not yet worth a word. */
let isBroken = false;
let wordTimer: ReturnType<typeof setTimeout> | undefined;
let silenceTimer: ReturnType<typeof setTimeout> | undefined;
const subscribers = new Set<() => void>();

const say = (since: Date | null) => {
  isBroken = false;
  if (since === goneSince) return;
  goneSince = since;
  document.documentElement.toggleAttribute('data-gone', since !== null);
  for (const notify of subscribers) notify();
};

/** Something is to come from the server; `onSilence` is called once nothing comes for too long. */
export const expected = (onSilence: () => void): void => {
  const at = new Date();
  clearTimeout(silenceTimer);
  silenceTimer = setTimeout(() => {
    clearTimeout(wordTimer);
    say(goneSince ?? at);
    onSilence();
  }, SILENT_FOR_MS);
};

/** Something came from the server, and more is to come. */
export const heard = (onSilence: () => void): void => {
  clearTimeout(wordTimer);
  say(null);
  expected(onSilence);
};

/** The connection broke, or was refused; until something is heard it counts as gone from here on. */
export const lost = (): void => {
  // The browser tries again, and fails again: it broke the first time.
  if (goneSince !== null || isBroken) return;
  isBroken = true;
  const at = new Date();
  wordTimer = setTimeout(() => say(at), REFUSED_FOR_MS);
};

/** Nothing is listened to, on purpose: no silence means anything. */
export const left = (): void => {
  clearTimeout(wordTimer);
  clearTimeout(silenceTimer);
  say(null);
};

const subscribe = (notify: () => void) => {
  subscribers.add(notify);
  return () => void subscribers.delete(notify);
};

/** Since when the server is not heard; null while it is. */
export const useGoneSince = (): Date | null => useSyncExternalStore(subscribe, () => goneSince);
