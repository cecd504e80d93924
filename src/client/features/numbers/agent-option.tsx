import { CheckIcon, PlusIcon } from 'lucide-react';
import type { Agent } from '#contract/agents.ts';
import { CommandItem } from '#client/components/ui/command.tsx';
import { languageName } from '#client/features/agents/language-name.ts';
import { firstLetter, formatCount } from '#client/lib/words/format.ts';
import type { Direction } from './agent-faces.ts';

const burdenOf = (agent: Agent, direction: Direction) =>
  direction === 'inbound'
    ? `answers on ${formatCount(agent.inbound_phone_number_count)}`
    : `dials from ${formatCount(agent.outbound_phone_number_count)}`;

/** Why an agent cannot be given to a number that is linked to these; null where it can. */
export const whyNotThere = (
  { upstream_ids: ids }: Agent,
  linkedTo: readonly string[],
  names: ReadonlyMap<string, string> | undefined,
): string | null => {
  const missing = linkedTo.find((id) => ids[id] === undefined);
  return missing === undefined ? null : `No id on ${names?.get(missing) ?? 'the platform'}`;
};

interface AgentOptionProps {
  agent: Agent;
  direction: Direction;
  isChosen: boolean;
  /** Why it cannot be chosen. */
  whyNot: string | null;
  onSelect: () => void;
}

/** One agent of the menu: who cannot be chosen says why. */
export const AgentOption = ({ agent, direction, isChosen, whyNot, onSelect }: AgentOptionProps) => (
  <CommandItem
    value={agent.ai_agent_id}
    onSelect={onSelect}
    disabled={agent.agent_status === 'retired' || whyNot !== null}
  >
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
    <span className="ml-auto max-w-32 shrink-0 truncate text-xs text-ink-3" title={whyNot ?? undefined}>
      {agent.agent_status === 'retired' ? 'retired' : (whyNot ?? burdenOf(agent, direction))}
    </span>
    {isChosen && <CheckIcon aria-label="chosen now" className="text-ink" />}
  </CommandItem>
);

export const CreateOption = ({ typed, onSelect }: { typed: string; onSelect: () => void }) => (
  <CommandItem value="create" onSelect={onSelect}>
    <PlusIcon aria-hidden="true" className="mx-px" />
    <span className="truncate">
      Create agent
      {/* For the eye alone: who looks for an agent by its name is not led here. */}
      {typed !== '' && <bdi aria-hidden="true">{` “${typed}”`}</bdi>}
    </span>
  </CommandItem>
);
