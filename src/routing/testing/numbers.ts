import { Temporal } from 'temporal-polyfill';
import type { Hours, HoursException } from '#contract/business-hours.ts';
import type { Conditions, RoutedNumber, Routing, Rule } from '#contract/numbers/routing.ts';
import type { Destination } from '#contract/numbers/destination.ts';
import type { Party } from '#routing/match.ts';

/** Short ways to write what the tests of this room are about. */

/**
 * The instant at which a zone's clock shows this, the earlier of two; with `Z` or an offset at its end, that
 * instant.
 */
export const instant = (zone: string, local: string): number =>
  /Z$|[+-]\d\d:\d\d$/.test(local)
    ? Temporal.Instant.from(local).epochMilliseconds
    : Temporal.PlainDateTime.from(local).toZonedDateTime(zone).epochMilliseconds;

export const everyDay = [1, 2, 3, 4, 5, 6, 7];
export const workdays = [1, 2, 3, 4, 5];

/** `09:00–17:00` */
const interval = (text: string) => ({ start: text.slice(0, 5), end: text.slice(6, 11) });

export const weekly = (days: number[], ...intervals: string[]): Hours['weekly'] =>
  intervals.map((text) => ({ days, ...interval(text) }));

/** Dates as `2026-12-24` or `2026-12-24/2027-01-02`, with `yearly` after them for those that come again. */
export const exception = (name: string, dates: string, ...intervals: string[]): HoursException => {
  const [days = '', yearly] = dates.split(' ');
  const [first = '', last = first] = days.split('/');
  return {
    name,
    start_date: first,
    end_date: last,
    every_year: yearly === 'yearly',
    intervals: intervals.map(interval),
  };
};

export const hoursIn = (zone: string, week: Hours['weekly'], ...exceptions: HoursException[]): Hours => ({
  name: 'Office',
  time_zone: zone,
  weekly: week,
  exceptions,
});

const anyCall: Conditions = {
  hours: 'any',
  caller_countries: null,
  caller_prefixes: null,
  caller_in: null,
  anonymous: 'any',
};

export const agent = (agentId: string): Destination => ({ type: 'agent', agent_id: agentId });

export const rule = (
  id: string,
  when: Partial<Conditions>,
  destination: Destination = agent(id),
  enabled = true,
): Rule => ({
  id,
  name: null,
  enabled,
  when: { ...anyCall, ...when },
  destination,
});

export const routing = (rules: Rule[], fallback: Destination | null = null): Routing => ({
  business_hours_id: 'office',
  rules,
  fallback,
});

export const numberWith = (fields: Partial<RoutedNumber> = {}): RoutedNumber => ({
  phone_number: '+12125550100',
  inbound_agent_id: 'usual',
  outbound_agent_id: null,
  routing: null,
  call_handling: null,
  temporary_reassignment: null,
  ...fields,
});

export const caller = (number: string, country: string | null = null): Party => ({
  number,
  country,
  isAnonymous: false,
});
export const withheld: Party = { number: null, country: null, isAnonymous: true };
