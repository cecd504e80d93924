import { useMemo } from 'react';
import type { GridLayout, LaidOut } from '#client/components/data-grid/use-grid-layout.ts';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { SELECT_PX, selectColumn } from './select-column.tsx';
import { clearSelection, extendSelection, hasSelection, press, rowSelection } from './selection.ts';

type Layouts = Record<GridLayout, LaidOut<PhoneNumber>>;

const withBoxes = ({ columns, template, leastWidth }: LaidOut<PhoneNumber>): LaidOut<PhoneNumber> => ({
  columns: [selectColumn, ...columns],
  template: `${SELECT_PX}px ${template}`,
  leastWidth: leastWidth + SELECT_PX,
});

/** What the grid needs for its rows to be selected; without the right to it, the grid as it was. */
export const useSelecting = (
  isAllowed: boolean,
  plain: Layouts,
  rowAt: (index: number) => PhoneNumber | undefined,
  onEscape: () => void,
) => {
  const layouts = useMemo(() => {
    if (!isAllowed) return plain;
    const { wide, snug, tight, stacked } = plain;
    return {
      wide: withBoxes(wide),
      snug: withBoxes(snug),
      tight: withBoxes(tight),
      stacked: withBoxes(stacked),
    };
  }, [isAllowed, plain]);
  return {
    layouts,
    selection: isAllowed ? rowSelection : null,
    onExtend: (from: number, to: number) => extendSelection(rowAt(from)?._id, rowAt(to)?._id),
    onEscape: () => (hasSelection() ? clearSelection() : onEscape()),
    keys: isAllowed && {
      x: ({ _id }: PhoneNumber) => press(_id, false),
      X: ({ _id }: PhoneNumber) => press(_id, true),
    },
  };
};
