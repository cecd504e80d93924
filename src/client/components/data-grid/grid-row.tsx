// Rows are placed one by one and only some are there: the elements of a table would lay them out, and count
// them, wrongly.
/* eslint-disable jsx-a11y/prefer-tag-over-role */
import { memo, useSyncExternalStore, type ReactNode } from 'react';
import { classes } from '#client/lib/classes.ts';
import { useMayDraw } from './use-may-draw.ts';

export interface GridColumn<Row> {
  id: string;
  header: string;
  /** In place of the words, for the eye and the hand. */
  renderHeader?: () => ReactNode;
  /** Selects its row, and tells nothing: the focus begins behind it. */
  isSelecting?: boolean;
  /** The name of the order, when the column can be sorted by. */
  sort?: string;
  /** The cell holds a link or button, which takes the focus in its place; may differ from row to row. */
  hasControl?: boolean | ((row: Row) => boolean);
  /** A press beside its control opens nothing. */
  isAside?: boolean;
  /** Its content never exceeds the cell, or cuts itself off. */
  isFitting?: boolean;
  className?: string;
  /** The whole text, for where it is cut off. */
  title?: (row: Row) => string | undefined;
  render: (row: Row, tabIndex: 0 | -1) => ReactNode;
}

/** Which rows are selected, kept beside React: a press draws the rows it selects, and no others. */
export interface RowSelection {
  subscribe: (notify: () => void) => () => void;
  has: (key: string) => boolean;
}

interface GridRowProps<Row> {
  row: Row | undefined;
  rowKey: string;
  index: number;
  top: number;
  columns: readonly GridColumn<Row>[];
  /** The column whose cell takes the focus of the grid; null when it is in another row. */
  activeColumn: number | null;
  isCurrent: boolean;
  /** Out of sight, kept only because it holds the focus. */
  isKept: boolean;
  /** Null where rows cannot be selected. */
  selection: RowSelection | null;
}

const rowClass =
  'group/row absolute inset-x-0 grid h-(--grid-row) cursor-pointer grid-cols-(--grid-columns) content-center ' +
  'items-center gap-y-0.5 border-b border-line/60 px-2 sm:pr-4 ' +
  'before:absolute before:inset-y-0 before:left-0 before:w-0.5 before:bg-cord ' +
  'before:content-none hover:bg-hover focus-within:bg-hover focus-within:before:content-[""] ' +
  '[contain:layout_size_style] data-current:bg-hover data-current:before:content-[""] ' +
  'aria-selected:bg-cord-wash';

// Each clipped cell is a chunk of its own to paint: a column that cannot overflow says so.
const cellClass = 'min-w-0 px-2 whitespace-nowrap -outline-offset-2';
// Bars of a row to come, drawn by the background: one element instead of seven, and still, because a pulse is
// a layer each.
const skeletonClass =
  'mx-2 h-2.5 self-center rounded-sm text-transparent [grid-column:1/-1] ' +
  'bg-[linear-gradient(90deg,var(--press)_0_13%,transparent_0_16.5%,var(--press)_0_25%,transparent_0_32%,var(--press)_0_43%,transparent_0_49%,var(--press)_0_58%,transparent_0_66%,var(--press)_0_74%,transparent_0_83%,var(--press)_0_89%,transparent_0_95%,var(--press)_0)]';

const CellsView = <Row,>({
  row,
  columns,
  activeColumn,
}: Pick<GridRowProps<Row>, 'columns' | 'activeColumn'> & { row: Row }): ReactNode =>
  columns.map((column, at) => {
    const tabIndex = activeColumn === at ? 0 : -1;
    const { hasControl } = column;
    const isControl = typeof hasControl === 'function' ? hasControl(row) : hasControl;
    return (
      <div
        key={column.id}
        role="gridcell"
        aria-colindex={at + 1}
        data-column={at}
        data-aside={column.isAside || undefined}
        title={column.title?.(row)}
        tabIndex={isControl ? undefined : tabIndex}
        className={classes(cellClass, !column.isFitting && 'overflow-hidden text-ellipsis', column.className)}
      >
        {column.render(row, tabIndex)}
      </div>
    );
  });

/** Of a row that is selected only the row is drawn again, and its box. */
const Cells = memo(CellsView) as typeof CellsView;

const neverChanges = () => () => undefined;

const GridRowView = <Row,>({
  row,
  rowKey,
  index,
  top,
  columns,
  activeColumn,
  isCurrent,
  isKept,
  selection,
}: GridRowProps<Row>) => {
  const isDrawn = useMayDraw(row !== undefined, activeColumn !== null);
  const isSelected = useSyncExternalStore(
    selection?.subscribe ?? neverChanges,
    () => selection?.has(rowKey) ?? false,
  );
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-busy={!isDrawn || undefined}
      aria-current={isCurrent || undefined}
      aria-selected={selection === null ? undefined : isSelected}
      data-current={isCurrent || undefined}
      data-index={index}
      data-key={rowKey}
      className={classes(rowClass, isKept && 'pointer-events-none opacity-0')}
      style={{ top }}
    >
      {row === undefined || !isDrawn ? (
        <div
          role="gridcell"
          aria-colindex={1}
          aria-colspan={columns.length}
          data-column={activeColumn ?? 0}
          tabIndex={activeColumn === null ? -1 : 0}
          className={skeletonClass}
        >
          Loading
        </div>
      ) : (
        <Cells row={row} columns={columns} activeColumn={activeColumn} />
      )}
    </div>
  );
};

/** Drawn again only when its record, its place or its part in the focus changes. */
export const GridRow = memo(GridRowView) as typeof GridRowView;
