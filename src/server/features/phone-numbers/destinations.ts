import type { Destination, Routing } from '#contract/routing.ts';
import { pointerTo } from '#server/http/problem.ts';

export type PlacedDestination = [path: PropertyKey[], destination: Destination, isEnabled: boolean];

/** The destinations of routing, each with where it stands. */
export const destinationsOf = ({ rules, fallback }: Routing): PlacedDestination[] => [
  ...rules.map(({ destination, enabled }, at): PlacedDestination => [['routing', 'rules', at, 'destination'], destination, enabled]),
  ...(fallback === null ? [] : [[['routing', 'fallback'], fallback, true] as PlacedDestination]),
];

/** The agents that a destination names, each with its JSON pointer. */
export const agentsAt = ([path, destination]: PlacedDestination): [pointer: string, agentId: string][] => {
  if (destination.type === 'agent') return [[pointerTo(...path, 'agent_id'), destination.agent_id]];
  if (destination.type !== 'split') return [];
  return destination.agents.map(({ agent_id: id }, at) => [pointerTo(...path, 'agents', at, 'agent_id'), id]);
};
