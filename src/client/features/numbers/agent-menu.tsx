import { CheckIcon } from 'lucide-react';
import { Suspense, useState, type KeyboardEvent } from 'react';
import { Command, CommandInput, CommandItem, CommandList } from '#client/components/ui/command.tsx';
import { Popover, PopoverAnchor, PopoverContent } from '#client/components/ui/popover.tsx';
import { useAgents } from '#client/features/agents/queries.ts';
import { useConnectionNames } from '#client/features/connections/queries.ts';
import { lazyPart } from '#client/lib/lazy-part.ts';
import { matches } from '#client/lib/matches.ts';
import type { Direction } from './agent-faces.ts';
import { AgentOption, CreateOption, whyNotThere } from './agent-option.tsx';
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
  /** Where the number is linked: who is not known there cannot be chosen. */
  linkedTo?: readonly string[];
  onChoose: (agentId: string | null) => void;
  onClose: () => void;
}

const none: readonly string[] = [];

/** The one menu of agents, for whichever row or field has asked for it. */
export const AgentMenu = ({
  anchor,
  direction,
  label,
  isRequired = false,
  agentId,
  except,
  linkedTo = none,
  onChoose,
  onClose,
}: AgentMenuProps) => {
  const { data: agents, isPending } = useAgents();
  const connectionNames = useConnectionNames(linkedTo.length > 0);
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
                whyNot={whyNotThere(agent, linkedTo, connectionNames)}
                onSelect={() => choose(agent.ai_agent_id)}
              />
            ))}
            {/* Where the number is linked, one that is created here is not known yet. */}
            {linkedTo.length === 0 && <CreateOption typed={typed.trim()} onSelect={create} />}
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
