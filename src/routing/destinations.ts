import { pointerTo } from '#contract/pointer.ts';
import type { Destination } from '#contract/numbers/destination.ts';
import type { Routing } from '#contract/numbers/routing.ts';

/** A destination of routing, and where it stands in the number: `/routing/rules/0/destination`. */
export interface PlacedDestination {
  path: readonly PropertyKey[];
  destination: Destination;
  /** Whether calls can come there: its rule is switched on, or it is the fallback. */
  isEnabled: boolean;
}

/** The one walk over all destinations of a number: those of its rules in their order, then the fallback. */
export const destinationsOf = (routing: Pick<Routing, 'rules' | 'fallback'> | null): PlacedDestination[] => [
  ...(routing?.rules ?? []).map(({ destination, enabled }, at) => ({
    path: ['routing', 'rules', at, 'destination'],
    destination,
    isEnabled: enabled,
  })),
  ...(routing?.fallback
    ? [{ path: ['routing', 'fallback'], destination: routing.fallback, isEnabled: true }]
    : []),
];

interface Placed {
  pointer: string;
  value: string;
}

/** The agents a destination names, each with its JSON pointer. */
export const agentsAt = ({
  path,
  destination,
}: Pick<PlacedDestination, 'path' | 'destination'>): Placed[] => {
  if (destination.type === 'agent')
    return [{ pointer: pointerTo(...path, 'agent_id'), value: destination.agent_id }];
  if (destination.type !== 'split') return [];
  return destination.agents.map(({ agent_id: id }, at) => ({
    pointer: pointerTo(...path, 'agents', at, 'agent_id'),
    value: id,
  }));
};

/** Where a destination forwards to, with its JSON pointer; none, or one. */
export const forwardsAt = ({
  path,
  destination,
}: Pick<PlacedDestination, 'path' | 'destination'>): Placed[] =>
  destination.type === 'forward' ? [{ pointer: pointerTo(...path, 'to'), value: destination.to }] : [];

/** Every agent that a rule or the fallback names, each once. */
export const routedAgentIds = (routing: Routing): string[] => [
  ...new Set(
    destinationsOf(routing)
      .flatMap(agentsAt)
      .map(({ value }) => value),
  ),
];

/** Every number or address that an enabled rule or the fallback forwards to, each once. */
export const forwardTargets = (routing: Routing): string[] => [
  ...new Set(
    destinationsOf(routing)
      .filter(({ isEnabled }) => isEnabled)
      .flatMap(forwardsAt)
      .map(({ value }) => value),
  ),
];
