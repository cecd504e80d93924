import { useMemo } from 'react';
import type { GridColumn } from '#client/components/data-grid/grid-row.tsx';
import type { GridLayout } from '#client/components/data-grid/use-grid-layout.ts';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { SELECT_TEMPLATE, selectColumn } from './select-column.tsx';
import { clearSelection, extendSelection, hasSelection, press, rowSelection } from './selection.ts';

type Columns = GridColumn<PhoneNumber>[];
type Templates = Record<GridLayout, string>;

/** What the grid needs for its rows to be selected; without the right to it, the grid as it was. */
export const useSelecting = (
  isAllowed: boolean,
  columns: Columns,
  templates: Templates,
  rowAt: (index: number) => PhoneNumber | undefined,
  onEscape: () => void,
) => {
  const grid = useMemo(() => {
    if (!isAllowed) return { columns, templates };
    const widen = ([layout, widths]: [string, string]) => [layout, `${SELECT_TEMPLATE} ${widths}`];
    return {
      columns: [selectColumn, ...columns],
      templates: Object.fromEntries(Object.entries(templates).map(widen)) as Templates,
    };
  }, [isAllowed, columns, templates]);
  return {
    ...grid,
    selection: isAllowed ? rowSelection : null,
    onExtend: (from: number, to: number) => extendSelection(rowAt(from)?._id, rowAt(to)?._id),
    onEscape: () => (hasSelection() ? clearSelection() : onEscape()),
    keys: isAllowed && {
      x: ({ _id }: PhoneNumber) => press(_id, false),
      X: ({ _id }: PhoneNumber) => press(_id, true),
    },
  };
};
