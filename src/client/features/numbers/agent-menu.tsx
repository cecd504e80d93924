import { CheckIcon, PlusIcon } from 'lucide-react';
import { Suspense, useState, type KeyboardEvent } from 'react';
import type { Agent } from '#contract/agents.ts';
import { Command, CommandInput, CommandItem, CommandList } from '#client/components/ui/command.tsx';
import { Popover, PopoverAnchor, PopoverContent } from '#client/components/ui/popover.tsx';
import { languageName } from '#client/features/agents/language-name.ts';
import { useAgents } from '#client/features/agents/queries.ts';
import { lazyPart } from '#client/lib/lazy-part.ts';
import { firstLetter, formatCount } from '#client/lib/words/format.ts';
import { matches } from '#client/lib/matches.ts';
import type { Direction } from './agent-faces.ts';
import { useAnchored } from './use-anchored.ts';

const AgentDialog = lazyPart(() =>
  import('#client/features/agents/agent-dialog.tsx').then((file) => ({ default: file.AgentDialog })),
);

interface AgentMenuProps {
  anchor: HTMLElement;
  direction: Direction;
  /** What the menu is called, where it is not the number's own agent that is chosen. */
  label?: string;
  /** There must be some agent: Unassigned is no choice. */
  isRequired?: boolean;
  /** Undefined where none is chosen yet, not even none. */
  agentId: string | null | undefined;
  /** Who is not offered. */
  except?: string | undefined;
  onChoose: (agentId: string | null) => void;
  onClose: () => void;
}

const burdenOf = (agent: Agent, direction: Direction) =>
  direction === 'inbound'
    ? `answers on ${formatCount(agent.inbound_phone_number_count)}`
    : `dials from ${formatCount(agent.outbound_phone_number_count)}`;

const AgentOption = ({
  agent,
  direction,
  isChosen,
  onSelect,
}: {
  agent: Agent;
  direction: Direction;
  isChosen: boolean;
  onSelect: () => void;
}) => (
  <CommandItem value={agent.ai_agent_id} onSelect={onSelect} disabled={agent.agent_status === 'retired'}>
    <span
      aria-hidden="true"
      className="grid size-4.5 shrink-0 place-items-center rounded-[5px] bg-press text-[10px] font-semibold text-ink-2"
    >
      {firstLetter(agent.agent_name)}
    </span>
    <span className="grid min-w-0 py-1">
      <bdi className="truncate" title={agent.agent_name}>
        {agent.agent_name}
      </bdi>
      {agent.language_code !== null && (
        <span className="truncate text-xs text-ink-3">{languageName(agent.language_code)}</span>
      )}
    </span>
    <span className="ml-auto shrink-0 text-xs text-ink-3">
      {agent.agent_status === 'retired' ? 'retired' : burdenOf(agent, direction)}
    </span>
    {isChosen && <CheckIcon aria-label="chosen now" className="text-ink" />}
  </CommandItem>
);

/** The one menu of agents, for whichever row or field has asked for it. */
export const AgentMenu = ({
  anchor,
  direction,
  label,
  isRequired = false,
  agentId,
  except,
  onChoose,
  onClose,
}: AgentMenuProps) => {
  const { data: agents, isPending } = useAgents();
  const [typed, setTyped] = useState('');
  const [isCreating, setIsCreating] = useState(false);

  const anchored = useAnchored(anchor);

  const choose = (id: string | null) => {
    onClose();
    if (id !== agentId) onChoose(id);
  };
  const offered = (agents ?? []).filter(
    ({ agent_status, ai_agent_id, agent_name }) =>
      (agent_status === 'active' || ai_agent_id === agentId) &&
      ai_agent_id !== except &&
      matches(agent_name, typed),
  );
  const onKeyDown = (event: KeyboardEvent) => {
    // Held down to empty the field, the key must not go on to empty the number.
    if (event.key === 'Backspace' && !isRequired && typed === '' && !event.repeat) choose(null);
  };

  const create = () => {
    // The dialog gives the focus back to where it finds it.
    anchor.focus({ preventScroll: true });
    setIsCreating(true);
  };
  if (isCreating)
    return (
      <Suspense>
        <AgentDialog
          name={typed.trim()}
          verb="Create"
          onAdded={({ ai_agent_id }) => onChoose(ai_agent_id)}
          onClose={onClose}
        />
      </Suspense>
    );

  const unassigned = !isRequired && (
    <CommandItem value="none" onSelect={() => choose(null)} className="text-ink-2">
      <span
        aria-hidden="true"
        className="size-4.5 shrink-0 rounded-[5px] border border-dashed border-line-3"
      />
      Unassigned
      <span aria-hidden="true" className="ml-auto text-xs text-ink-3">
        ⌫
      </span>
      {agentId === null && <CheckIcon aria-label="chosen now" className="text-ink" />}
    </CommandItem>
  );

  return (
    <Popover open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <PopoverAnchor virtualRef={{ current: anchor }} />
      <PopoverContent
        aria-label={
          label ?? (direction === 'inbound' ? 'Choose the inbound agent' : 'Choose the outbound agent')
        }
        className="w-72 p-0"
        {...anchored}
      >
        {/* Enter, pressed once too often, must not take the agent away: the list starts at the one chosen now. */}
        <Command shouldFilter={false} label="Agents" loop defaultValue={agentId ?? 'none'}>
          <CommandInput
            value={typed}
            onValueChange={setTyped}
            onKeyDown={onKeyDown}
            placeholder="Find an agent"
          />
          <CommandList>
            {typed === '' && unassigned}
            {offered.map((agent) => (
              <AgentOption
                key={agent.ai_agent_id}
                agent={agent}
                direction={direction}
                isChosen={agent.ai_agent_id === agentId}
                onSelect={() => choose(agent.ai_agent_id)}
              />
            ))}
            <CommandItem value="create" onSelect={create}>
              <PlusIcon aria-hidden="true" className="mx-px" />
              <span className="truncate">
                Create agent
                {/* For the eye alone: who looks for an agent by its name is not led here. */}
                {typed.trim() !== '' && <bdi aria-hidden="true">{` “${typed.trim()}”`}</bdi>}
              </span>
            </CommandItem>
            {typed !== '' && unassigned}
          </CommandList>
          {isPending && <p className="px-3 pb-3 text-sm text-ink-2">Reading the agents</p>}
          {agents !== undefined && offered.length === 0 && (
            <output className="block border-t px-3 py-2.5 text-sm text-ink-2">
              {agents.length === 0 ? 'There are no agents yet.' : 'No agent is called that.'}
            </output>
          )}
        </Command>
      </PopoverContent>
    </Popover>
  );
};
