import {
  useCallback,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type FocusEvent,
  type KeyboardEvent,
  type RefObject,
} from 'react';
import { moveOf, type GridCell } from './grid-moves.ts';

interface GridFocusOptions {
  scroller: RefObject<HTMLElement | null>;
  rowCount: number;
  columnCount: number;
  pageRows: number;
  /** The columns are wider than the list. */
  isSideways: boolean;
  /** See `Bounds` of grid-moves.ts. */
  homeColumn: number;
  showRow: (row: number) => void;
}

const isSeen = (element: Element) => element.getClientRects().length > 0;

const cellAt = (scroller: HTMLElement | null, { row, column }: GridCell) => {
  const cells = scroller
    ?.querySelector(`[data-index="${row}"]`)
    ?.querySelectorAll<HTMLElement>('[role=gridcell]');
  return cells?.length === 1 ? cells[0] : cells?.[column];
};

/** Brings a cell into sight, across only: which rows are, is not the browser's to say. */
const showAcross = (scroller: HTMLElement, cell: HTMLElement) => {
  const sight = scroller.getBoundingClientRect();
  const { left, right } = cell.getBoundingClientRect();
  // Of a row that is still loading there is only one cell.
  if (right - left > sight.width) return;
  const by = left < sight.left ? left - sight.left : Math.max(0, right - sight.right);
  if (by !== 0) scroller.scrollBy({ left: by, behavior: 'instant' });
};

export const cellOf = (target: EventTarget | null): GridCell | null => {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[role=gridcell]') : null;
  const row = cell?.closest<HTMLElement>('[data-index]');
  return cell && row ? { row: Number(row.dataset.index), column: Number(cell.dataset.column) } : null;
};

/** One cell of the grid can be tabbed to; the keys move it, and the list follows. */
export const useGridFocus = ({
  scroller,
  rowCount,
  columnCount,
  pageRows,
  isSideways,
  homeColumn,
  showRow,
}: GridFocusOptions) => {
  const [cell, setActive] = useState<GridCell>({ row: 0, column: homeColumn });
  // Other columns may be shown than when it was entered, and fewer.
  const active = useMemo(
    () => (cell.column < columnCount ? cell : { ...cell, column: columnCount - 1 }),
    [cell, columnCount],
  );
  const hasFocus = useRef(false);
  const mustFocus = useRef(false);

  const focusNow = useCallback(() => {
    const cell = cellAt(scroller.current, active);
    const target = cell?.querySelector<HTMLElement>('a,button,input') ?? cell;
    target?.focus({ preventScroll: true });
    if (isSideways && scroller.current && cell) showAcross(scroller.current, cell);
  }, [scroller, active, isSideways]);

  useLayoutEffect(() => {
    // A row that is drawn anew, for example because it has just been loaded, takes the focus over.
    const isLost = hasFocus.current && document.activeElement === document.body;
    if (mustFocus.current || isLost) focusNow();
    mustFocus.current = false;
  });

  const goTo = useCallback(
    (cell: GridCell) => {
      mustFocus.current = true;
      // A new object even for the same cell, so that the effect above runs.
      setActive({ ...cell });
      showRow(cell.row);
    },
    [showRow],
  );

  return {
    active,
    hasFocus,
    goTo,
    /** The rows moved under the cell: it goes with its row. */
    moveRow: useCallback(
      (row: number) => setActive((cell) => (cell.row === row ? cell : { ...cell, row })),
      [],
    ),
    onMoveKey: (event: KeyboardEvent): boolean => {
      const from = cellOf(event.target) ?? active;
      const bounds = { rows: rowCount, columns: columnCount, page: pageRows, home: homeColumn };
      const to = moveOf(event, from, bounds);
      if (to === null) return false;
      event.preventDefault();
      goTo(to);
      return true;
    },
    onFocus: (event: FocusEvent) => {
      const cell = cellOf(event.target);
      hasFocus.current = cell !== null;
      if (cell === null) return;
      setActive((before) => (before.row === cell.row && before.column === cell.column ? before : cell));
      // Tab may come back to a row that was scrolled away from. A press must not: the row would move from
      // under it.
      if (!mustFocus.current && event.target.matches(':focus-visible')) showRow(cell.row);
    },
    onBlur: (event: FocusEvent) => {
      // Without a new target the focused row may just have been taken off the page; then the focus is still
      // ours.
      if (event.relatedTarget !== null || isSeen(event.target)) hasFocus.current = false;
    },
  };
};
