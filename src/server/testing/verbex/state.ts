import type { SecretManner, StandInRecord } from './records.ts';

/** What the stand-in holds and how it behaves; all of it may be changed while it runs. */
export interface StandInState {
  key: string;
  isKeyExpired: boolean;
  numbers: Map<string, StandInRecord>;
  agents: Map<string, Record<string, unknown>>;
  /** A PATCH clears what it leaves out. */
  wipes: boolean;
  secrets: SecretManner;
  /** What is null is left out of answers. */
  omitsNulls: boolean;
  requiresPageSize: boolean;
  /** How it answers that it does not have a number. */
  missing: 404 | 500;
  pages: 'end' | 'same_token' | 'never_end';
  /** The only form of a path that it takes; the other is redirected, to http, as behind a careless proxy. */
  slash: 'any' | 'with' | 'without';
}

/** Documented behaviour at its worst, without a fault. */
export const startingState = (): StandInState => ({
  key: 'vbx-5e1f0c9a7d3b4826',
  isKeyExpired: false,
  numbers: new Map(),
  agents: new Map(),
  wipes: true,
  secrets: 'masked',
  omitsNulls: false,
  requiresPageSize: true,
  missing: 404,
  pages: 'end',
  slash: 'any',
});
