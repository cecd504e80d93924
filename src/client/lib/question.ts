import { useSyncExternalStore } from 'react';

export interface Question<Subject> {
  subject: Subject;
  answer: (isYes: boolean) => void;
}

/**
 * A yes-or-no question that code asks from anywhere and one dialog draws. A second one answers the first with
 * no.
 */
export const createQuestion = <Subject>() => {
  let current: Question<Subject> | null = null;
  const subscribers = new Set<() => void>();
  const set = (next: Question<Subject> | null) => {
    current = next;
    for (const notify of subscribers) notify();
  };
  const subscribe = (notify: () => void) => {
    subscribers.add(notify);
    return () => void subscribers.delete(notify);
  };
  const ask = (subject: Subject): Promise<boolean> =>
    new Promise((resolve) => {
      current?.answer(false);
      set({
        subject,
        answer: (isYes) => {
          set(null);
          resolve(isYes);
        },
      });
    });
  /** The question being asked, for the dialog that asks it. */
  const useQuestion = () => useSyncExternalStore(subscribe, () => current);
  return { ask, useQuestion };
};
