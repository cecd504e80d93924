import { useEffect, useSyncExternalStore } from 'react';
import type { HeldRows, Places } from './held-rows.ts';

/*
 * What was changed here stays where it is in the list until another list is asked for, although by its order
 * or filters it belongs elsewhere by now: nothing slides away under the hand. All but what is held comes with
 * the first change, from note-own-change.ts.
 */

let held: HeldRows | null = null;
const subscribers = new Set<() => void>();
const subscribe = (notify: () => void) => {
  subscribers.add(notify);
  return () => void subscribers.delete(notify);
};

/** The list on the screen: which it is, and where it has its rows. */
export const inSight: { current: { listId: string; places: Places } | null } = { current: null };

export const setHeld = (change: (rows: HeldRows | null) => HeldRows | null): void => {
  held = change(held);
  for (const notify of subscribers) notify();
};

/** Null where nothing is held in this list. */
export const useHeldRows = (listId: string, places: Places): HeldRows | null => {
  const rows = useSyncExternalStore(subscribe, () => held);
  useEffect(() => {
    inSight.current = { listId, places };
  }, [listId, places]);
  useEffect(() => () => setHeld(() => null), [listId]);
  return rows?.listId === listId ? rows : null;
};
