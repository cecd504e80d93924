import { useState } from 'react';
import type { Agent } from '#contract/agents.ts';
import { useAgents } from '#client/features/agents/queries.ts';
import { formatCount, plural } from '#client/lib/words/format.ts';
import { filterValues, type FilterChanges, type ListFilters } from '#client/features/numbers/list-url.ts';
import { FilterMenu, type MenuPlace } from './filter-menu.tsx';
import { MenuTabs } from './menu-tabs.tsx';

const directions = {
  agent_id: 'Either direction',
  inbound_agent_id: 'Inbound',
  outbound_agent_id: 'Outbound',
} as const;
export type AgentFilterName = keyof typeof directions;

// A number may have one agent both ways, so the two counts do not add up to one.
const countOf = (
  { inbound_phone_number_count: inbound, outbound_phone_number_count: outbound }: Agent,
  direction: AgentFilterName,
) =>
  direction === 'agent_id'
    ? `${formatCount(inbound)} in, ${formatCount(outbound)} out`
    : plural(direction === 'outbound_agent_id' ? outbound : inbound, 'number');

interface AgentFilterMenuProps extends MenuPlace {
  name: AgentFilterName;
  filters: ListFilters;
  onFilter: (changes: FilterChanges) => void;
}

/**
 * Which agents, and in which direction. Retired agents are offered too: their numbers are what one looks for.
 */
export const AgentFilterMenu = ({ name, filters, onFilter, ...props }: AgentFilterMenuProps) => {
  const { data: agents = [] } = useAgents();
  const [direction, setDirection] = useState(name);
  const values = filterValues(filters, direction);
  const options = [
    { value: 'none', label: 'Unassigned' },
    ...agents.map((agent) => ({
      value: agent.ai_agent_id,
      label: agent.agent_name,
      hint: agent.agent_status === 'retired' ? 'retired' : countOf(agent, direction),
    })),
  ];
  return (
    <FilterMenu
      {...props}
      label="Agent"
      options={options}
      values={values}
      placeholder="Find an agent"
      onChoose={(chosen) => onFilter({ [direction]: chosen })}
    >
      <MenuTabs
        label="Direction"
        tabs={directions}
        chosen={direction}
        onChoose={(next) => {
          setDirection(next);
          // What is chosen is meant, and goes along.
          if (values.length > 0 && next !== direction)
            onFilter({ [direction]: undefined, [next]: [...filterValues(filters, next), ...values] });
        }}
      />
    </FilterMenu>
  );
};
