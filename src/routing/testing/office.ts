import type { Hours } from '#contract/business-hours.ts';
import { answerTo } from './ask.ts';
import { numberWith, routing, rule } from './numbers.ts';

/** A number that tells by who answers what its hours are. */
const number = numberWith({
  routing: routing([rule('holiday', { hours: 'exception' }), rule('night', { hours: 'closed' })]),
});

export const open = 'usual by inbound_agent, open';
export const closed = 'night by night, closed';
export const openBy = (name: string) => `holiday by holiday, open by ${name}`;
export const closedBy = (name: string) => `holiday by holiday, closed by ${name}`;

/** The answer at each moment, local or an instant. */
export type Moments = Record<string, string>;

/**
 * What is answered at the moments of a written case; each asked of hours that were never asked before, which
 * remember nothing.
 */
export const answersAt = (hours: Hours, moments: Moments): Moments =>
  Object.fromEntries(Object.keys(moments).map((at) => [at, answerTo({ number, hours: { ...hours }, at })]));
