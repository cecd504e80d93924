import { failedMessage } from '#client/api/api-error.ts';
import { toast } from '#client/lib/toast.ts';
import { PAGE_ROWS } from '#client/features/numbers/list-url.ts';
import { isSelected, range, setSelected, shownList, type Range, type ShownList } from './selection.ts';

/** The ids of these rows, read where they are not at hand. */
const idsBetween = async (list: ShownList, from: number, to: number): Promise<string[]> => {
  const ids = new Set<string>();
  const missing: number[] = [];
  for (let index = from; index <= to; index++) {
    const row = list.rowAt(index);
    if (row === undefined) missing.push(index);
    else ids.add(row._id);
  }
  // One after the other: each begins where the one before has ended.
  for (const page of new Set(missing.map((index) => Math.floor(index / PAGE_ROWS)))) {
    const { phone_numbers: rows } = await list.readPage(page);
    for (const index of missing) {
      const row = Math.floor(index / PAGE_ROWS) === page ? rows[index % PAGE_ROWS] : undefined;
      if (row) ids.add(row._id);
    }
  }
  return [...ids];
};

const extend = async (held: Range, id: string): Promise<void> => {
  const list = shownList();
  const [from, to] = [list?.indexOfKey(held.anchor), list?.indexOfKey(id)];
  if (list === null || from === undefined || to === undefined) return;
  const ids = await idsBetween(list, Math.min(from, to), Math.max(from, to));
  // Cleared, or begun anew elsewhere, while rows were read.
  if (range.current !== held) return;
  const within = new Set(ids);
  const added = ids.filter((other) => isSelected(other) !== held.isOn);
  const left = held.touched.filter((other) => !within.has(other));
  if (left.length > 0) setSelected(left, !held.isOn);
  if (added.length > 0) setSelected(added, held.isOn);
  held.touched = [...held.touched.filter((other) => within.has(other)), ...added];
};

let turn = Promise.resolve();

/**
 * From where the last press was to this row, all as that press left it; what an earlier range had beyond is
 * given back. One after the other, however fast the keys come.
 */
export const selectTo = (held: Range, id: string): void => {
  turn = turn
    .then(() => extend(held, id))
    .catch((thrown: unknown) =>
      toast({ message: failedMessage('The rows between', 'could not be read', thrown), tone: 'harm' }),
    );
};
