import { useState } from 'react';
import { isOfAnotherList, type Selection, type ShownList } from './selection.ts';

/** What is known of the numbers that a selection of all excepts. */
export interface Excepted {
  selection: Selection | null;
  list: ShownList | null;
  /** Which of them match still; those of which that is not known are not in it. */
  matching: ReadonlyMap<string, boolean>;
}

export const NONE_EXCEPTED: Excepted = { selection: null, list: null, matching: new Map() };

const isMatching = (id: string, list: ShownList, isNew: boolean, asBefore: boolean | undefined) => {
  if (list.read.places.has(id)) return true;
  // One that only stays where it was, or is in none of the rows, matches no longer.
  if (list.read.isAll || list.indexOfKey(id) !== undefined) return false;
  // It was in the list when it was unticked.
  return isNew ? true : asBefore;
};

/**
 * What the list on the screen tells of excepted numbers. Others may have changed or deleted one: in a list that was
 * read anew, of those out of sight nothing is known any longer.
 */
export const lookAtExcepted = (selection: Selection, list: ShownList, before: Excepted): Excepted => {
  if (selection === before.selection && list === before.list) return before;
  if (selection.kind === 'some') return NONE_EXCEPTED;
  const known = before.selection?.kind === 'all' ? before.selection : null;
  const isSame = known?.question === selection.question;
  const isElsewhere = isOfAnotherList(selection, list.filters);
  if (isSame && isElsewhere) return before;
  const isAsRead = isSame && before.list?.read.at === list.read.at;
  const matching = new Map<string, boolean>();
  for (const id of selection.except) {
    const isNew = !isSame || !known.except.has(id);
    const asBefore = isAsRead ? before.matching.get(id) : undefined;
    const is = isElsewhere || isMatching(id, list, isNew, asBefore);
    if (is !== undefined) matching.set(id, is);
  }
  return { selection, list, matching };
};

/** How many numbers a selection leaves out of those that match; null where nobody knows. */
export const countExcepted = (selection: Selection, { matching }: Excepted): number | null => {
  if (selection.kind === 'some') return 0;
  if (matching.size < selection.except.size) return null;
  return [...matching.values()].filter(Boolean).length;
};

/** As `countExcepted`, kept true while the list changes. */
export const useExcepted = (selection: Selection, list: ShownList): number | null => {
  const [known, setKnown] = useState(NONE_EXCEPTED);
  const next = lookAtExcepted(selection, list, known);
  if (next !== known) setKnown(next);
  return countExcepted(selection, next);
};
