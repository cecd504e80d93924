import { Suspense, useState } from 'react';
import { NONE, type PhoneNumberSort } from '#contract/numbers/list/list-filters.ts';
import { useConnectionNames } from '#client/features/connections/queries.ts';
import { lazyPart } from '#client/lib/lazy-part.ts';
import { countries } from '#client/lib/words/countries.ts';
import {
  filterValues,
  type FilterChanges,
  type FilterName,
  type ListFilters,
} from '#client/features/numbers/list-url.ts';
import { choiceNames, filterLabels, sortWords } from '#client/lib/words/list-words.ts';
import { AgentFilterMenu } from './agent-filter-menu.tsx';
import { FilterMenu, type FilterOption } from './filter-menu.tsx';
import { valueWords, type Agents } from './filter-words.ts';
import { LabelFilterMenu } from './label-filter-menu.tsx';
import { sinceOptions } from './since-options.ts';

const SinceDate = lazyPart(() => import('./since-date.tsx').then((file) => ({ default: file.SinceDate })));

export interface OpenMenu {
  anchor: HTMLElement;
  menu: FilterName | 'more' | 'sort';
}

interface OpenFilterMenuProps extends OpenMenu {
  filters: ListFilters;
  agents: Agents;
  onFilter: (changes: FilterChanges) => void;
  back: () => HTMLElement | null;
  /** Another menu in the place of this one, or none. */
  onOpen: (menu: OpenMenu | null) => void;
}

const optionsOf = (names: Readonly<Record<string, string>> = {}): FilterOption[] =>
  Object.entries(names).map(([value, label]) => ({ value, label }));

const named = (...names: FilterName[]): FilterOption[] =>
  names.map((value) => ({ value, label: filterLabels[value] }));

/** Those of connections are offered where there are any. */
const moreOptions = (hasConnections: boolean): FilterOption[] => [
  { value: 'label_any', label: 'Label' },
  ...named('country', 'region', 'has_labels', 'has_credential', 'changed_since'),
  ...(hasConnections ? named('link_state', 'connection') : []),
  ...named('deleted'),
  { value: 'sort', label: 'Sort by…' },
];

const sorts: readonly PhoneNumberSort[] = [
  '-updated_at',
  'updated_at',
  '-created_at',
  'phone_number',
  'friendly_name',
  'provider',
  'country',
];

const countryOptions = (): FilterOption[] => [
  ...countries().map(({ code, name }) => ({ value: code, label: name, hint: code })),
  { value: NONE, label: 'No one country' },
];

const answeringOptions = (agents: Agents): FilterOption[] => [
  ...optionsOf(choiceNames.answering_now),
  ...Array.from(agents?.values() ?? [], ({ ai_agent_id: value, agent_name: label }) => ({ value, label })),
];

/** The menu that is open, whichever chip has asked for it. */
export const OpenFilterMenu = ({
  anchor,
  back,
  menu,
  filters,
  agents,
  onFilter,
  onOpen,
}: OpenFilterMenuProps) => {
  const connections = useConnectionNames();
  const [openedAt] = useState(() => new Date());
  const shared = { anchor, back, filters, onFilter, onClose: () => onOpen(null) };
  if (menu === 'more')
    return (
      <FilterMenu
        {...shared}
        label="Add a filter"
        options={moreOptions((connections?.size ?? 0) > 0)}
        values={[]}
        isSingle
        onChoose={([chosen]) =>
          chosen === 'deleted'
            ? onFilter({ deleted: 'true', answering_now: undefined })
            : onOpen({ anchor, menu: chosen as FilterName })
        }
      />
    );
  if (menu === 'sort')
    return (
      <FilterMenu
        {...shared}
        label="Sort"
        options={[...new Set([...sorts, filters.sort])].map((value) => ({ value, label: sortWords(value) }))}
        values={[filters.sort]}
        isSingle
        onChoose={([chosen]) => onFilter({ sort: chosen ?? filters.sort })}
      />
    );
  if (menu === 'agent_id' || menu === 'inbound_agent_id' || menu === 'outbound_agent_id')
    return <AgentFilterMenu {...shared} name={menu} />;
  if (menu === 'label_any' || menu === 'label_all' || menu === 'label_none')
    return <LabelFilterMenu {...shared} name={menu} />;

  const values = filterValues(filters, menu);
  const common = { ...shared, label: filterLabels[menu], values };
  const several = (chosen: string[]) => onFilter({ [menu]: chosen });
  if (menu === 'country')
    return (
      <FilterMenu {...common} options={countryOptions()} placeholder="Find a country" onChoose={several} />
    );
  if (menu === 'answering_now')
    return (
      <FilterMenu
        {...common}
        options={answeringOptions(agents)}
        placeholder="Find an agent"
        onChoose={several}
      />
    );
  if (menu === 'connection')
    return (
      <FilterMenu
        {...common}
        options={Array.from(connections ?? [], ([value, label]) => ({ value, label }))}
        none="There is no connection."
        onChoose={several}
      />
    );
  if (menu === 'provider' || menu === 'region' || menu === 'link_state')
    return <FilterMenu {...common} options={optionsOf(choiceNames[menu])} onChoose={several} />;
  const single = (chosen: string | undefined) => onFilter({ [menu]: chosen });
  if (menu === 'changed_since')
    return (
      <FilterMenu
        {...common}
        options={sinceOptions(values, (value) => valueWords(menu, value, agents), openedAt)}
        isSingle
        onChoose={([chosen]) => single(chosen)}
        foot={
          // The height of its one line.
          <Suspense fallback={<div className="h-9.75 border-t" />}>
            <SinceDate
              onChoose={(instant) => {
                onOpen(null);
                single(instant);
              }}
            />
          </Suspense>
        }
      />
    );
  return (
    <FilterMenu
      {...common}
      options={optionsOf(choiceNames[menu])}
      isSingle
      onChoose={([chosen]) => single(chosen)}
    />
  );
};
