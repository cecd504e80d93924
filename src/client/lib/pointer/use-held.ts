import { useState, useSyncExternalStore } from 'react';

let isDown = false;
const subscribers = new Set<() => void>();
const set = (next: boolean) => {
  isDown = next;
  for (const notify of subscribers) notify();
};
const onDown = () => set(true);
// The click, which belongs to the press, comes in the same turn.
const onUp = () => setTimeout(() => set(false));

const subscribe = (notify: () => void) => {
  if (subscribers.size === 0) {
    window.addEventListener('pointerdown', onDown, true);
    window.addEventListener('pointerup', onUp, true);
    window.addEventListener('pointercancel', onUp, true);
  }
  subscribers.add(notify);
  return () => {
    subscribers.delete(notify);
    if (subscribers.size > 0) return;
    window.removeEventListener('pointerdown', onDown, true);
    window.removeEventListener('pointerup', onUp, true);
    window.removeEventListener('pointercancel', onUp, true);
    isDown = false;
  };
};

/** Whether a button of the pointer is down; until the click that belongs to the press has been heard. */
export const useIsPressed = () => useSyncExternalStore(subscribe, () => isDown);

/**
 * `value`, as it was when `isHeld` began. Rows that come in while one presses would move what is pressed from
 * under the pointer, or make something else of it.
 */
export const useHeld = <T>(value: T, isHeld: boolean): T => {
  const [held, setHeld] = useState(value);
  if (isHeld || held === value) return held;
  setHeld(value);
  return value;
};
