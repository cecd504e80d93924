import { useSyncExternalStore } from 'react';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import type { GridColumn } from '#client/components/data-grid/grid-row.tsx';
import {
  canTick,
  clearSelection,
  isSelected,
  press,
  selectAll,
  subscribe,
  useSelection,
  WHY_NOT_TICKED,
} from './selection.ts';

const SelectBox = ({ record, tabIndex }: { record: PhoneNumber; tabIndex: 0 | -1 }) => {
  const isOn = useSyncExternalStore(subscribe, () => isSelected(record._id));
  const isOpen = useSyncExternalStore(subscribe, canTick);
  return (
    <input
      type="checkbox"
      aria-label={`Select ${record.phone_number_international}`}
      tabIndex={tabIndex}
      ref={(box) => {
        // Whether this row is one of those selected is not known here.
        if (box) box.indeterminate = !isOpen;
      }}
      checked={isOn}
      aria-disabled={!isOpen || undefined}
      title={isOpen ? undefined : WHY_NOT_TICKED}
      data-tick=""
      // Else Shift and a press would mark the text of all rows between.
      onMouseDown={(event) => (event.shiftKey ? event.preventDefault() : undefined)}
      // Else the browser would draw it as ticked, or as free to be.
      onClick={(event) => (isOpen ? undefined : event.preventDefault())}
      onChange={({ nativeEvent }) => press(record._id, (nativeEvent as MouseEvent).shiftKey)}
    />
  );
};

const SelectAllBox = () => {
  const selection = useSelection();
  const isOpen = useSyncExternalStore(subscribe, canTick);
  const isAll = isOpen && selection?.kind === 'all' && selection.except.size === 0;
  return (
    <input
      type="checkbox"
      aria-label="Select all that match"
      ref={(box) => {
        if (box) box.indeterminate = selection !== null && !isAll;
      }}
      checked={isAll}
      aria-disabled={!isOpen || undefined}
      title={isOpen ? undefined : WHY_NOT_TICKED}
      data-tick=""
      // Else the browser would draw it as ticked.
      onClick={(event) => (isOpen ? undefined : event.preventDefault())}
      onChange={isAll ? clearSelection : selectAll}
    />
  );
};

/** The column of boxes, of one width wherever the list is laid out. */
export const selectColumn: GridColumn<PhoneNumber> = {
  id: 'select',
  header: 'Select',
  renderHeader: () => <SelectAllBox />,
  isSelecting: true,
  hasControl: true,
  isAside: true,
  isFitting: true,
  className: 'cursor-auto group-data-[layout=stacked]/grid:row-span-2',
  render: (record, tabIndex) => <SelectBox record={record} tabIndex={tabIndex} />,
};

export const SELECT_PX = 32;
