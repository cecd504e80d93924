export interface GridCell {
  row: number;
  column: number;
}

interface Bounds {
  rows: number;
  columns: number;
  /** Rows in sight: how far PageDown goes. */
  page: number;
  /** The column of the first cell that tells something: before it are those that only select. */
  home?: number;
}

type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** A key by its name; of a letter Shift says the case, whatever Caps Lock has made of it. */
export const keyOf = ({ key, shiftKey }: Pick<Key, 'key' | 'shiftKey'>): string =>
  key.length > 1 ? key : shiftKey ? key.toUpperCase() : key.toLowerCase();

const clamp = (value: number, last: number) => Math.max(0, Math.min(value, last));

/** Where a key leads from a cell; null when it is no key of movement. */
export const moveOf = (
  pressed: Key,
  from: GridCell,
  { rows, columns, page, home = 0 }: Bounds,
): GridCell | null => {
  const { ctrlKey, metaKey, altKey, shiftKey } = pressed;
  if (altKey || shiftKey) return null;
  const key = keyOf(pressed);
  const to = (row: number, column = from.column) => ({
    row: clamp(row, rows - 1),
    column: clamp(column, columns - 1),
  });
  if (ctrlKey || metaKey) {
    if (key === 'Home') return to(0, home);
    return key === 'End' ? to(rows - 1, columns - 1) : null;
  }
  switch (key) {
    case 'ArrowDown':
    case 'j':
      return to(from.row + 1);
    case 'ArrowUp':
    case 'k':
      return to(from.row - 1);
    case 'PageDown':
      return to(from.row + page);
    case 'PageUp':
      return to(from.row - page);
    case 'ArrowRight':
      return to(from.row, from.column + 1);
    case 'ArrowLeft':
      return to(from.row, from.column - 1);
    case 'Home':
      return to(from.row, 0);
    case 'End':
      return to(from.row, columns - 1);
    default:
      return null;
  }
};
