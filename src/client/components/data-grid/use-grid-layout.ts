import { useSyncExternalStore } from 'react';
import type { GridColumn } from './grid-row.tsx';

/** `snug`: narrower columns. `tight`: fewer of them. `stacked`: each row is an entry of two lines. */
export type GridLayout = 'wide' | 'snug' | 'tight' | 'stacked';

/** What a layout shows. */
export interface LaidOut<Row> {
  columns: readonly GridColumn<Row>[];
  /** The CSS grid template of the columns. */
  template: string;
  /** How many px the columns need together. */
  leastWidth: number;
}

const STACKED_BELOW_PX = 800;
const STACKED_ROW_PX = 70;

// Beside the columns, as the rows and the head have it.
const PADDING_PX = 24;

const layoutOf = <Row>(width: number, { wide, snug }: Record<GridLayout, LaidOut<Row>>): GridLayout => {
  if (width < STACKED_BELOW_PX) return 'stacked';
  if (width >= wide.leastWidth + PADDING_PX) return 'wide';
  return width >= snug.leastWidth + PADDING_PX ? 'snug' : 'tight';
};

const watchDensity = (notify: () => void) => {
  const observer = new MutationObserver(notify);
  observer.observe(document.documentElement, { attributeFilter: ['data-density'] });
  return () => observer.disconnect();
};

/**
 * How the grid is laid out in so many px, how high its rows are, in px, and what they need in all where that is more
 * than there is: then the list scrolls sideways.
 */
export const useGridLayout = <Row>(width: number, layouts: Record<GridLayout, LaidOut<Row>>) => {
  const layout = layoutOf(width, layouts);
  const isCompact = useSyncExternalStore(
    watchDensity,
    () => document.documentElement.dataset.density === 'compact',
  );
  const needed = layouts[layout].leastWidth + PADDING_PX;
  return {
    ...layouts[layout],
    layout,
    rowHeight: layout === 'stacked' ? STACKED_ROW_PX : isCompact ? 32 : 40,
    minWidth: layout !== 'stacked' && needed > width ? needed : undefined,
  };
};
