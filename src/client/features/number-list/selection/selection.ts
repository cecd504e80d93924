import { useSyncExternalStore } from 'react';
import type { PhoneNumberList } from '#contract/numbers/list/phone-number-list.ts';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { fetchPart } from '#client/lib/fetch-part.ts';
import { toast } from '#client/lib/toast.ts';
import { formatCount } from '#client/lib/words/format.ts';
import { DEFAULT_SORT, searchOf, type ListFilters } from '#client/features/numbers/list-url.ts';

/*
 * Which numbers are selected. Kept beside React, so that a press draws one row anew, and by id, or by the
 * filter and what is excepted from it, so that it outlives scrolling, loading and what others change.
 */

export type Selection =
  /** One by one, each with the question to the list in which it was ticked. */
  | { kind: 'some'; ids: ReadonlyMap<string, string> }
  /** All that match; `total`: how many those were when last seen. */
  | {
      kind: 'all';
      filters: ListFilters;
      question: string;
      except: ReadonlySet<string>;
      total: number | undefined;
      isExact: boolean;
    };

/** What is at hand of a list. */
export interface RowsRead {
  /** By id, where the list has the rows that were read; others may only stay where they were. */
  places: ReadonlyMap<string, number>;
  /** Whether those are all. */
  isAll: boolean;
  /** When it was last read anew, or a row of it. */
  at: number;
}

/** The list on the screen. */
export interface ShownList {
  filters: ListFilters;
  total: number | undefined;
  isExact: boolean;
  rows: number;
  read: RowsRead;
  rowAt: (index: number) => PhoneNumber | undefined;
  indexOfKey: (id: string) => number | undefined;
  readPage: (page: number) => Promise<PhoneNumberList>;
}

/** What the API takes in one selection. */
const MAX_IDS = 5000;
const MAX_EXCEPT = 1000;

/** A list as its filters say it, in whatever order. */
const questionOf = (filters: ListFilters) => searchOf({ ...filters, sort: DEFAULT_SORT });

let selection: Selection | null = null;
let shown: (ShownList & { question: string }) | null = null;

/** Where the last press was and where Shift has led from there; all between is on, or off. */
export interface Range {
  readonly anchor: string;
  lead: string;
  readonly isOn: boolean;
  /** What the range itself has ticked or unticked. */
  touched: string[];
}
export const range: { current: Range | null } = { current: null };

const subscribers = new Set<() => void>();
export const subscribe = (notify: () => void): (() => void) => {
  subscribers.add(notify);
  return () => void subscribers.delete(notify);
};
const put = (next: Selection | null): void => {
  selection = next;
  for (const notify of subscribers) notify();
};

export const shownList = () => shown;
export const useSelection = () => useSyncExternalStore(subscribe, () => selection);

/** Null when the screen is left. The selection ends with it, and between numbers that are there and deleted ones. */
export const noteShownList = (list: ShownList | null): void => {
  const before = shown;
  shown = list && { ...list, question: questionOf(list.filters) };
  if (shown === null || (before !== null && before.filters.deleted !== shown.filters.deleted))
    return clearSelection();
  if (selection === null) return;
  const { question, total, isExact } = shown;
  if (selection.kind === 'all' && selection.question === question && total !== undefined) {
    if (selection.total !== total || selection.isExact !== isExact)
      return put({ ...selection, total, isExact });
  }
  // Which rows are selected may be another answer now.
  if (before?.question !== question) put({ ...selection });
};

export const isSelected = (id: string): boolean => {
  if (selection === null) return false;
  if (selection.kind === 'some') return selection.ids.has(id);
  return selection.question === shown?.question && !selection.except.has(id);
};

export const hasSelection = () => selection !== null;
export const rowSelection = { subscribe, has: isSelected };

/** Whether these are all of a list other than this one. */
export const isOfAnotherList = (selected: Selection, filters: ListFilters): boolean =>
  selected.kind === 'all' && selected.question !== questionOf(filters);

/** Whether the rows on the screen can be ticked: all of another list are selected until that ends. */
export const canTick = (): boolean => selection?.kind !== 'all' || selection.question === shown?.question;

export const clearSelection = (): void => {
  range.current = null;
  if (selection !== null) put(null);
};

export const WHY_NOT_TICKED = 'Numbers of another list are selected: clear that selection to select here.';

const sayWhyNot = (): void =>
  toast({ message: WHY_NOT_TICKED, action: { label: 'Clear it', run: clearSelection } });

/** All that the list matches. Of another list's numbers it says that they are selected, and keeps them. */
export const selectAll = (): void => {
  if (shown === null || shown.rows === 0) return;
  if (!canTick()) return sayWhyNot();
  const { filters, question, total, isExact } = shown;
  range.current = null;
  put({ kind: 'all', filters, question, except: new Set(), total, isExact });
};

/** Ticks or unticks. Says so, and does nothing, where that would be more than can be done in one act. */
export const setSelected = (ids: readonly string[], isOn: boolean): void => {
  if (shown === null || !canTick()) return;
  if (selection?.kind === 'all') {
    const except = new Set(selection.except);
    for (const id of ids)
      if (isOn) except.delete(id);
      else except.add(id);
    if (except.size > MAX_EXCEPT)
      return toast({ message: `At most ${formatCount(MAX_EXCEPT)} numbers can be excepted.`, tone: 'harm' });
    return put({ ...selection, except });
  }
  const next = new Map(selection?.ids);
  for (const id of ids)
    if (!isOn) next.delete(id);
    else if (!next.has(id)) next.set(id, shown.question);
  if (next.size > MAX_IDS)
    return toast({
      message: `At most ${formatCount(MAX_IDS)} numbers can be selected one by one. To select all that match, tick the box at the head of the list.`,
      tone: 'harm',
    });
  put(next.size === 0 ? null : { kind: 'some', ids: next });
};

const toggle = (id: string): void => {
  const isOn = !isSelected(id);
  range.current = { anchor: id, lead: id, isOn, touched: [] };
  setSelected([id], isOn);
};

let rangePart: Promise<{ selectTo: (held: Range, id: string) => void }> | undefined;

/** With Shift: from the last press to this row. Without such a press it is one itself. */
export const press = (id: string, isToHere: boolean): void => {
  if (!canTick()) return sayWhyNot();
  const held = range.current;
  if (!isToHere || held === null) return toggle(id);
  held.lead = id;
  // One promise for all presses: of two, the later might be there first, and the range would end at the other.
  rangePart ??= fetchPart(() => import('./select-range.ts'));
  void rangePart.then(({ selectTo }) => selectTo(held, id));
};

/** With Shift and an arrow: the row that had the focus, and the one that has it now. */
export const extendSelection = (from: string | undefined, to: string | undefined): void => {
  if (from === undefined || to === undefined || !canTick()) return;
  if (range.current?.lead !== from) {
    range.current = { anchor: from, lead: from, isOn: true, touched: [] };
    setSelected([from], true);
  }
  press(to, true);
};

/** How many of those ticked one by one a list does not have, as far as is known. */
export const countNotShown = (ids: ReadonlyMap<string, string>, list: ShownList): number => {
  const asked = questionOf(list.filters);
  let count = 0;
  for (const [id, question] of ids) if (question !== asked && list.indexOfKey(id) === undefined) count++;
  return count;
};
