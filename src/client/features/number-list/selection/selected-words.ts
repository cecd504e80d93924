import type { Selected } from '#client/features/bulk/questions.ts';
import { chipName, filterWords, type Agents } from '#client/features/number-list/filters/filter-words.ts';
import { activeFilters, filterValues } from '#client/features/numbers/list-url.ts';
import { filterOf } from '#client/features/views/queries.ts';
import { formatCount } from '#client/lib/words/format.ts';
import { labelsAtHand } from './labels-at-hand.ts';
import { countOfAll } from './selection-words.ts';
import { canTick, type Selection } from './selection.ts';

/** What is selected, as a bulk change takes it and says it. `excepted`: as selection-words.ts takes it. */
export const selectedOf = (selection: Selection, excepted: number | null, agents: Agents): Selected => {
  if (selection.kind === 'some')
    return {
      select: { ids: [...selection.ids.keys()] },
      words: `${formatCount(selection.ids.size)} selected ${selection.ids.size === 1 ? 'number' : 'numbers'}`,
      labels: labelsAtHand(selection),
    };
  const { filters, except, total } = selection;
  const deleted = filters.deleted === undefined ? '' : 'deleted ';
  const noun = `${deleted}${total === 1 ? 'number' : 'numbers'}`;
  const counted = countOfAll(selection, excepted);
  const count =
    excepted !== 0
      ? `${counted ?? `all but ${formatCount(except.size)}`} ${noun}`
      : `all ${counted === null ? '' : `${counted} `}${noun}`;
  const active = activeFilters(filters).filter((name) => name !== 'deleted');
  return {
    select: {
      filter: filterOf(filters),
      ...(except.size > 0 && { except_ids: [...except] }),
    },
    words: `${count}${active.length > 0 ? ' that match' : ''}${canTick() ? '' : ' in another list'}`,
    labels: labelsAtHand(selection),
    filter: active.map((name) => {
      const values = filterValues(filters, name);
      return `${chipName(name, values)}: ${filterWords(name, values, agents)}`;
    }),
  };
};
