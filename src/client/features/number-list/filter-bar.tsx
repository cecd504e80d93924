import { Suspense, useState } from 'react';
import { fields, providerNames } from '#contract/numbers/fields.ts';
import type { Agent } from '#contract/agents.ts';
import { lazyPart } from '#client/lib/lazy-part.ts';
import type { AgentFilterName } from './agent-filter-menu.tsx';
import { faceOf } from '#client/features/numbers/agent-faces.ts';
import { FilterChip } from './filter-chip.tsx';
import { type FilterName, type ListFilters } from '#client/features/numbers/list-url.ts';

const loadMenu = () => import('./filter-menu.tsx');
const loadAgentMenu = () => import('./agent-filter-menu.tsx');
const FilterMenu = lazyPart(() => loadMenu().then((file) => ({ default: file.FilterMenu })));
const AgentFilterMenu = lazyPart(() => loadAgentMenu().then((file) => ({ default: file.AgentFilterMenu })));
const onIntent = () => void loadAgentMenu();

const choices = {
  provider: { label: 'Provider', names: providerNames },
  region: { label: fields.sip_infra_region.label, names: fields.sip_infra_region.choices },
  sort: {
    label: 'Sort',
    names: {
      '-updated_at': 'Updated ↓',
      updated_at: 'Updated ↑',
      phone_number: 'Number ↑',
      friendly_name: 'Name ↑',
    },
  },
} as const;
type Choice = keyof typeof choices;

const nameOf = (choice: Choice, value: string | undefined) =>
  value === undefined ? undefined : ((choices[choice].names as Record<string, string>)[value] ?? value);

const agentNames: Record<AgentFilterName, string> = {
  agent_id: 'Agent',
  inbound_agent_id: 'Inbound',
  outbound_agent_id: 'Outbound',
};
const agentFilters = Object.keys(agentNames) as AgentFilterName[];

interface FilterBarProps {
  filters: ListFilters;
  agents: ReadonlyMap<string, Agent> | undefined;
  onFilter: (changes: Partial<Record<FilterName | 'sort', string | undefined>>) => void;
}

type Open = { anchor: HTMLElement } & ({ choice: Choice } | { agent: AgentFilterName } | { answering: true });

const answeringNames: Record<string, string> = {
  none: 'Nobody',
  forward: 'Forward',
  message: 'Message',
  voicemail: 'Voicemail',
};

/**
 * The chips of the list. Which are set stands in the address; their menus are fetched when the hand comes
 * near.
 */
export const FilterBar = ({ filters, agents, onFilter }: FilterBarProps) => {
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  // A second press on the same chip closes its menu.
  const toggle = (next: Open) => setOpen((before) => (before?.anchor === next.anchor ? null : next));

  const choiceChip = (choice: Choice, className?: string) => (
    <FilterChip
      name={choices[choice].label}
      value={nameOf(choice, filters[choice]) ?? (choice === 'provider' ? 'any' : undefined)}
      onOpen={(anchor) => toggle({ anchor, choice })}
      onClear={
        choice !== 'sort' && filters[choice] !== undefined
          ? () => onFilter({ [choice]: undefined })
          : undefined
      }
      onIntent={onIntent}
      isTerse={choice === 'sort'}
      className={className}
    />
  );
  const answering = filters.answering_now;
  const isDeleted = filters.deleted !== undefined;
  const setAgents = agentFilters.filter((name) => filters[name] !== undefined);

  return (
    <>
      {choiceChip('provider')}
      {(setAgents.length > 0 ? setAgents : (['agent_id'] as const)).map((name) => {
        const id = filters[name];
        return (
          <FilterChip
            key={name}
            name={agentNames[name]}
            value={id === undefined ? undefined : faceOf(agents, id === 'none' ? null : id).name}
            onOpen={(anchor) => toggle({ anchor, agent: name })}
            onClear={() => onFilter({ [name]: undefined })}
            onIntent={onIntent}
          />
        );
      })}
      {!isDeleted && (
        <FilterChip
          name="Answering now"
          value={
            answering === undefined
              ? undefined
              : (answeringNames[answering] ?? faceOf(agents, answering).name)
          }
          onOpen={(anchor) => toggle({ anchor, answering: true })}
          onClear={() => onFilter({ answering_now: undefined })}
          onIntent={onIntent}
        />
      )}
      {filters.routed_agent_id !== undefined && (
        <FilterChip
          name="Rules name"
          value={faceOf(agents, filters.routed_agent_id).name}
          onClear={() => onFilter({ routed_agent_id: undefined })}
        />
      )}
      {choiceChip('region')}
      {filters.label !== undefined && (
        <FilterChip name="Label" value={filters.label} onClear={() => onFilter({ label: undefined })} />
      )}
      {filters.fingerprint !== undefined && (
        <FilterChip
          name="Same credential"
          value={filters.fingerprint}
          onClear={() => onFilter({ fingerprint: undefined })}
        />
      )}
      <FilterChip
        name="Deleted"
        value={isDeleted ? '30 days' : undefined}
        isSwitch
        onOpen={() => onFilter({ deleted: isDeleted ? undefined : 'true', answering_now: undefined })}
        onClear={() => onFilter({ deleted: undefined })}
      />
      {!isDeleted && choiceChip('sort', 'min-[63.5rem]:hidden')}
      <Suspense>
        {open && 'choice' in open && (
          <FilterMenu
            anchor={open.anchor}
            label={choices[open.choice].label}
            options={Object.entries(choices[open.choice].names).map(([value, label]) => ({ value, label }))}
            value={filters[open.choice]}
            onChoose={(value) => onFilter({ [open.choice]: value })}
            onClose={close}
          />
        )}
        {open && 'answering' in open && (
          <FilterMenu
            anchor={open.anchor}
            label="Answering now"
            options={[
              ...Object.entries(answeringNames).map(([value, label]) => ({ value, label })),
              ...Array.from(agents?.values() ?? [], ({ ai_agent_id: value, agent_name: label }) => ({
                value,
                label,
              })),
            ]}
            value={answering}
            placeholder="Find an agent"
            onChoose={(value) => onFilter({ answering_now: value })}
            onClose={close}
          />
        )}
        {open && 'agent' in open && (
          <AgentFilterMenu
            anchor={open.anchor}
            name={open.agent}
            value={filters[open.agent]}
            onChoose={(name, value) => onFilter({ [open.agent]: undefined, [name]: value })}
            onClose={close}
          />
        )}
      </Suspense>
    </>
  );
};
