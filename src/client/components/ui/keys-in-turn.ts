import type { KeyboardEvent } from 'react';

const choosing = new Set(['Enter', ' ', 'ArrowUp', 'ArrowDown', 'Home', 'End']);

/** The timer of the key that is being pressed is set after ours: a second one comes after it. */
const focusMoved = () => new Promise<void>((resolve) => setTimeout(() => setTimeout(resolve)));

let turn: Promise<void> | null = null;

/**
 * For menus and selects, as `onKeyDownCapture`: each key is taken where the one before has led. A letter, and in a
 * select an arrow, moves the focus by a timer; a quick hand, or a busy page, would choose what had the focus before.
 */
export const keysInTurn = (event: KeyboardEvent<HTMLElement>): void => {
  const { key, currentTarget: list, nativeEvent, ctrlKey, altKey, metaKey } = event;
  if (!nativeEvent.isTrusted || ctrlKey || altKey || metaKey || (key.length > 1 && !choosing.has(key))) return;
  if (turn !== null) {
    event.preventDefault();
    event.stopPropagation();
  }
  const mine: Promise<void> =
    turn === null
      ? focusMoved()
      : turn.then(() => {
          const target = document.activeElement;
          if (!target || !list.contains(target)) return undefined;
          target.dispatchEvent(new window.KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
          return focusMoved();
        });
  turn = mine;
  void mine.then(() => {
    if (turn === mine) turn = null;
  });
};
