import { partsOfPointer, pointerTo } from '#contract/pointer.ts';
import type { Hours } from '#contract/business-hours.ts';
import type { Finding } from '#contract/numbers/finding.ts';
import type { RoutedNumber } from '#contract/numbers/routing.ts';
import { agentsAt, destinationsOf, forwardsAt, forwardTargets } from '#routing/destinations.ts';
import { fitsCountry } from './country-zones.ts';
import { dateOf, governingDay } from '#routing/hours.ts';
import { findNobody, findUnreachable } from './lint-rules.ts';
import { statesAhead } from './states-ahead.ts';
import { pastExceptionWords } from '#routing/words/hours-words.ts';

/*
 * What a number's routing will do that nobody wants, found before a caller finds it. Pure, like the decision.
 */

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

const enabledDestinations = ({ routing }: RoutedNumber) =>
  destinationsOf(routing).filter(({ isEnabled }) => isEnabled);

/** Who names it, in words. */
const placeWords = (pointer: string): string => {
  const [whole, part, at] = partsOfPointer(pointer);
  if (whole !== 'routing') return 'The number';
  return part === 'rules' ? `Rule ${Number(at) + 1}` : 'The fallback';
};

const findAgents = (number: RoutedNumber, statusOf: LintFacts['statusOf']): Finding[] => {
  const own = (['inbound_agent_id', 'outbound_agent_id'] as const).flatMap((name) => {
    const value = number[name];
    return value === null ? [] : [{ pointer: pointerTo(name), value }];
  });
  return [...own, ...enabledDestinations(number).flatMap(agentsAt)].flatMap(
    ({ pointer, value: id }): Finding[] => {
      const status = statusOf(id);
      if (status === 'active') return [];
      const isMissing = status === undefined;
      return [
        {
          code: isMissing ? 'missing_agent' : 'retired_agent',
          severity: 'error',
          pointer,
          message: `${placeWords(pointer)} names an agent that ${isMissing ? 'does not exist' : 'is retired'}.`,
          fix: isMissing ? 'Choose another agent.' : 'Choose another agent, or reinstate this one.',
        },
      ];
    },
  );
};

/** Everything reached from these by `next`, these included, each once. */
const reachable = (from: readonly string[], next: (place: string) => readonly string[]): Set<string> => {
  const seen = new Set(from);
  // A set is walked to its end, also through what is added on the way.
  for (const place of seen) for (const other of next(place)) seen.add(other);
  return seen;
};

/**
 * Those of the targets from which following the forwards leads to the number itself. Two passes: forwards
 * from the targets, then backwards from the number.
 */
export const leadingBack = (
  targets: readonly string[],
  phoneNumber: string,
  forwardsOf: (phoneNumber: string) => readonly string[],
): ReadonlySet<string> => {
  const sources = new Map<string, string[]>();
  for (const place of reachable(targets, forwardsOf)) {
    for (const to of forwardsOf(place)) {
      const known = sources.get(to);
      if (known) known.push(place);
      else sources.set(to, [place]);
    }
  }
  const back = reachable([phoneNumber], (place) => sources.get(place) ?? []);
  return new Set(targets.filter((target) => back.has(target)));
};

const findForwards = (number: RoutedNumber, forwardsOf: LintFacts['forwardsOf']): Finding[] => {
  const { phone_number: own, routing } = number;
  if (routing === null) return [];
  const back = forwardsOf ? leadingBack(forwardTargets(routing), own, forwardsOf) : new Set<string>();
  return enabledDestinations(number)
    .flatMap(forwardsAt)
    .flatMap(({ pointer, value: to }): Finding[] => {
      if (to === own)
        return [
          {
            code: 'forward_to_itself',
            severity: 'error',
            pointer,
            message: 'The number forwards to itself.',
            fix: 'Forward to another number.',
          },
        ];
      if (!back.has(to)) return [];
      return [
        {
          code: 'forward_loop',
          severity: 'error',
          pointer,
          message: `Forwarding to ${to} leads back to this number.`,
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
            message: pastExceptionWords(name, end),
            fix: 'Remove it, or let it come every year.',
          },
        ],
  );
};

/** Everything that is wrong with a number's routing, what its hours share with other numbers aside. */
export const lint = (
  number: RoutedNumber,
  hours: Hours | null,
  { at, country, statusOf, forwardsOf }: LintFacts,
): Finding[] => {
  // Without hours, always open.
  const states = hours === null ? [0] : statesAhead(hours, at);
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
