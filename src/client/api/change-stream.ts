import type { Change } from '#contract/changes.ts';
import { expected, heard, left, lost } from './connection.ts';
import { queryClient } from './query-client.ts';
import { isAskedToSignIn } from './sign-in-again.ts';

type Listener = (change: Change) => void;
type GapListener = () => void;

const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 30_000;
// Browsers allow six HTTP/1.1 connections to one server, over all tabs: a tab long out of sight gives its one
// back.
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
/** Where this stream began among the changes, and where the first list was read. */
let began: string | undefined;
let listRead: string | undefined;
let hasSettled = false;
let retryMs = FIRST_RETRY_MS;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Hears of every change as it commits, by whomever it was made. Returns how to stop. */
export const onChange = (listener: Listener): (() => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** Called when changes may have been missed, as while the stream was away: refetch what is shown. */
export const onGap = (listener: GapListener): (() => void) => {
  gapListeners.add(listener);
  return () => void gapListeners.delete(listener);
};

/** The stream has been open: somebody who listened since then has missed nothing. */
export const hasFollowed = (): boolean => hasStarted;

/**
 * Called once, when the stream first opens: what was read before then may have changed in between. Returns
 * how to stop.
 */
export const onStart = (listener: GapListener): (() => void) => {
  startListeners.add(listener);
  return () => void startListeners.delete(listener);
};

const disconnect = () => {
  clearTimeout(timer);
  source?.close();
  source = null;
};

const leave = () => {
  disconnect();
  left();
};

// A connection that died without a word, as when a network changes, is never noticed by the browser.
const onSilence = () => {
  hasMissed = true;
  if (document.hidden) leave();
  else connect();
};
const hear = () => heard(onSilence);

const readNowAndThen = () => {
  timer = setTimeout(() => {
    for (const listener of gapListeners) listener();
    readNowAndThen();
  }, READ_ANEW_MS);
};

/**
 * This operator has more tabs open than the server serves streams, and this is the oldest. Connecting anew by
 * itself it would throw out the next one, and so on round: it waits until its reader turns to it.
 */
const giveWay = () => {
  leave();
  hasMissed = true;
  if (!document.hidden) readNowAndThen();
};

/** Positions are the server process and a count of what it has told. */
const isAtOrAfter = (position: string, other: string) => {
  const [[process, count], [otherProcess, otherCount]] = [position.split('-'), other.split('-')];
  return process === otherProcess && Number(count) >= Number(otherCount);
};

/**
 * A list that was read before the stream began misses what was told in between: the stream begins there, or
 * says that it cannot.
 */
const settleStart = () => {
  if (began === undefined || listRead === undefined || hasSettled) return;
  hasSettled = true;
  if (!isAtOrAfter(listRead, began)) connect(listRead);
};

const connect = (since?: string) => {
  disconnect();
  const opened = new EventSource(since === undefined ? '/v1/changes' : `/v1/changes?since=${since}`);
  source = opened;
  expected(onSilence);
  for (const event of ['open', 'message', 'position', 'gap', 'alive']) opened.addEventListener(event, hear);
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
  opened.addEventListener('position', ({ data }: MessageEvent<string>) => {
    began = data;
    settleStart();
  });
  // The server itself lost its line to the database: what committed meanwhile was told to nobody.
  opened.addEventListener('gap', () => {
    for (const listener of gapListeners) listener();
  });
  opened.addEventListener('replaced', giveWay);
  opened.addEventListener('error', () => {
    hasMissed = true;
    // A server that refuses is there.
    if (isAskedToSignIn()) left();
    else lost();
    // Still connecting: the browser tries again by itself. Closed: the server refused, maybe because the
    // session ended.
    if (opened.readyState !== EventSource.CLOSED) return;
    void queryClient.invalidateQueries({ queryKey: ['me'] });
    timer = setTimeout(() => connect(), retryMs);
    retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
  });
};

const onVisibility = () => {
  if (document.hidden) {
    clearTimeout(timer);
    timer = setTimeout(() => {
      leave();
      hasMissed = true;
    }, HIDDEN_GRACE_MS);
  } else if (source === null) connect();
  else if (source.readyState === EventSource.OPEN) clearTimeout(timer);
};

const onFocus = () => {
  if (source === null) connect();
};

/** Where the stream is not open, it is tried at once. */
export const connectNow = (): void => {
  if (isWanted && source?.readyState !== EventSource.OPEN) connect();
};

/**
 * Says where the first list was read among the changes, so that it need not be read again when the stream
 * opens.
 */
export const noteListRead = (position: string | null): void => {
  listRead ??= position ?? undefined;
  settleStart();
};

/** Opens the stream; call while someone is signed in. Returns how to close it. */
export const followChanges = (): (() => void) => {
  if (!isWanted) {
    isWanted = true;
    connect();
    document.addEventListener('visibilitychange', onVisibility);
    window.addEventListener('focus', onFocus);
    window.addEventListener('online', connectNow);
  }
  return () => {
    isWanted = false;
    [hasStarted, hasSettled] = [false, false];
    [began, listRead] = [undefined, undefined];
    leave();
    document.removeEventListener('visibilitychange', onVisibility);
    window.removeEventListener('focus', onFocus);
    window.removeEventListener('online', connectNow);
  };
};
