import type { Hours } from '#contract/business-hours.ts';
import type { Finding, RoutedNumber, Rule } from '#contract/routing.ts';
import { fitsCountry } from './country-zones.ts';
import { dateOf, governingDay, hoursAt, hoursBoundaries } from './hours.ts';
import { anyone, matchingRule, type HoursFacts } from './match.ts';
import { hoursStates, stateOf } from './standing.ts';
import { ruleName } from './words.ts';
import { DAY_MS } from './zone.ts';

/** What a number's routing will do that nobody wants, found before a caller finds it. Pure, like the decision. */
export interface LintFacts {
  /** Milliseconds since 1970, UTC: exceptions before it are past. */
  at: number;
  /** The number's, ISO 3166 alpha-2. */
  country: string | null;
  /** Undefined for an agent that does not exist. */
  statusOf: (agentId: string) => 'active' | 'retired' | undefined;
  /** Where another number of ours forwards to, where that is known: finds loops. */
  forwardsOf?: (phoneNumber: string) => readonly string[];
}

const stateWords = ['during business hours', 'outside business hours', 'when an exception opens', 'when an exception closes'];

const LOOK_AHEAD_MS = 370 * DAY_MS;

// Many numbers go by the same hours: a year of them is looked through once an hour.
const HOUR_MS = 3_600_000;
const reached = new WeakMap<Hours, { hour: number; states: number[] }>();

/** Which of the four states the hours can be in within a year; without hours there is but the first. */
const reachableStates = (hours: Hours | null, at: number): number[] => {
  if (hours === null) return [0];
  const hour = Math.floor(at / HOUR_MS);
  const known = reached.get(hours);
  if (known?.hour === hour) return known.states;
  const states = findStates(hours, at);
  reached.set(hours, { hour, states });
  return states;
};

const findStates = (hours: Hours, at: number): number[] => {
  const states = new Set([at, ...hoursBoundaries(hours, at, at + LOOK_AHEAD_MS)].map((instant) => stateAt(hours, instant)));
  return [...states].sort((a, b) => a - b);
};

const stateAt = (hours: Hours, instant: number): number => {
  const { isOpen, exception } = hoursAt(hours, instant);
  return stateOf({ isOpen, isException: exception !== null });
};

const factsOf = (state: number): HoursFacts => hoursStates[state] ?? { isOpen: true, isException: false };

const findNobody = (number: RoutedNumber, states: readonly number[]): Finding[] => {
  const { routing } = number;
  if (number.inbound_agent_id !== null || routing?.fallback) return [];
  const silent = states.filter((state) => matchingRule(routing?.rules ?? [], factsOf(state), anyone) === null);
  if (silent.length === 0) return [];
  const when = silent.length === states.length ? '' : ` ${silent.map((state) => stateWords[state]).join(' and ')}`;
  return [
    {
      code: 'nobody_answers',
      severity: 'error',
      pointer: '/inbound_agent_id',
      message: `Nobody answers${when}: calls are declined.`,
      fix: 'Choose an inbound agent, or a fallback.',
    },
  ];
};

const isWithin = (inner: readonly string[] | null, outer: readonly string[] | null, matches = (a: string, b: string) => a === b): boolean => {
  if (outer === null || outer.length === 0) return true;
  return inner !== null && inner.length > 0 && inner.every((entry) => outer.some((other) => matches(entry, other)));
};

/** Every caller that the second rule asks for, the first one takes. */
const takesCallersOf = ({ when: first }: Rule, { when: second }: Rule): boolean =>
  (first.anonymous === 'any' || first.anonymous === second.anonymous) &&
  isWithin(second.caller_countries, first.caller_countries) &&
  isWithin(second.caller_prefixes, first.caller_prefixes, (prefix, shorter) => prefix.startsWith(shorter)) &&
  isWithin(second.caller_in, first.caller_in);

const matchesState = ({ when }: Rule, state: number): boolean => {
  const { isOpen, isException } = factsOf(state);
  if (when.hours === 'any') return true;
  return when.hours === 'exception' ? isException : isOpen === (when.hours === 'open');
};

const never: Record<string, string> = {
  open: 'the hours are never open',
  closed: 'the hours are never closed',
  exception: 'no exception comes within a year',
};

const findUnreachable = (rules: readonly Rule[], hours: Hours | null, states: readonly number[]): Finding[] =>
  rules.flatMap((rule, place): Finding[] => {
    if (!rule.enabled) return [];
    const own = states.filter((state) => matchesState(rule, state));
    const before = rules.slice(0, place).filter(({ enabled }) => enabled);
    const left = own.filter((state) => !before.some((other) => matchesState(other, state) && takesCallersOf(other, rule)));
    if (left.length > 0) return [];
    const why =
      own.length > 0
        ? 'rules before it take all its calls'
        : hours === null
          ? 'a number without hours is always open'
          : (never[rule.when.hours] ?? '');
    return [
      {
        code: 'unreachable_rule',
        severity: 'warning',
        pointer: `/routing/rules/${place}`,
        message: `${ruleName(rule, place)} never matches: ${why}.`,
        fix:
          own.length > 0
            ? 'Move it up, ask for less in the rules before it, or remove it.'
            : hours === null
              ? 'Choose business hours, or remove the rule.'
              : 'Change the hours or the condition, or remove the rule.',
      },
    ];
  });

const agentPointers = (number: RoutedNumber): [pointer: string, agentId: string][] => {
  const { routing } = number;
  if (routing === null) return [];
  const places = [
    ...routing.rules.map(({ destination }, at) => [`/routing/rules/${at}/destination`, destination] as const),
    ...(routing.fallback === null ? [] : [['/routing/fallback', routing.fallback] as const]),
  ];
  return places.flatMap(([pointer, destination]): [string, string][] => {
    if (destination.type === 'agent') return [[`${pointer}/agent_id`, destination.agent_id]];
    return destination.type === 'split' ? destination.agents.map(({ agent_id: id }, at) => [`${pointer}/agents/${at}/agent_id`, id]) : [];
  });
};

const findAgents = (number: RoutedNumber, statusOf: LintFacts['statusOf']): Finding[] => {
  const own: [string, string | null][] = [
    ['/inbound_agent_id', number.inbound_agent_id],
    ['/outbound_agent_id', number.outbound_agent_id],
  ];
  const placed = [...own.filter((each): each is [string, string] => each[1] !== null), ...agentPointers(number)];
  return placed.flatMap(([pointer, id]): Finding[] => {
    const status = statusOf(id);
    if (status === 'active') return [];
    const where = pointer.startsWith('/routing/rules')
      ? `Rule ${Number(pointer.split('/')[3]) + 1}`
      : pointer.startsWith('/routing')
        ? 'The fallback'
        : 'The number';
    const isMissing = status === undefined;
    return [
      {
        code: isMissing ? 'missing_agent' : 'retired_agent',
        severity: 'error',
        pointer,
        message: `${where} names an agent that ${isMissing ? 'does not exist' : 'is retired'}.`,
        fix: isMissing ? 'Choose another agent.' : 'Choose another agent, or reinstate this one.',
      },
    ];
  });
};

/** Whether following the forwards from a target leads to the number itself. */
export const leadsBack = (target: string, phoneNumber: string, forwardsOf: (phoneNumber: string) => readonly string[]): boolean => {
  const seen = new Set<string>();
  const open = [target];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === phoneNumber) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    open.push(...forwardsOf(next));
  }
  return false;
};

const findForwards = ({ phone_number: own, routing }: RoutedNumber, forwardsOf: LintFacts['forwardsOf']): Finding[] => {
  if (routing === null) return [];
  const places = [
    ...routing.rules.flatMap(({ destination, enabled }, at) => (enabled ? [[`/routing/rules/${at}/destination/to`, destination] as const] : [])),
    ...(routing.fallback === null ? [] : [['/routing/fallback/to', routing.fallback] as const]),
  ];
  return places.flatMap(([pointer, destination]): Finding[] => {
    if (destination.type !== 'forward') return [];
    if (destination.to === own)
      return [
        { code: 'forward_to_itself', severity: 'error', pointer, message: 'The number forwards to itself.', fix: 'Forward to another number.' },
      ];
    if (!forwardsOf || !leadsBack(destination.to, own, forwardsOf)) return [];
    return [
      {
        code: 'forward_loop',
        severity: 'error',
        pointer,
        message: `Forwarding to ${destination.to} leads back to this number.`,
        fix: 'Forward somewhere else here, or end the loop at the other number.',
      },
    ];
  });
};

/** What can be said of business hours alone: exceptions that are past. Pointers are into the hours. */
export const lintHours = (hours: Hours, at: number): Finding[] => {
  const today = dateOf(governingDay(hours.time_zone, at));
  return hours.exceptions.flatMap(({ name, every_year: isYearly, end_date: end }, place): Finding[] =>
    isYearly || end >= today
      ? []
      : [
          {
            code: 'past_exception',
            severity: 'warning',
            pointer: `/exceptions/${place}`,
            message: `The exception “${name}” ended on ${end}.`,
            fix: 'Remove it, or let it come every year.',
          },
        ],
  );
};

/** Everything that is wrong with a number's routing, what its hours share with other numbers aside. */
export const lint = (number: RoutedNumber, hours: Hours | null, { at, country, statusOf, forwardsOf }: LintFacts): Finding[] => {
  const states = reachableStates(hours, at);
  const findings = [
    ...findNobody(number, states),
    ...findUnreachable(number.routing?.rules ?? [], hours, states),
    ...findAgents(number, statusOf),
    ...findForwards(number, forwardsOf),
  ];
  if (hours !== null && country !== null && !fitsCountry(hours.time_zone, country, at)) {
    findings.push({
      code: 'zone_of_another_country',
      severity: 'warning',
      pointer: '/routing/business_hours_id',
      message: `“${hours.name}” go by ${hours.time_zone}, and the number is from ${country}, where clocks show another time.`,
      fix: 'Choose hours of the country, unless the office is elsewhere.',
    });
  }
  return findings;
};
