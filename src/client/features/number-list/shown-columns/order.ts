import { listColumns, type ListColumn } from '#contract/numbers/list/list-columns.ts';
import { moved } from '#client/lib/pointer/moved.ts';

type Columns = readonly ListColumn[];

/*
 * The panel lists every column but the number: those that are shown in their order, and between them, where they were
 * left, those that are not. So a box that is ticked again stands where it stood.
 */

const movable: Columns = listColumns.filter((id) => id !== 'phone_number');

/** Those of `order` that are shown, as they are stored. */
export const shownOf = (order: Columns, isShown: (id: ListColumn) => boolean): ListColumn[] => [
  'phone_number',
  ...order.filter(isShown),
];

/** The order for these columns: as it was if it still says the same, else they first and all others behind. */
export const orderFor = (shown: Columns, before: Columns = []): Columns =>
  before.length === movable.length &&
  shownOf(before, (id) => shown.includes(id)).join() === shownOf(shown, (id) => movable.includes(id)).join()
    ? before
    : [...shown.filter((id) => movable.includes(id)), ...movable.filter((id) => !shown.includes(id))];

/** The order with one column further up (-1) or down (1); undefined where it stands at the end already. */
export const stepped = (order: Columns, id: ListColumn, step: -1 | 1): Columns | undefined => {
  const to = order.indexOf(id) + step;
  return to < 0 || to >= order.length ? undefined : moved(order, to - step, to);
};
