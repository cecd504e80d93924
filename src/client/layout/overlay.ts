import { useSyncExternalStore } from 'react';

/** What the shell can lay over any screen. */
export type Overlay = 'palette' | 'keys';

let shown: Overlay | null = null;
const subscribers = new Set<() => void>();

/**
 * What is written in the palette. It lives here because hands type on while the palette is still on its way.
 */
let paletteText = '';

const notifyAll = () => {
  for (const notify of subscribers) notify();
};

const show = (next: Overlay | null) => {
  shown = next;
  paletteText = '';
  notifyAll();
};

export const setPaletteText = (text: string | ((before: string) => string)) => {
  paletteText = typeof text === 'string' ? text : text(paletteText);
  notifyAll();
};

export const openOverlay = (overlay: Overlay) => show(overlay);
export const closeOverlay = () => show(null);

const subscribe = (notify: () => void) => {
  subscribers.add(notify);
  return () => void subscribers.delete(notify);
};

export const useOverlay = () => useSyncExternalStore(subscribe, () => shown);

export const usePaletteText = () => useSyncExternalStore(subscribe, () => paletteText);
