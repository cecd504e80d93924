import type { Hours } from '#contract/business-hours.ts';
import { callDefaults, callHandlingNames, enforcement } from '#contract/numbers/call-defaults.ts';
import type { CallHandling, CallSettings } from '#contract/numbers/call-handling.ts';
import type {
  Conditions,
  DecidedBy,
  RoutedNumber,
  Rule,
  TemporaryReassignment,
} from '#contract/numbers/routing.ts';
import type { Destination } from '#contract/numbers/destination.ts';
import type { Call, Outcome } from './call.ts';
import { hoursAt, type HoursState } from './hours.ts';
import { unknownCaller, failedCondition, isUnread, type Party } from './match.ts';
import { refuseInbound, refuseOutbound } from './refuse.ts';
import { chooseAgent } from './split.ts';
import { conditionWords, hoursWords, momentWithZone, ruleName, type NameOf } from '#routing/words/words.ts';

/*
 * The decision: who answers a call, by which rule, and why. A pure function: no clock, no database, no page.
 * The console shows what it says, and `POST /v1/route` answers it; there is no second one.
 */

/**
 * What the telephony runtime must obey: the preferences that the decision itself does not enforce, defaults
 * filled in.
 */
export type RuntimeSettings = Omit<
  CallSettings,
  'inbound_countries' | 'outbound_countries' | 'blocked_callers' | 'outbound_window'
>;

export interface Decision {
  destination: Destination;
  /**
   * The agent that takes part; of a split, the one this caller gets. Null where none does, or where it
   * depends on who calls.
   */
  agentId: string | null;
  decidedBy: DecidedBy;
  rule: Rule | null;
  /** Null where the number has no hours. */
  hours: HoursState | null;
  settings: RuntimeSettings;
  /** In the order in which they were weighed. */
  reasons: string[];
}

const passed = callHandlingNames.filter((name) => enforcement[name] === 'passed');
const settingsMade = new WeakMap<object, RuntimeSettings>();
const defaultSettings = Object.fromEntries(
  passed.map((name) => [name, callDefaults[name]]),
) as RuntimeSettings;

const settingsOf = (handling: Partial<CallHandling> | null): RuntimeSettings => {
  if (handling === null) return defaultSettings;
  const known = settingsMade.get(handling);
  if (known) return known;
  const made = Object.fromEntries(
    passed.map((name) => [name, handling[name] ?? callDefaults[name]]),
  ) as unknown as RuntimeSettings;
  settingsMade.set(handling, made);
  return made;
};

const spans = new WeakMap<TemporaryReassignment, { from: number; until: number }>();
const spanOf = (reassignment: TemporaryReassignment): { from: number; until: number } => {
  const known = spans.get(reassignment);
  if (known) return known;
  const made = { from: Date.parse(reassignment.starts_at), until: Date.parse(reassignment.ends_at) };
  spans.set(reassignment, made);
  return made;
};

/** The agent that stands in at this instant, if any. */
export const standIn = (
  reassignment: TemporaryReassignment | null,
  direction: Call['direction'],
  at: number,
): string | null => {
  if (reassignment === null || (reassignment.direction !== direction && reassignment.direction !== 'both'))
    return null;
  const { from, until } = spanOf(reassignment);
  return from <= at && at < until ? reassignment.agent_id : null;
};

/** Why a caller without a number is not one that a rule asks for; null where there is a number. */
const whyNoNumber = (party: Party): string | null => {
  if (party.number !== null) return null;
  return party.isAnonymous
    ? 'the caller withholds the number'
    : isUnread(party)
      ? 'the caller’s number could not be read'
      : null;
};

const mismatchWords: Record<
  keyof Conditions,
  (when: Conditions, state: HoursState | null, party: Party) => string
> = {
  hours: ({ hours }, state) =>
    hours === 'exception'
      ? 'no exception governs this moment'
      : `it asks for ${hours}, and the hours are ${state === null ? 'always open' : state.isOpen ? 'open' : 'closed'}`,
  anonymous: (_, __, party) => whyNoNumber(party) ?? 'the caller gives a number',
  caller_countries: (_, __, party) =>
    whyNoNumber(party) ??
    (party.country === null ? 'the caller’s country is not known' : `the caller is from ${party.country}`),
  caller_prefixes: (_, __, party) => whyNoNumber(party) ?? 'the caller’s number begins otherwise',
  caller_in: (_, __, party) => whyNoNumber(party) ?? 'the caller is not one of those it names',
};

const weighRules = (
  rules: readonly Rule[],
  state: HoursState | null,
  party: Party,
  reasons: string[],
): Rule | null => {
  const facts = { isOpen: state?.isOpen ?? true, isException: state !== null && state.exception !== null };
  let place = -1;
  for (const rule of rules) {
    place += 1;
    const name = ruleName(rule, place);
    if (!rule.enabled) {
      reasons.push(`${name} is switched off.`);
      continue;
    }
    const failed = failedCondition(rule.when, facts, party);
    if (failed === null) {
      reasons.push(`${name} matches: ${conditionWords(rule.when)}.`);
      return rule;
    }
    reasons.push(`${name} does not match: ${mismatchWords[failed](rule.when, state, party)}.`);
  }
  return null;
};

/** What stands behind the rules: the agent, whoever stands in for it, the fallback, nobody. */
const decideWithoutRule = (
  number: RoutedNumber,
  { direction, at }: Call,
  hasRules: boolean,
  { nameOf, zone }: Telling,
  reasons: string[],
): Outcome => {
  const usual = direction === 'inbound' ? number.inbound_agent_id : number.outbound_agent_id;
  const { temporary_reassignment: reassignment } = number;
  const instead = standIn(reassignment, direction, at);
  const agentId = instead ?? usual;
  const so = hasRules
    ? 'No rule matches'
    : direction === 'inbound'
      ? 'There are no rules'
      : 'No rules apply to outbound calls';
  if (agentId !== null) {
    const name = nameOf(agentId) ?? `agent ${agentId}`;
    const acts = direction === 'inbound' ? 'answers' : 'dials';
    const role =
      instead === null || reassignment === null
        ? `the ${direction} agent`
        : `standing in for the ${direction} agent until ${momentWithZone(zone(), spanOf(reassignment).until)}`;
    reasons.push(`${so}: ${name}, ${role}, ${acts}.`);
    return { destination: { type: 'agent', agent_id: agentId }, decidedBy: `${direction}_agent` };
  }
  const fallback = direction === 'inbound' ? (number.routing?.fallback ?? null) : null;
  if (fallback !== null) {
    reasons.push(`${so}, and the number has no inbound agent: the fallback takes the call.`);
    return { destination: fallback, decidedBy: 'fallback' };
  }
  reasons.push(
    `${so}, and the number has no ${direction} agent${direction === 'inbound' ? ' and no fallback' : ''}: the call is declined.`,
  );
  return { destination: { type: 'reject', reason: 'declined' }, decidedBy: 'nobody' };
};

type Forward = Extract<Destination, { type: 'forward' }>;
const withRingTimeout = (
  { type, to, ring_timeout_seconds: seconds }: Forward,
  settings: RuntimeSettings,
): Forward => ({
  type,
  to,
  ring_timeout_seconds: seconds ?? settings.ring_timeout_seconds,
});

/** The agent that takes part, if one does and it is known which. */
const agentTakingPart = (
  number: RoutedNumber,
  { party, at }: Call,
  destination: Destination,
  nameOf: NameOf,
  reasons: string[],
): string | null => {
  if (destination.type === 'agent') return destination.agent_id;
  if (destination.type !== 'split' || party === unknownCaller) return null;
  // Whoever withholds the number cannot be known again: the instant spreads them.
  const agentId = chooseAgent(destination.agents, `${number.phone_number} ${party.number ?? at}`);
  if (agentId !== null)
    reasons.push(
      `Of ${destination.agents.length} agents, this caller gets ${nameOf(agentId) ?? `agent ${agentId}`}.`,
    );
  return agentId;
};

const asksForCountries = ({ routing, call_handling: handling }: RoutedNumber): boolean =>
  (handling?.inbound_countries?.length ?? 0) > 0 ||
  (routing?.rules.some(({ enabled, when }) => enabled && (when.caller_countries?.length ?? 0) > 0) ?? false);

/** What is odd about the other end, where it may matter. */
const partyReasons = (number: RoutedNumber, { direction, party }: Call): string[] => {
  if (isUnread(party))
    return [
      `The ${direction === 'inbound' ? 'caller’s' : 'called'} number could not be read: ${party.sent}.`,
    ];
  if (direction === 'outbound' || !asksForCountries(number) || !party.isCountryOfCode) return [];
  return [
    `No country is known to have ${party.number}: it counts as from ${party.country}, the main country of its code.`,
  ];
};

/** What the reasons need beyond the decision itself. */
export interface Telling {
  /** What agents are called. */
  nameOf: NameOf;
  /** By whose clock a moment is told: the number's, of `zoneOfNumber`. Asked only where a moment is told. */
  zone: () => string;
}

/**
 * Exactly one destination for every call. Throws RangeError where this engine does not know the zone.
 * @param number the phone number's record, saved or not
 * @param hours the business hours it goes by; null where it has none
 * @param telling for the reasons; without it, agents have no names, and a number without hours goes by UTC
 */
export const decide = (
  number: RoutedNumber,
  hours: Hours | null,
  call: Call,
  { nameOf = () => undefined, zone = () => hours?.time_zone ?? 'UTC' }: Partial<Telling> = {},
): Decision => {
  const { routing, call_handling: handling } = number;
  const reasons = partyReasons(number, call);
  const settings = settingsOf(handling);
  const state = hours === null ? null : hoursAt(hours, call.at);

  const settle = ({ destination, decidedBy, rule }: Outcome): Decision => {
    const settled = destination.type === 'forward' ? withRingTimeout(destination, settings) : destination;
    const agentId = agentTakingPart(number, call, destination, nameOf, reasons);
    return { destination: settled, agentId, decidedBy, rule: rule ?? null, hours: state, settings, reasons };
  };

  if (call.direction === 'outbound') {
    return settle(
      refuseOutbound(call, handling, reasons) ??
        decideWithoutRule(number, call, false, { nameOf, zone }, reasons),
    );
  }
  const refused = refuseInbound(call, handling, reasons);
  if (refused) return settle(refused);
  const rules = routing?.rules ?? [];
  if (hours !== null && state !== null) reasons.push(hoursWords(hours, state, call.at));
  else if (rules.length > 0) reasons.push('The number has no business hours: it counts as always open.');
  const rule = weighRules(rules, state, call.party, reasons);
  if (rule) return settle({ destination: rule.destination, decidedBy: 'rule', rule });
  return settle(decideWithoutRule(number, call, rules.length > 0, { nameOf, zone }, reasons));
};
