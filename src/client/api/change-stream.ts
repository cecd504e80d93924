import type { Change } from '#contract/changes.ts';
import { queryClient } from './query-client.ts';

type Listener = (change: Change) => void;
type GapListener = () => void;

const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 30_000;
// Browsers allow six HTTP/1.1 connections to one server, over all tabs: a tab long out of sight gives its one back.
const HIDDEN_GRACE_MS = 60_000;
// How often a tab that had to give its stream to another one reads what it shows.
const READ_ANEW_MS = 30_000;

const listeners = new Set<Listener>();
const gapListeners = new Set<GapListener>();
const startListeners = new Set<GapListener>();

let source: EventSource | null = null;
let isWanted = false;
let hasMissed = false;
let hasStarted = false;
let retryMs = FIRST_RETRY_MS;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Hears of every change as it commits, by whomever it was made. Returns how to stop. */
export const onChange = (listener: Listener): (() => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/**
 * Called when the stream is back after changes may have been missed: refetch what is shown. With `atStart` also when it
 * first opens: what was read before then may have changed in between.
 */
export const onGap = (listener: GapListener, { atStart = false } = {}): (() => void) => {
  gapListeners.add(listener);
  if (atStart) startListeners.add(listener);
  return () => {
    gapListeners.delete(listener);
    startListeners.delete(listener);
  };
};

/** Called once, when the stream first opens: what was read before then may have changed in between. Returns how to stop. */
export const onStart = (listener: GapListener): (() => void) => {
  startListeners.add(listener);
  return () => void startListeners.delete(listener);
};

const disconnect = () => {
  clearTimeout(timer);
  source?.close();
  source = null;
};

const readNowAndThen = () => {
  timer = setTimeout(() => {
    for (const listener of gapListeners) listener();
    readNowAndThen();
  }, READ_ANEW_MS);
};

/**
 * This operator has more tabs open than the server serves streams, and this is the oldest. Connecting anew by itself it
 * would throw out the next one, and so on round: it waits until its reader turns to it.
 */
const giveWay = () => {
  disconnect();
  hasMissed = true;
  if (!document.hidden) readNowAndThen();
};

const connect = () => {
  disconnect();
  const opened = new EventSource('/v1/changes');
  source = opened;
  opened.addEventListener('open', () => {
    retryMs = FIRST_RETRY_MS;
    const missed = hasMissed ? gapListeners : hasStarted ? [] : startListeners;
    for (const listener of missed) listener();
    hasMissed = false;
    hasStarted = true;
  });
  opened.addEventListener('message', ({ data }: MessageEvent<string>) => {
    const change = JSON.parse(data) as Change;
    for (const listener of listeners) listener(change);
  });
  // The server itself lost its line to the database: what committed meanwhile was told to nobody.
  opened.addEventListener('gap', () => {
    for (const listener of gapListeners) listener();
  });
  opened.addEventListener('replaced', giveWay);
  opened.addEventListener('error', () => {
    hasMissed = true;
    // Still connecting: the browser tries again by itself. Closed: the server refused, maybe because the session ended.
    if (opened.readyState !== EventSource.CLOSED) return;
    void queryClient.invalidateQueries({ queryKey: ['me'] });
    timer = setTimeout(connect, retryMs);
    retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
  });
};

const onVisibility = () => {
  if (document.hidden) {
    clearTimeout(timer);
    timer = setTimeout(() => {
      disconnect();
      hasMissed = true;
    }, HIDDEN_GRACE_MS);
  } else if (source === null) connect();
  else if (source.readyState === EventSource.OPEN) clearTimeout(timer);
};

const onFocus = () => {
  if (source === null) connect();
};

const onOnline = () => {
  if (source?.readyState !== EventSource.OPEN) connect();
};

/** Opens the stream; call while someone is signed in. Returns how to close it. */
export const followChanges = (): (() => void) => {
  if (!isWanted) {
    isWanted = true;
    connect();
    document.addEventListener('visibilitychange', onVisibility);
    window.addEventListener('focus', onFocus);
    window.addEventListener('online', onOnline);
  }
  return () => {
    isWanted = false;
    hasStarted = false;
    disconnect();
    document.removeEventListener('visibilitychange', onVisibility);
    window.removeEventListener('focus', onFocus);
    window.removeEventListener('online', onOnline);
  };
};
