import { activeFilters } from '#client/features/numbers/list-url.ts';
import { formatCount } from '#client/lib/words/format.ts';
import { countNotShown, isOfAnotherList, type Selection, type ShownList } from './selection.ts';

/** `273 of 274`, `≈ 274`; of all, where nobody counted them or those that are left out, null. */
export const countOfAll = (
  { total, isExact }: Pick<Extract<Selection, { kind: 'all' }>, 'total' | 'isExact'>,
  excepted: number | null,
): string | null => {
  if (total === undefined || excepted === null) return null;
  const count = Math.max(0, total - excepted);
  const of = excepted > 0 ? ` of ${formatCount(total)}` : '';
  return `${isExact ? '' : '≈\u2009'}${formatCount(count)}${of}`;
};

/**
 * `12 selected, 9 not shown`; `All 4,871 that match`; `273 of 274 selected in another list`. `excepted`: of all, how
 * many that match are not selected; null where nobody knows.
 */
export const selectionWords = (selection: Selection, list: ShownList, excepted: number | null): string => {
  if (selection.kind === 'some') {
    const notShown = countNotShown(selection.ids, list);
    return `${formatCount(selection.ids.size)} selected${notShown > 0 ? `, ${formatCount(notShown)} not shown` : ''}`;
  }
  const { filters, except } = selection;
  const counted = countOfAll(selection, excepted);
  const isElsewhere = isOfAnotherList(selection, list.filters);
  const where = isElsewhere ? ' in another list' : '';
  if (excepted !== 0) return `${counted ?? `All but ${formatCount(except.size)}`} selected${where}`;
  const all = counted === null ? 'All' : `All ${counted}`;
  if (isElsewhere) return `${all} selected${where}`;
  return `${all} ${activeFilters(filters).length > 0 ? 'that match' : 'numbers'}`;
};
