import { useSyncExternalStore } from 'react';

/** `stacked`: each row is an entry of two lines. `tight`: fewer columns. */
export type GridLayout = 'wide' | 'tight' | 'stacked';

const STACKED_BELOW_PX = 800;
const TIGHT_BELOW_PX = 1120;
const STACKED_ROW_PX = 70;

const layoutOf = (width: number): GridLayout =>
  width < STACKED_BELOW_PX ? 'stacked' : width < TIGHT_BELOW_PX ? 'tight' : 'wide';

const watchDensity = (notify: () => void) => {
  const observer = new MutationObserver(notify);
  observer.observe(document.documentElement, { attributeFilter: ['data-density'] });
  return () => observer.disconnect();
};

/** How the grid is laid out in so many px, and how high its rows are, in px. */
export const useGridLayout = (width: number) => {
  const layout = layoutOf(width);
  const isCompact = useSyncExternalStore(
    watchDensity,
    () => document.documentElement.dataset.density === 'compact',
  );
  return { layout, rowHeight: layout === 'stacked' ? STACKED_ROW_PX : isCompact ? 32 : 40 };
};
