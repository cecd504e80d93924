import type { Agent } from '#contract/agents.ts';
import { firstLetter } from '#client/lib/words/format.ts';

export type Direction = 'inbound' | 'outbound';
export const agentFieldOf = (direction: Direction) => `${direction}_agent_id` as const;

/** What stands where an agent is named: an agent as it is, or what is wrong with it. */
export interface AgentFace {
  /** `service`: what takes a call and is no agent. */
  kind: 'none' | 'active' | 'retired' | 'missing' | 'loading' | 'service';
  name: string;
  /** In the place of the first letter. */
  mark?: string;
  /** Where the name does not say all. */
  title?: string;
}

/** `agents` is undefined while they are on their way: then nobody is called missing. */
export const faceOf = (agents: ReadonlyMap<string, Agent> | undefined, id: string | null): AgentFace => {
  if (id === null) return { kind: 'none', name: 'Unassigned' };
  if (agents === undefined) return { kind: 'loading', name: '' };
  const agent = agents.get(id);
  if (agent === undefined) return { kind: 'missing', name: 'Missing agent' };
  if (agent.agent_status === 'retired') return { kind: 'retired', name: `${agent.agent_name}, retired` };
  return { kind: 'active', name: agent.agent_name };
};

export const agentsById = (agents: readonly Agent[] | undefined): ReadonlyMap<string, Agent> | undefined =>
  agents && new Map(agents.map((agent) => [agent.ai_agent_id, agent]));

export const markOf = ({ kind, name, mark }: AgentFace) => {
  if (mark !== undefined) return mark;
  if (kind === 'loading') return '';
  if (kind === 'none') return '–';
  return kind === 'active' ? firstLetter(name) : '!';
};
