import { useSyncExternalStore } from 'react';

/** What the shell can lay over any screen. */
export type Overlay = 'palette' | 'keys';

let shown: Overlay | null = null;
const subscribers = new Set<() => void>();

/** What was typed between asking for the palette and having it. */
let earlyText = '';
export const readEarlyText = () => earlyText;
export const addEarlyText = (text: string) => {
  earlyText += text;
};

const show = (next: Overlay | null) => {
  shown = next;
  earlyText = '';
  for (const notify of subscribers) notify();
};

export const openOverlay = (overlay: Overlay) => show(overlay);
export const closeOverlay = () => show(null);

const subscribe = (notify: () => void) => {
  subscribers.add(notify);
  return () => void subscribers.delete(notify);
};

export const useOverlay = () => useSyncExternalStore(subscribe, () => shown);
