import type { Destination } from '#contract/numbers/destination.ts';
import type { Routing, TemporaryReassignment } from '#contract/numbers/routing.ts';

type Split = Extract<Destination, { type: 'split' }>;

/** Where both are in a split already, the weights are added, and one share is left. */
const inSplit = (split: Split, from: string, to: string): Destination => {
  const gone = split.agents.find(({ agent_id: id }) => id === from);
  if (gone === undefined) return split;
  const there = split.agents.some(({ agent_id: id }) => id === to);
  const agents = split.agents.flatMap((share) => {
    if (share.agent_id === from) return there ? [] : [{ ...share, agent_id: to }];
    return share.agent_id === to ? [{ ...share, weight: share.weight + gone.weight }] : [share];
  });
  const [only] = agents;
  // A split of one is that one.
  return agents.length === 1 && only !== undefined
    ? { type: 'agent', agent_id: only.agent_id }
    : { ...split, agents };
};

const inDestination = (destination: Destination, from: string, to: string): Destination => {
  if (destination.type === 'split') return inSplit(destination, from, to);
  return destination.type === 'agent' && destination.agent_id === from
    ? { ...destination, agent_id: to }
    : destination;
};

/** Routing with another agent wherever it names this one. */
export const replaceAgentInRouting = (routing: Routing, from: string, to: string): Routing => ({
  ...routing,
  rules: routing.rules.map((rule) => ({ ...rule, destination: inDestination(rule.destination, from, to) })),
  fallback: routing.fallback && inDestination(routing.fallback, from, to),
});

/** A stand-in that has not ended; one that has is history. */
export const replaceStandIn = (
  reassignment: TemporaryReassignment | null,
  from: string,
  to: string,
  now: number,
): TemporaryReassignment | null =>
  reassignment !== null && reassignment.agent_id === from && Date.parse(reassignment.ends_at) > now
    ? { ...reassignment, agent_id: to }
    : reassignment;
