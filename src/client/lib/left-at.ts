import { useEffect, useRef, useState, type MouseEvent, type RefObject } from 'react';
import { goTo, here } from './location.ts';

/*
 * The row of a list from which one went on, kept in the list's own place in the tab's history: Back, and the
 * focus is there again, also after a reload.
 */

interface Kept {
  leftAt?: string;
}

/** For a link of the row; opened in another tab, nothing is left. */
export const leaveAt = (row: string) => (event: MouseEvent) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  goTo(here(), { replace: true, state: { leftAt: row } });
};

const firstStop = (place: Element | undefined) => place?.querySelector<HTMLElement>('a, button');

/**
 * Focuses the row that was left, known by its `data-row`; where it is gone, the first of the list. `mayCome`:
 * rows are still on their way.
 */
export const useReturnToRow = (list: RefObject<HTMLElement | null>, mayCome: boolean): void => {
  const [leftAt] = useState(() => (history.state as Kept | null)?.leftAt);
  const isDone = useRef(leftAt === undefined);
  useEffect(() => {
    const { current: element } = list;
    if (isDone.current || element === null) return;
    const seek = () => {
      const rows = [...element.querySelectorAll<HTMLElement>('[data-row]')];
      const row = rows.find(({ dataset }) => dataset['row'] === leftAt);
      if (isDone.current || (row === undefined && mayCome)) return;
      isDone.current = true;
      const stop = firstStop(row) ?? firstStop(element);
      stop?.focus({ preventScroll: true });
      stop?.scrollIntoView({ block: 'center' });
    };
    seek();
    const watching = new MutationObserver(seek);
    watching.observe(element, { childList: true, subtree: true });
    return () => watching.disconnect();
  });
};
