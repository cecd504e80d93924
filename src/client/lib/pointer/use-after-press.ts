import { useCallback, useEffect, useRef } from 'react';

/**
 * Runs something once no button of the pointer is down. What leaving a field changes must not move the page
 * under a press that has begun: the press would end on something else, and be lost. It still runs before the
 * click itself.
 */
export const useAfterPress = () => {
  const isDown = useRef(false);
  useEffect(() => {
    const onDown = () => void (isDown.current = true);
    const onUp = () => void (isDown.current = false);
    window.addEventListener('pointerdown', onDown, true);
    window.addEventListener('pointerup', onUp, true);
    window.addEventListener('pointercancel', onUp, true);
    return () => {
      window.removeEventListener('pointerdown', onDown, true);
      window.removeEventListener('pointerup', onUp, true);
      window.removeEventListener('pointercancel', onUp, true);
    };
  }, []);
  return useCallback((act: () => void) => {
    if (!isDown.current) return act();
    const waiting = new AbortController();
    const end = () => {
      waiting.abort();
      act();
    };
    // Cancelled where the browser takes the pointer for a gesture of its own.
    for (const type of ['pointerup', 'pointercancel'])
      window.addEventListener(type, end, { capture: true, signal: waiting.signal });
  }, []);
};
