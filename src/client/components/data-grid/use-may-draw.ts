import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';

// A row costs a slow machine some 3 ms to draw: after a jump, thirty at once would hold the page for a tenth
// of a second.
const ROWS_A_FRAME = 10;

let left = ROWS_A_FRAME;
let frame: number | null = null;
const waiting = new Set<() => void>();

const nextFrame = () => {
  frame ??= requestAnimationFrame(() => {
    frame = null;
    left = ROWS_A_FRAME;
    const turns = [...waiting].slice(0, left);
    left -= turns.length;
    flushSync(() => {
      for (const begin of turns) {
        waiting.delete(begin);
        begin();
      }
    });
    if (waiting.size > 0) nextFrame();
  });
};

const takeTurn = () => {
  nextFrame();
  left -= 1;
  return left >= 0;
};

/** Whether a row may be drawn in full yet: a few are at once, the others in the frames after. */
export const useMayDraw = (isReady: boolean, isUrgent: boolean): boolean => {
  const [isTurn, setIsTurn] = useState(() => isReady && (isUrgent || takeTurn()));
  const mustWait = isReady && !isUrgent && !isTurn;
  useEffect(() => {
    if (!mustWait) return;
    const begin = () => setIsTurn(true);
    waiting.add(begin);
    nextFrame();
    return () => void waiting.delete(begin);
  }, [mustWait]);
  return isReady && (isTurn || isUrgent);
};
