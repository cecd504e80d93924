import { useLayoutEffect, useState, useSyncExternalStore, type RefObject } from 'react';

/** `stacked`: each row is an entry of two lines. `tight`: fewer columns. */
export type GridLayout = 'wide' | 'tight' | 'stacked';

const STACKED_BELOW_PX = 700;
const TIGHT_BELOW_PX = 1120;
const STACKED_ROW_PX = 70;

const layoutOf = (width: number): GridLayout => (width < STACKED_BELOW_PX ? 'stacked' : width < TIGHT_BELOW_PX ? 'tight' : 'wide');

const watchDensity = (notify: () => void) => {
  const observer = new MutationObserver(notify);
  observer.observe(document.documentElement, { attributeFilter: ['data-density'] });
  return () => observer.disconnect();
};

/** How the grid is laid out in the room it has, and how high its rows are, in px. */
export const useGridLayout = (scroller: RefObject<HTMLElement | null>) => {
  const [layout, setLayout] = useState<GridLayout>('wide');
  const isCompact = useSyncExternalStore(watchDensity, () => document.documentElement.dataset.density === 'compact');
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const measure = () => setLayout(layoutOf(element.clientWidth));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);
  return { layout, rowHeight: layout === 'stacked' ? STACKED_ROW_PX : isCompact ? 32 : 40 };
};
