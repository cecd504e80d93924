// Rows are placed one by one and only some are there: the elements of a table would lay them out, and count
// them, wrongly.
/* eslint-disable jsx-a11y/prefer-tag-over-role */
import {
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  type CSSProperties,
  type KeyboardEvent,
  type PointerEvent,
  type MouseEvent,
  type Ref,
} from 'react';
import { shiftOf, type Anchor } from './anchor.ts';
import { GridHeader } from './grid-header.tsx';
import { GridRow, type RowSelection } from './grid-row.tsx';
import { keyOf as nameOfKey, moveOf, type GridCell } from './grid-moves.ts';
import { cellOf, useGridFocus } from './use-grid-focus.ts';
import { useGridLayout, type GridLayout, type LaidOut } from './use-grid-layout.ts';
import { useRowWindow } from './use-row-window.ts';
import { useSize } from './use-size.ts';

export interface DataGridHandle {
  /** Gives the focus to the row that had it last, or to the first. */
  focus: () => void;
  /** Shows a row, which has the focus once the grid has it again. */
  show: (index: number) => void;
  /** As it is now. */
  layout: GridLayout;
}

interface DataGridProps<Row> {
  ref?: Ref<DataGridHandle>;
  label: string;
  layouts: Record<GridLayout, LaidOut<Row>>;
  /** Which list this is: another one begins at its top. */
  listKey: string;
  rowCount: number;
  /** The count still shrinks or grows towards the truth: who stands at the end stays at the end. */
  isSeekingEnd: boolean;
  isStale: boolean;
  rowAt: (index: number) => Row | undefined;
  keyOf: (row: Row) => string;
  indexOfKey: (key: string) => number | undefined;
  currentKey: string | null;
  sort: string;
  onSort: (by: string) => void;
  onWindow: (start: number, end: number) => void;
  onOpen: (row: Row) => void;
  /** A row is looked at, by pointer or focus: it may be opened next. */
  onIntent: () => void;
  onEscape: () => void;
  /** Null where rows cannot be selected. */
  selection: RowSelection | null;
  /** Shift and an arrow: the row with the focus, and the one that has it now. */
  onExtend: (from: number, to: number) => void;
  /** Further keys, on the row that has the focus. */
  keys: Record<string, (row: Row, element: HTMLElement) => void>;
}

const HEAD_PX = 33;

// Rows of another question than the one asked stay readable; a line over them says that they are old.
const gridClass =
  'group/grid relative min-h-0 flex-1 overflow-y-auto overflow-x-hidden overscroll-contain ' +
  '[overflow-anchor:none] before:sticky before:top-0 before:z-20 before:-mb-0.5 before:block before:h-0.5 ' +
  'before:bg-cord before:content-none data-stale:before:content-[""]';

const isWithin = (target: EventTarget, what: string) =>
  target instanceof Element && target.closest(what) !== null;

/**
 * A list of any length as an ARIA grid: true counts, one tab stop, and only the rows in sight on the page.
 */
export const DataGrid = <Row,>({ ref, ...props }: DataGridProps<Row>) => {
  const { rowCount, rowAt, keyOf, indexOfKey, listKey, isSeekingEnd, onWindow, keys } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const size = useSize(scroller);
  const { columns, template, layout, rowHeight, minWidth } = useGridLayout(size.width, props.layouts);
  const isSideways = minWidth !== undefined;
  const rows = useRowWindow(scroller, size, rowCount, rowHeight, layout === 'stacked' ? 0 : HEAD_PX);
  const { view, showRow, shiftRows, toStart, toEnd } = rows;
  const focus = useGridFocus({
    scroller,
    rowCount,
    columnCount: columns.length,
    pageRows: rows.pageRows,
    isSideways,
    homeColumn: Math.max(
      0,
      columns.findIndex(({ isSelecting }) => !isSelecting),
    ),
    showRow,
  });
  const { active, moveRow, goTo } = focus;

  const keyAt = (index: number) => {
    const row = rowAt(index);
    return row === undefined ? undefined : keyOf(row);
  };
  const anchorAt = (index: number): Anchor | null => {
    const key = keyAt(index);
    return key === undefined ? null : { key, index };
  };

  const hovered = useRef<Anchor | null>(null);
  const before = useRef<{ listKey: string; focused: Anchor | null; first: Anchor | null; wasAtEnd: boolean }>(
    null,
  );
  useLayoutEffect(() => {
    const was = before.current;
    if (was?.listKey !== listKey) {
      toStart();
      moveRow(0);
      hovered.current = null;
    } else {
      // Only if the focus is still where it was: else it moved by itself, and not the rows under it.
      const focused = was.focused?.index === active.row ? was.focused : null;
      // At the very top nobody is reading further down: there, a new first row is wanted in sight.
      const shift = shiftOf(
        [focus.hasFocus.current ? focused : null, hovered.current, rows.isAtStart() ? null : was.first],
        indexOfKey,
      );
      if (shift !== 0) shiftRows(shift);
      if (hovered.current) hovered.current.index += shift;
      moveRow((focused && indexOfKey(focused.key)) ?? Math.min(active.row, Math.max(0, rowCount - 1)));
      if (isSeekingEnd && was.wasAtEnd) toEnd();
    }
    before.current = {
      listKey,
      focused: anchorAt(active.row),
      first: anchorAt(rows.firstInSight()),
      wasAtEnd: rows.isAtEnd(),
    };
  });

  // What opens below the list takes its foot: the row that was just pressed there stays in sight.
  const sight = useRef({ height: 0, view });
  useLayoutEffect(() => {
    const was = sight.current;
    const isInSight = active.row >= was.view.start && active.row < was.view.end;
    if (size.height < was.height && focus.hasFocus.current && isInSight) showRow(active.row);
    sight.current = { height: size.height, view };
  }, [size.height, view, active.row, focus.hasFocus, showRow]);

  useEffect(() => onWindow(view.start, view.end), [onWindow, view.start, view.end]);
  useImperativeHandle(
    ref,
    () => ({
      focus: () => goTo(active),
      show: (index) => {
        moveRow(index);
        showRow(index);
      },
      layout,
    }),
    [goTo, active, moveRow, showRow, layout],
  );

  const extend = (event: KeyboardEvent, cell: GridCell) => {
    const { key, ctrlKey, metaKey, altKey } = event;
    const to = moveOf({ key, ctrlKey, metaKey, altKey, shiftKey: false }, cell, {
      rows: rowCount,
      columns: columns.length,
      page: rows.pageRows,
    });
    if (to === null || to.row === cell.row) return;
    goTo(to);
    props.onExtend(cell.row, to.row);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const cell = cellOf(event.target);
    if (cell === null || event.defaultPrevented || focus.onMoveKey(event)) return;
    const row = rowAt(cell.row);
    if (event.shiftKey && props.selection !== null && /^(Arrow|Page)(Up|Down)$/.test(event.key)) {
      event.preventDefault();
      return extend(event, cell);
    }
    if (event.key === 'Escape') props.onEscape();
    else if (row === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    else if (event.key === 'Enter' && !isWithin(event.target, 'a,button')) props.onOpen(row);
    else if (keys[nameOfKey(event)])
      keys[nameOfKey(event)]?.(row, (event.target as Element).closest<HTMLElement>('[data-index]')!);
    else return;
    event.preventDefault();
  };

  const onPointerOver = ({ target }: PointerEvent) => {
    const index =
      target instanceof Element
        ? Number(target.closest<HTMLElement>('[data-index]')?.dataset.index)
        : Number.NaN;
    hovered.current = Number.isNaN(index) ? null : anchorAt(index);
    if (hovered.current !== null) props.onIntent();
  };

  const onClick = (event: MouseEvent) => {
    const cell = cellOf(event.target);
    const row = cell && rowAt(cell.row);
    if (row && !isWithin(event.target, 'a,button,[data-aside]') && getSelection()?.isCollapsed !== false)
      props.onOpen(row);
  };

  const drawn = Array.from({ length: view.end - view.start }, (_, at) => view.start + at);
  // The row that holds the focus stays on the page wherever the list is scrolled to, or the focus would be
  // lost.
  if (active.row < rowCount && active.row < view.start) drawn.unshift(active.row);
  if (active.row < rowCount && active.row >= view.end) drawn.push(active.row);

  return (
    // The keys and presses of all rows are heard here; each row has its own link and buttons for those who
    // need them.
    // eslint-disable-next-line jsx-a11y/interactive-supports-focus
    <div
      ref={scroller}
      role="grid"
      aria-label={props.label}
      aria-rowcount={rowCount + 1}
      aria-colcount={columns.length}
      aria-multiselectable={props.selection === null ? undefined : true}
      data-layout={layout}
      data-stale={props.isStale || undefined}
      className={gridClass}
      style={
        {
          '--grid-columns': template,
          '--grid-row': `${rowHeight}px`,
          overflowX: isSideways ? 'auto' : undefined,
        } as CSSProperties
      }
      onKeyDown={onKeyDown}
      onClick={onClick}
      onPointerOver={onPointerOver}
      onPointerLeave={() => (hovered.current = null)}
      onFocus={(event) => {
        focus.onFocus(event);
        props.onIntent();
      }}
      onBlur={focus.onBlur}
    >
      <GridHeader
        columns={columns}
        sort={props.sort}
        onSort={props.onSort}
        isHidden={layout === 'stacked'}
        minWidth={minWidth}
      />
      <div role="rowgroup" className="relative" style={{ height: rows.height, minWidth }}>
        <div
          role="presentation"
          className="absolute inset-x-0 top-0"
          style={{ transform: `translateY(${view.offset}px)` }}
        >
          {drawn.map((index) => {
            const row = rowAt(index);
            const key = row === undefined ? `loading-${index}` : keyOf(row);
            const place = Math.max(view.start - 1, Math.min(index, view.end));
            return (
              <GridRow
                key={key}
                row={row}
                rowKey={key}
                index={index}
                top={(place - view.base) * rowHeight}
                columns={columns}
                activeColumn={index === active.row ? active.column : null}
                isCurrent={row !== undefined && key === props.currentKey}
                isKept={index < view.start || index >= view.end}
                selection={props.selection}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
};
