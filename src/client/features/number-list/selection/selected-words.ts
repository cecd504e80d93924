import type { Selected } from '#client/features/bulk/questions.ts';
import { chipName, filterWords, type Agents } from '#client/features/number-list/filters/filter-words.ts';
import { activeFilters, filterValues } from '#client/features/numbers/list-url.ts';
import { filterOf } from '#client/features/views/queries.ts';
import { formatCount, plural } from '#client/lib/words/format.ts';
import type { Selection } from './selection.ts';

/** What is selected, as a bulk change takes it and says it. */
export const selectedOf = (selection: Selection, agents: Agents): Selected => {
  if (selection.kind === 'some')
    return {
      select: { ids: [...selection.ids.keys()] },
      words: `${formatCount(selection.ids.size)} selected ${selection.ids.size === 1 ? 'number' : 'numbers'}`,
    };
  const { filters, except, total, isExact } = selection;
  const noun = filters.deleted === undefined ? 'number' : 'deleted number';
  const count =
    total === undefined ? `all ${noun}s` : `all ${isExact ? '' : '≈\u2009'}${plural(total, noun)}`;
  const active = activeFilters(filters).filter((name) => name !== 'deleted');
  return {
    select: {
      filter: filterOf(filters),
      ...(except.size > 0 && { except_ids: [...except] }),
    },
    words: `${count}${active.length > 0 ? ' that match' : ''}${except.size > 0 ? ` but ${formatCount(except.size)}` : ''}`,
    filter: active.map((name) => {
      const values = filterValues(filters, name);
      return `${chipName(name, values)}: ${filterWords(name, values, agents)}`;
    }),
  };
};
