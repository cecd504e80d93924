import { isDialogOpen, isWriting } from './keyboard.ts';

/** The last act that a toast has offered to undo: the key undoes it, also when the toast is gone. */
let undoable: (() => void) | null = null;
let isListening = false;

const onKeyDown = (event: KeyboardEvent) => {
  const isUndo = event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey);
  if (!isUndo || event.shiftKey || event.altKey || event.defaultPrevented || undoable === null) return;
  // Text has an undo of its own, and what lies over the page is no part of the act.
  if (isWriting(event.target) || isDialogOpen()) return;
  event.preventDefault();
  undoable();
};

/** From now on the key does this. */
export const offerUndo = (undo: () => void): void => {
  if (!isListening) window.addEventListener('keydown', onKeyDown);
  isListening = true;
  undoable = undo;
};

/** It has been undone in another way. */
export const withdrawUndo = (undo: () => void): void => {
  if (undoable === undo) undoable = null;
};
