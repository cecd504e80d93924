import { useSyncExternalStore } from 'react';

/*
 * Where the console is, as wouter's location hook. It differs from wouter's own in one thing: a move may be
 * held back (see leave-guard.ts), and until it is let through no component sees the new address, not even on
 * Back.
 */

export interface Move {
  to: string;
  /** Makes the move after all. */
  proceed: () => void;
}

interface GoOptions {
  replace?: boolean;
  state?: unknown;
}

interface Place {
  path: string;
  search: string;
  /** Position in the tab's history, so that a Back that was held can be undone by as many steps. */
  index: number;
}

const indexOf = (state: unknown) =>
  typeof state === 'object' && state !== null && 'index' in state && typeof state.index === 'number'
    ? state.index
    : 0;

const readPlace = (): Place => ({
  path: location.pathname,
  search: location.search,
  index: indexOf(history.state),
});

let place: Place = typeof location === 'undefined' ? { path: '/', search: '', index: 0 } : readPlace();
let hold: (move: Move) => boolean = () => false;
let isUndoingBack = false;
let isLetThrough = false;
let isGoingBack = false;
/** How far the browser went last: back where it is negative. */
export let stepsGone = 0;
const waiting: (() => void)[] = [];
const subscribers = new Set<() => void>();

const arrive = () => {
  place = readPlace();
  for (const notify of subscribers) notify();
};

/** Installs the one who may hold moves that change the path. It answers whether it holds this one. */
export const holdMovesWith = (holder: (move: Move) => boolean) => {
  hold = holder;
};

const pathOf = (to: string) => new URL(to, location.href).pathname;

const move = (to: string, { replace = false, state = null }: GoOptions) => {
  const index = replace ? place.index : place.index + 1;
  const kept = typeof state === 'object' ? state : { value: state };
  history[replace ? 'replaceState' : 'pushState']({ ...kept, index }, '', to);
  arrive();
};

/** The browser goes back in its own time: what would go elsewhere meanwhile goes from where that ends. */
export const onceThere = (act: () => void) => void (isGoingBack ? waiting.push(act) : act());

export const goTo = (to: string, options: GoOptions = {}) =>
  onceThere(() => {
    const proceed = () => move(to, options);
    if (pathOf(to) === place.path || !hold({ to, proceed })) proceed();
  });

/** One way back at a time: what closes together, as a sheet and the dialog over it, goes back once. */
export const goBack = (steps = 1) => {
  if (isGoingBack) return;
  isGoingBack = true;
  history.go(-steps);
};

const onPopState = (event: PopStateEvent) => {
  isGoingBack = false;
  const then = waiting.splice(0);
  if (isUndoingBack) {
    isUndoingBack = false;
    event.stopImmediatePropagation();
    return;
  }
  const steps = indexOf(history.state) - place.index;
  stepsGone = steps;
  const to = location.pathname + location.search;
  const proceed = () => {
    isLetThrough = true;
    history.go(steps);
  };
  if (!isLetThrough && steps !== 0 && location.pathname !== place.path && hold({ to, proceed })) {
    event.stopImmediatePropagation();
    isUndoingBack = true;
    history.go(-steps);
    return;
  }
  isLetThrough = false;
  arrive();
  for (const act of then) act();
};

if (typeof window !== 'undefined') window.addEventListener('popstate', onPopState, true);

const subscribe = (notify: () => void) => {
  subscribers.add(notify);
  return () => void subscribers.delete(notify);
};

/** Path and query of the page shown. */
export const here = () => place.path + place.search;

/**
 * The query of the page shown, as it stands in the address. Wouter's own hook decodes it once, and whoever
 * reads its parameters decodes them again: `100%41` would be read as `100A`.
 */
export const useConsoleSearch = () => useSyncExternalStore(subscribe, () => place.search);

/** For wouter's `<Router hook>`. */
export const useConsoleLocation = (): [string, (to: string, options?: GoOptions) => void] => [
  useSyncExternalStore(subscribe, () => place.path),
  goTo,
];
useConsoleLocation.searchHook = useConsoleSearch;
