import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { findLabels } from '#client/features/labels/queries.ts';
import { filterValues, type FilterChanges, type ListFilters } from '#client/features/numbers/list-url.ts';
import { useDebounced } from '#client/lib/use-debounced.ts';
import { plural } from '#client/lib/words/format.ts';
import { FilterMenu, type MenuPlace } from './filter-menu.tsx';
import { MenuTabs } from './menu-tabs.tsx';

const REST_MS = 120;
const modes = { label_any: 'Any of', label_all: 'All of', label_none: 'None of' } as const;
export type LabelFilterName = keyof typeof modes;

const useLabels = (typed: string) => {
  const q = useDebounced(typed.trim(), REST_MS);
  const found = useQuery({
    queryKey: ['labels', q],
    queryFn: ({ signal }) => findLabels({ q }, signal),
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 10_000,
  });
  return { ...found, isPending: found.isPending || found.isPlaceholderData || q !== typed.trim() };
};

interface LabelFilterMenuProps extends MenuPlace {
  name: LabelFilterName;
  filters: ListFilters;
  onFilter: (changes: FilterChanges) => void;
}

/** Labels that numbers must carry, any or all of them, or must not. The server finds them: there may be many. */
export const LabelFilterMenu = ({ name, filters, onFilter, ...props }: LabelFilterMenuProps) => {
  const [mode, setMode] = useState(name);
  const [typed, setTyped] = useState('');
  const { data, isPending, isError } = useLabels(typed);
  const found = data?.labels ?? [];
  // However the address spells it, it is the label of the list.
  const values = filterValues(filters, mode).map(
    (value) => found.find(({ label }) => label.toLowerCase() === value.toLowerCase())?.label ?? value,
  );
  const counted = found.map(({ label, count }) => ({ value: label, label, hint: plural(count, 'number') }));
  const unlisted = values.filter((value) => found.every(({ label }) => label !== value));
  const none = () => {
    if (isError) return 'The labels cannot be read at the moment.';
    if (isPending) return 'Reading the labels';
    return typed.trim() === '' ? 'No number carries a label.' : 'No label is called that.';
  };
  return (
    <FilterMenu
      {...props}
      label="Label"
      options={[...unlisted.map((value) => ({ value, label: value })), ...counted]}
      values={values}
      placeholder="Find a label"
      onType={setTyped}
      none={none()}
      onChoose={(chosen) => onFilter({ [mode]: chosen })}
    >
      <MenuTabs label="Which of them" tabs={modes} chosen={mode} onChoose={setMode} />
    </FilterMenu>
  );
};
