import type { Agent } from '#contract/agents.ts';
import { faceOf } from './agent-faces.ts';
import type { Conflict } from './stale-save.ts';

/** One side of a conflict, as people read it. */
export const shownValue = ({ field }: Conflict, value: unknown, agents: ReadonlyMap<string, Agent> | undefined): string => {
  if (field === 'inbound_agent_id' || field === 'outbound_agent_id') return faceOf(agents, value as string | null).name;
  if (value === null || value === undefined || value === '') return 'nothing';
  if (Array.isArray(value)) return value.join(', ') || 'nothing';
  return typeof value === 'string' ? value : JSON.stringify(value);
};
