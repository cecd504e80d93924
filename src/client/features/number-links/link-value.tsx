import type { LinkField } from '#contract/connections/links.ts';
import { regionNames } from '#contract/numbers/choices.ts';
import { useAgents } from '#client/features/agents/queries.ts';
import { agentsById, faceOf } from '#client/features/numbers/agent-faces.ts';

export type Side = 'mine' | 'theirs' | 'seen';

const plainWords = ({ field }: LinkField, value: string): string =>
  field === 'sip_infra_region' && Object.hasOwn(regionNames, value)
    ? regionNames[value as keyof typeof regionNames]
    : value;

/** Which agent here a value stands for: null where none; undefined where the field is no agent's. */
const agentOf = (
  field: LinkField,
  side: Side,
  connectionId: string,
  agents: ReturnType<typeof agentsById>,
): string | null | undefined => {
  if (side !== 'seen' || field.mine_agent_id === undefined)
    return side === 'seen' ? undefined : field[`${side}_agent_id`];
  const known = [...(agents?.values() ?? [])].find(
    ({ upstream_ids: ids }) => ids[connectionId] === field.seen,
  );
  return known?.ai_agent_id ?? null;
};

interface ValueProps {
  field: LinkField;
  side: Side;
  connectionId: string;
}

/** A value as people read it: credentials as dots, an agent by its name with the id it has there beneath. */
export const Value = ({ field, side, connectionId }: ValueProps) => {
  const agents = agentsById(useAgents().data);
  const value = field[side];
  if (side === 'theirs' && field.is_withheld) return <span className="text-ink-3">not told</span>;
  const agentId = agentOf(field, side, connectionId, agents);
  if (value === null && (agentId === undefined || agentId === null))
    return <span className="text-ink-3">nothing</span>;
  if (field.is_secret)
    return (
      <>
        <span aria-hidden="true">••••••••</span>
        <span className="sr-only">set</span>
      </>
    );
  if (agentId === undefined) return <bdi>{plainWords(field, value ?? '')}</bdi>;
  return (
    <>
      {agentId === null ? (
        <span className="text-ink-2">no agent here has this id</span>
      ) : (
        <bdi>{faceOf(agents, agentId).name}</bdi>
      )}
      <span className="block font-mono text-xs text-ink-3">{value ?? 'no id there'}</span>
    </>
  );
};
