import { useState } from 'react';
import type { Agent } from '#contract/agents.ts';
import { Button } from '#client/components/ui/button.tsx';
import { useAgents } from '#client/features/agents/queries.ts';
import { formatCount, plural } from '#client/lib/words/format.ts';
import { FilterMenu } from './filter-menu.tsx';
import type { FilterName } from '#client/features/numbers/list-url.ts';

export type AgentFilterName = Extract<FilterName, 'agent_id' | 'inbound_agent_id' | 'outbound_agent_id'>;

const directions: { name: AgentFilterName; label: string }[] = [
  { name: 'agent_id', label: 'Either direction' },
  { name: 'inbound_agent_id', label: 'Inbound' },
  { name: 'outbound_agent_id', label: 'Outbound' },
];

// A number may have one agent both ways, so the two counts do not add up to one.
const countOf = (
  { inbound_phone_number_count: inbound, outbound_phone_number_count: outbound }: Agent,
  direction: AgentFilterName,
) =>
  direction === 'agent_id'
    ? `${formatCount(inbound)} in, ${formatCount(outbound)} out`
    : plural(direction === 'outbound_agent_id' ? outbound : inbound, 'number');

interface AgentFilterMenuProps {
  anchor: HTMLElement;
  name: AgentFilterName;
  value: string | undefined;
  onChoose: (name: AgentFilterName, value: string | undefined) => void;
  onClose: () => void;
}

/**
 * Which agent, and in which direction. Retired agents are offered too: their numbers are what one looks for.
 */
export const AgentFilterMenu = ({ name, value, onChoose, ...props }: AgentFilterMenuProps) => {
  const { data: agents = [] } = useAgents();
  const [direction, setDirection] = useState(name);
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
      value={value}
      placeholder="Find an agent"
      onChoose={(chosen) => onChoose(direction, chosen)}
    >
      <fieldset aria-label="Direction" className="flex gap-1 border-b p-1.25">
        {directions.map((each) => (
          <Button
            key={each.name}
            size="sm"
            variant="ghost"
            aria-pressed={each.name === direction}
            className="aria-pressed:bg-press aria-pressed:text-ink"
            onClick={() => {
              setDirection(each.name);
              if (value !== undefined) onChoose(each.name, value);
            }}
          >
            {each.label}
          </Button>
        ))}
      </fieldset>
    </FilterMenu>
  );
};
