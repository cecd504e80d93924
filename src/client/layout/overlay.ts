import { useSyncExternalStore } from 'react';

/** What the shell can lay over any screen. */
export type Overlay = 'palette' | 'keys';

let shown: Overlay | null = null;
const subscribers = new Set<() => void>();

const show = (next: Overlay | null) => {
  shown = next;
  for (const notify of subscribers) notify();
};

export const openOverlay = (overlay: Overlay) => show(overlay);
export const closeOverlay = () => show(null);

const subscribe = (notify: () => void) => {
  subscribers.add(notify);
  return () => void subscribers.delete(notify);
};

export const useOverlay = () => useSyncExternalStore(subscribe, () => shown);
