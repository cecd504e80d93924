import type { DecidedBy, Rule } from '#contract/numbers/routing.ts';
import type { Destination } from '#contract/numbers/destination.ts';
import type { Party } from './match.ts';

/** A call as the decision sees it. */
export interface Call {
  direction: 'inbound' | 'outbound';
  /** At the other end: who calls, or who is called. */
  party: Party;
  /** Milliseconds since 1970, UTC. */
  at: number;
}

/** Where it goes, and by what. */
export interface Outcome {
  destination: Destination;
  decidedBy: DecidedBy;
  rule?: Rule;
}
