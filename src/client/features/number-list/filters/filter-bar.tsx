import { Suspense, useRef, useState } from 'react';
import { useConnectionNames } from '#client/features/connections/queries.ts';
import { lazyPart } from '#client/lib/lazy-part.ts';
import {
  filterNames,
  filterValues,
  sortFieldOf,
  type FilterChanges,
  type FilterName,
  type ListFilters,
} from '#client/features/numbers/list-url.ts';
import { sortWords } from '#client/lib/words/list-words.ts';
import { FilterChip } from './filter-chip.tsx';
import { chipName, filterWords, type Agents } from './filter-words.ts';
import type { OpenMenu } from './open-filter-menu.tsx';

const loadMenus = () => import('./open-filter-menu.tsx');
const OpenFilterMenu = lazyPart(() => loadMenus().then((file) => ({ default: file.OpenFilterMenu })));
const onIntent = () => void loadMenus();

// Those offered in the bar stand before the menu of all others, which stays in its place while one of them is
// chosen.
const offered: readonly FilterName[] = ['provider', 'agent_id', 'answering_now'];
const agentNames: readonly FilterName[] = ['inbound_agent_id', 'outbound_agent_id'];
const first: readonly FilterName[] = ['provider', 'agent_id', ...agentNames, 'answering_now'];
const others = filterNames.filter((name) => name !== 'q' && !first.includes(name));
const withoutMenu: readonly FilterName[] = ['routed_agent_id', 'fingerprint', 'deleted'];

interface FilterBarProps {
  filters: ListFilters;
  agents: Agents;
  /** What the list is sorted by says so in the head of its column, where that is shown. */
  columns: readonly string[];
  onFilter: (changes: FilterChanges) => void;
}

/**
 * The chips of the list. Which are set stands in the address; their menus are fetched when the hand comes
 * near.
 */
export const FilterBar = ({ filters, agents, columns, onFilter }: FilterBarProps) => {
  const [open, setOpen] = useState<OpenMenu | null>(null);
  // Its chip has its name once that is here.
  useConnectionNames(filters.connection !== undefined);
  const addFilter = useRef<HTMLButtonElement>(null);
  const opening = (menu: OpenMenu['menu']) => (anchor: HTMLElement) =>
    // A second press on the same chip closes its menu.
    setOpen((before) => (before?.anchor === anchor ? null : { anchor, menu }));
  const isSet = (name: FilterName) => filters[name] !== undefined;
  // Also while its menu is open: that stands at it.
  const isShown = (name: FilterName) =>
    isSet(name) ||
    open?.menu === name ||
    (offered.includes(name) &&
      !(name === 'agent_id' && agentNames.some(isSet)) &&
      // Nobody answers a deleted number.
      !(name === 'answering_now' && isSet('deleted')));

  const clear = (name: FilterName) => {
    onFilter({ [name]: undefined });
    // The button that was pressed goes.
    addFilter.current?.focus();
  };

  const chip = (name: FilterName) => {
    const values = filterValues(filters, name);
    return (
      <FilterChip
        key={name}
        name={chipName(name, values)}
        value={
          values.length > 0 ? filterWords(name, values, agents) : name === 'provider' ? 'any' : undefined
        }
        onOpen={withoutMenu.includes(name) ? undefined : opening(name)}
        onClear={values.length > 0 ? () => clear(name) : undefined}
        onIntent={onIntent}
      />
    );
  };

  return (
    <>
      {first.filter(isShown).map(chip)}
      <FilterChip
        ref={addFilter}
        name="Filter"
        label="Add a filter"
        onOpen={opening('more')}
        onIntent={onIntent}
      />
      {others.filter(isShown).map(chip)}
      {!isSet('deleted') && (
        <FilterChip
          name="Sort"
          value={sortWords(filters.sort)}
          onOpen={opening('sort')}
          onIntent={onIntent}
          isTerse
          className={columns.includes(sortFieldOf(filters.sort)) ? 'min-[63.5rem]:hidden' : undefined}
        />
      )}
      <Suspense>
        {open && (
          <OpenFilterMenu
            key={open.menu}
            {...open}
            back={() => addFilter.current}
            filters={filters}
            agents={agents}
            onFilter={onFilter}
            onOpen={setOpen}
          />
        )}
      </Suspense>
    </>
  );
};
