import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';

/** Where the list has the rows that were read, by their keys. */
export type Places = ReadonlyMap<string, number>;
type RowInList = (place: number) => PhoneNumber | undefined;

interface Held {
  index: number;
  /** For where no page holds it any more. */
  record: PhoneNumber;
}

/** Rows of a list that stay where they are shown, wherever the list has them by now. */
export interface HeldRows {
  listId: string;
  count: number;
  /** How many of them the list no longer has, as far as it was read. */
  away: (places: Places) => number;
  rowAt: (index: number, places: Places, rowInList: RowInList) => PhoneNumber | undefined;
  indexOf: (key: string, places: Places) => number | undefined;
  with: (key: string, held: Held) => HeldRows;
  without: (keys: readonly string[]) => HeldRows;
}

const ascending = (places: Iterable<number>) => [...places].sort((a, b) => a - b);
/** The place among all rows of one that is `place`-th among those not `taken`. */
const among = (taken: readonly number[], place: number) =>
  taken.reduce((at, other) => (other <= at ? at + 1 : at), place);
const passed = (taken: readonly number[], place: number) => taken.filter((other) => other < place).length;

export const holdRows = (listId: string, rows: ReadonlyMap<string, Held> = new Map()): HeldRows => {
  const shown = ascending([...rows.values()].map(({ index }) => index));
  const listed = (places: Places) => ascending([...rows.keys()].flatMap((key) => places.get(key) ?? []));
  return {
    listId,
    count: rows.size,
    away: (places) => [...rows.keys()].filter((key) => !places.has(key)).length,
    rowAt: (index, places, rowInList) => {
      const own = [...rows].find(([, held]) => held.index === index);
      if (own === undefined) return rowInList(among(listed(places), index - passed(shown, index)));
      const place = places.get(own[0]);
      return (place === undefined ? undefined : rowInList(place)) ?? own[1].record;
    },
    indexOf: (key, places) => {
      const place = places.get(key);
      const own = rows.get(key);
      if (own !== undefined || place === undefined) return own?.index;
      return among(shown, place - passed(listed(places), place));
    },
    with: (key, held) => holdRows(listId, new Map([...rows, [key, held]])),
    without: (keys) => holdRows(listId, new Map([...rows].filter(([key]) => !keys.includes(key)))),
  };
};
