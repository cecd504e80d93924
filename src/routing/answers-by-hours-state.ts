import type { Destination } from '#contract/numbers/destination.ts';
import type { Routing } from '#contract/numbers/routing.ts';
import { unknownCaller, matchingRule, type HoursFacts } from './match.ts';

/** The four states that hours can be in, each at the place that `stateOf` says. */
export const hoursStates: readonly HoursFacts[] = [
  { isOpen: true, isException: false },
  { isOpen: false, isException: false },
  { isOpen: true, isException: true },
  { isOpen: false, isException: true },
];

export const stateOf = ({ isOpen, isException }: HoursFacts): number =>
  (isOpen ? 0 : 1) + (isException ? 2 : 0);

const encode = (destination: Destination | null): string => {
  if (destination === null) return 'reject';
  if (destination.type === 'agent') return destination.agent_id;
  return destination.type === 'split'
    ? `split:${destination.agents.map(({ agent_id }) => agent_id).join(',')}`
    : destination.type;
};

/**
 * Who answers an unknown caller, for each of the four states that hours can be in, so that a database finds
 * the numbers someone answers now without asking each of them. Written with the routing: four answers, by
 * `stateOf`, and fifth what comes where the inbound agent should answer and there is none. `inbound` is the
 * number's own agent, or whoever stands in for it. Null without routing.
 */
export const answersByHoursState = (routing: Routing | null): string[] | null => {
  if (routing === null) return null;
  const answers = hoursStates.map((state) => {
    const rule = matchingRule(routing.rules, state, unknownCaller);
    return rule === null ? 'inbound' : encode(rule.destination);
  });
  return [...answers, encode(routing.fallback)];
};
