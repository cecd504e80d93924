// Rows are placed one by one and only some are there: the elements of a table would lay them out, and count
// them, wrongly.
/* eslint-disable jsx-a11y/prefer-tag-over-role */
import { classes } from '#client/lib/classes.ts';
import type { GridColumn } from './grid-row.tsx';

interface GridHeaderProps<Row> {
  columns: readonly GridColumn<Row>[];
  /** The order shown, `-` before it for descending. */
  sort: string;
  onSort: (by: string) => void;
  /** Kept for those who listen, where there is no room to show it. */
  isHidden: boolean;
  /** In px, where the columns are wider than the list. */
  minWidth: number | undefined;
}

const directionOf = (sort: string, by: string | undefined) =>
  sort === by ? 'ascending' : sort === `-${by}` ? 'descending' : undefined;

const arrows = { ascending: '↑', descending: '↓' };

export const GridHeader = <Row,>({ columns, sort, onSort, isHidden, minWidth }: GridHeaderProps<Row>) => (
  <div
    role="rowgroup"
    style={{ minWidth }}
    className={isHidden ? 'sr-only' : 'sticky top-0 z-10 border-b bg-surface'}
  >
    <div
      role="row"
      aria-rowindex={1}
      className="grid h-8 grid-cols-(--grid-columns) items-center pr-4 pl-2 text-xs font-medium text-ink-3"
    >
      {columns.map(({ id, header, renderHeader, sort: by, className }, at) => {
        const direction = directionOf(sort, by);
        return (
          <div
            key={id}
            role="columnheader"
            aria-colindex={at + 1}
            aria-sort={by === undefined ? undefined : (direction ?? 'none')}
            className={classes('min-w-0 truncate px-2', className)}
          >
            {by === undefined ? (
              (renderHeader?.() ?? header)
            ) : (
              <button
                type="button"
                className={classes('-mx-1 h-6 rounded-sm px-1 hover:text-ink', direction && 'text-ink')}
                onClick={() => onSort(by)}
              >
                {header} {direction && <span aria-hidden="true">{arrows[direction]}</span>}
              </button>
            )}
          </div>
        );
      })}
    </div>
  </div>
);
