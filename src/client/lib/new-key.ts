import { useCallback, useRef } from 'react';

/**
 * A key that nobody else has, for `Idempotency-Key`. Not `crypto.randomUUID`: browsers have that over HTTPS
 * and on localhost alone.
 */
export const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );

/**
 * Answers the key of an act: the same while the same is asked for, so that pressing again after an answer was
 * lost does nothing twice.
 */
export const useActKey = (): ((...asked: readonly unknown[]) => string) => {
  const last = useRef({ asked: '', key: '' });
  return useCallback((...asked) => {
    const text = JSON.stringify(asked);
    if (last.current.asked !== text) last.current = { asked: text, key: newKey() };
    return last.current.key;
  }, []);
};
