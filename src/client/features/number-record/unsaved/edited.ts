import { useSyncExternalStore } from 'react';

/*
 * Which number is being edited: whatever others do to it, its form stays. Kept beside React, so that the first
 * key typed into a field does not draw the sheet anew.
 */

let edited: string | null = null;
const subscribers = new Set<() => void>();
const subscribe = (notify: () => void) => {
  subscribers.add(notify);
  return () => void subscribers.delete(notify);
};

export const noteEdited = (id: string | null): void => {
  edited = id;
  for (const notify of subscribers) notify();
};

/** `isAsked` false answers no without looking. */
export const useIsEdited = (id: string | null, isAsked: boolean): boolean =>
  useSyncExternalStore(subscribe, () => isAsked && id !== null && edited === id);
