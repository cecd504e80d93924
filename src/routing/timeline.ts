import type { Hours } from '#contract/business-hours.ts';
import type { RoutedNumber } from '#contract/routing.ts';
import { decide, type Decision } from './decide.ts';
import { hoursBoundaries } from './hours.ts';
import { anyone, type Caller } from './match.ts';

/** From one instant to the next, the same answer. */
export interface Stretch {
  from: number;
  to: number;
  decision: Decision;
}

const answerOf = ({ destination, decidedBy, rule, agentId }: Decision) => JSON.stringify([destination, decidedBy, rule?.id, agentId]);

/**
 * Who answers from one instant to another: the decision is asked at each moment at which it may change, and nowhere else.
 * Of a caller nothing is known unless one is given; what expires about blocked callers is not looked at.
 */
export const timeline = (number: RoutedNumber, hours: Hours | null, from: number, to: number, party: Caller = anyone): Stretch[] => {
  const { temporary_reassignment: reassignment } = number;
  const moments = new Set([from, ...(hours === null ? [] : hoursBoundaries(hours, from, to))]);
  for (const edge of reassignment === null ? [] : [reassignment.starts_at, reassignment.ends_at]) {
    const at = Date.parse(edge);
    if (from < at && at < to) moments.add(at);
  }
  const stretches: Stretch[] = [];
  for (const at of [...moments].sort((a, b) => a - b)) {
    const decision = decide(number, hours, { direction: 'inbound', party, at });
    const last = stretches.at(-1);
    if (last && answerOf(last.decision) === answerOf(decision)) continue;
    if (last) last.to = at;
    stretches.push({ from: at, to, decision });
  }
  return stretches;
};
