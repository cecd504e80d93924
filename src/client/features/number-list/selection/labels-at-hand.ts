import type { PhoneNumberList } from '#contract/numbers/list/phone-number-list.ts';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { lookOf } from '#contract/reading/text.ts';
import { queryClient } from '#client/api/query-client.ts';
import { searchOf } from '#client/features/numbers/list-url.ts';
import { listsKey } from '#client/features/numbers/records.ts';
import { canTick, shownList, type Selection } from './selection.ts';

/** By id, those of the selected numbers that were read. */
const numbersAtHand = (selection: Selection): ReadonlyMap<string, PhoneNumber> => {
  // Whichever order their list is shown in now.
  const shown = canTick() ? shownList()?.filters : undefined;
  const queryKey =
    selection.kind === 'some'
      ? listsKey
      : [...listsKey, searchOf({ ...selection.filters, sort: (shown ?? selection.filters).sort })];
  const found = new Map<string, PhoneNumber>();
  for (const [, list] of queryClient.getQueriesData<PhoneNumberList>({ queryKey }))
    for (const record of list?.phone_numbers ?? []) {
      const isIn =
        selection.kind === 'some' ? selection.ids.has(record._id) : !selection.except.has(record._id);
      if (isIn) found.set(record._id, record);
    }
  return found;
};

/** The labels that selected numbers carry, as far as their rows were read; those of most numbers first. */
export const labelsAtHand = (selection: Selection): string[] => {
  const counted = new Map<string, { label: string; count: number }>();
  for (const { labels } of numbersAtHand(selection).values())
    for (const label of labels) {
      const known = counted.get(lookOf(label)) ?? { label, count: 0 };
      known.count += 1;
      counted.set(lookOf(label), known);
    }
  return [...counted.values()]
    .toSorted((one, other) => other.count - one.count || one.label.localeCompare(other.label))
    .map(({ label }) => label);
};
