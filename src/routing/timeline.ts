import type { Hours } from '#contract/business-hours.ts';
import type { RoutedNumber } from '#contract/numbers/routing.ts';
import { decide, type Decision } from './decide.ts';
import { hoursBoundaries } from './hours.ts';
import { unknownCaller, type Party } from './match.ts';

/** From one instant to the next, the same answer. */
export interface Stretch {
  from: number;
  to: number;
  decision: Decision;
}

// Of one number, what decides and who takes part say what becomes of a call.
const isSame = (a: Decision, b: Decision) =>
  a.decidedBy === b.decidedBy && a.rule === b.rule && a.agentId === b.agentId;

// Callers who withhold their numbers are spread over a split anew at each instant: over a stretch, nobody in
// particular.
const overTime = (decision: Decision, { number }: Party): Decision =>
  number !== null || decision.destination.type !== 'split' || decision.agentId === null
    ? decision
    : { ...decision, agentId: null, reasons: decision.reasons.slice(0, -1) };

/** The instants, besides those of the hours, at which the answer may change. */
const edgesOf = (
  { temporary_reassignment: reassignment, call_handling: handling }: RoutedNumber,
  { number }: Party,
): number[] => {
  const expiries = number === null ? [] : (handling?.blocked_callers ?? []).map(({ expires_at: end }) => end);
  return [reassignment?.starts_at, reassignment?.ends_at, ...expiries].flatMap((edge) =>
    edge ? [Date.parse(edge)] : [],
  );
};

/**
 * Who answers from one instant to another: the decision is asked at each moment at which it may change, and
 * nowhere else. Of a caller nothing is known unless one is given. Throws RangeError where this engine does
 * not know the zone.
 */
export const timeline = (
  number: RoutedNumber,
  hours: Hours | null,
  from: number,
  to: number,
  party: Party = unknownCaller,
): Stretch[] => {
  const edges = edgesOf(number, party).filter((at) => from < at && at < to);
  const moments = new Set([from, ...(hours === null ? [] : hoursBoundaries(hours, from, to)), ...edges]);
  const stretches: Stretch[] = [];
  for (const at of [...moments].sort((a, b) => a - b)) {
    const decision = overTime(decide(number, hours, { direction: 'inbound', party, at }), party);
    const last = stretches.at(-1);
    if (last && isSame(last.decision, decision)) continue;
    if (last) last.to = at;
    stretches.push({ from: at, to, decision });
  }
  return stretches;
};
