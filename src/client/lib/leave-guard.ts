import { useCallback, useEffect, useRef } from 'react';
import { holdMovesWith } from './location.ts';
import { createQuestion } from './question.ts';

/*
 * Unsaved work is left only after one question, whichever way it is left: a link, Back, closing a dialog or
 * the tab. The question itself is drawn by components/leave-dialog.tsx.
 */

interface Guard {
  message: string;
}

const guards = new Set<Guard>();
/** The question being asked is that of the guard's message. */
const { ask, useQuestion } = createQuestion<string>();
export const useLeaveQuestion = useQuestion;

const onBeforeUnload = (event: BeforeUnloadEvent) => event.preventDefault();

const addGuard = (guard: Guard) => {
  if (guards.size === 0) window.addEventListener('beforeunload', onBeforeUnload);
  guards.add(guard);
};

const removeGuard = (guard: Guard) => {
  guards.delete(guard);
  if (guards.size === 0) window.removeEventListener('beforeunload', onBeforeUnload);
};

const releaseAll = () => {
  for (const guard of guards) removeGuard(guard);
};

export const isLeavingGuarded = () => guards.size > 0;

/**
 * Asks whether unsaved work may be dropped; true at once where there is none. For what closes without a new
 * address.
 */
export const mayLeave = async (): Promise<boolean> => {
  const [guard] = guards;
  if (guard === undefined) return true;
  const isYes = await ask(guard.message);
  if (isYes) releaseAll();
  return isYes;
};

/** The same question about one piece of work alone, whatever else is unsaved beneath it. */
export const mayDrop = (message: string): Promise<boolean> => ask(message);

holdMovesWith(({ proceed }) => {
  if (guards.size === 0) return false;
  void mayLeave().then((isYes) => (isYes ? proceed() : undefined));
  return true;
});

/**
 * While `isDirty`, leaving asks with `message`. Returns `release`: call it when the work is saved and the
 * next step moves away before React has rendered.
 */
export const useLeaveGuard = (isDirty: boolean, message: string): (() => void) => {
  const guard = useRef<Guard>({ message });
  useEffect(() => {
    const own = guard.current;
    own.message = message;
    if (!isDirty) return;
    addGuard(own);
    return () => removeGuard(own);
  }, [isDirty, message]);
  return useCallback(() => removeGuard(guard.current), []);
};
