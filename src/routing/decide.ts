import type { Hours } from '#contract/business-hours.ts';
import { callDefaults, callHandlingNames, enforcement } from '#contract/call-defaults.ts';
import type { BlockedCaller, CallHandling, CallSettings } from '#contract/call-handling.ts';
import type { Conditions, DecidedBy, Destination, RoutedNumber, Rule, TemporaryReassignment } from '#contract/routing.ts';
import { hoursAt, type HoursState } from './hours.ts';
import { anyone, failedCondition, type Caller } from './match.ts';
import { chooseShare } from './split.ts';
import { conditionWords, hoursWords, momentWords, ruleName, type NameOf } from './words.ts';

/**
 * The decision: who answers a call, by which rule, and why. A pure function: no clock, no database, no page. The console
 * shows what it says, and `POST /v1/route` answers it; there is no second one.
 */
export interface Call {
  direction: 'inbound' | 'outbound';
  /** At the other end: who calls, or who is called. */
  party: Caller;
  /** Milliseconds since 1970, UTC. */
  at: number;
}

/** What the telephony runtime must obey: the preferences that the decision itself does not enforce, defaults filled in. */
export type RuntimeSettings = Omit<CallSettings, 'inbound_countries' | 'outbound_countries' | 'blocked_callers' | 'outbound_window'>;

export interface Decision {
  destination: Destination;
  /** The agent that takes part; of a split, the one this caller gets. Null where none does, or where it depends on who calls. */
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
const defaultSettings = Object.fromEntries(passed.map((name) => [name, callDefaults[name]])) as RuntimeSettings;

const settingsOf = (handling: Partial<CallHandling> | null): RuntimeSettings => {
  if (handling === null) return defaultSettings;
  const known = settingsMade.get(handling);
  if (known) return known;
  const made = Object.fromEntries(passed.map((name) => [name, handling[name] ?? callDefaults[name]])) as unknown as RuntimeSettings;
  settingsMade.set(handling, made);
  return made;
};

const isBlockedBy = (blocked: BlockedCaller, number: string, at: number): boolean => {
  if ('number' in blocked ? blocked.number !== number : !number.startsWith(blocked.prefix)) return false;
  return blocked.expires_at === null || Date.parse(blocked.expires_at) > at;
};

/** The agent that stands in at this instant, if any. */
export const standIn = (reassignment: TemporaryReassignment | null, direction: Call['direction'], at: number): string | null => {
  if (reassignment === null || (reassignment.direction !== direction && reassignment.direction !== 'both')) return null;
  return Date.parse(reassignment.starts_at) <= at && at < Date.parse(reassignment.ends_at) ? reassignment.agent_id : null;
};

interface Outcome {
  destination: Destination;
  decidedBy: DecidedBy;
  rule?: Rule;
}

const declined = (decidedBy: DecidedBy): Outcome => ({ destination: { type: 'reject', reason: 'declined' }, decidedBy });

const partyWords = ({ number, isAnonymous }: Caller) => (isAnonymous ? 'The caller withholds the number' : number === null ? 'The caller' : number);

const countryReason = (party: Caller, allowed: readonly string[], verb: string): string => {
  const from = party.country === null ? 'of no known country' : party.country;
  return `${partyWords(party)} is ${from}; only ${allowed.join(', ')} may ${verb}. The call is declined.`;
};

const refuseInbound = ({ party, at }: Call, handling: Partial<CallHandling> | null, reasons: string[]): Outcome | null => {
  const { number } = party;
  const blocked = number === null ? undefined : handling?.blocked_callers?.find((each) => isBlockedBy(each, number, at));
  if (blocked) {
    const because = blocked.reason === null ? '' : ` (${blocked.reason})`;
    reasons.push(`${number} is blocked${because}. The call is declined.`);
    return declined('blocked_caller');
  }
  const countries = handling?.inbound_countries ?? [];
  if (countries.length === 0 || party === anyone) return null;
  if (party.country !== null && countries.includes(party.country)) return null;
  reasons.push(countryReason(party, countries, 'call'));
  return declined('inbound_countries');
};

const askedOf: Record<keyof Conditions, (when: Conditions, state: HoursState | null, party: Caller) => string> = {
  hours: ({ hours }, state) =>
    hours === 'exception'
      ? 'no exception governs this moment'
      : `it asks for ${hours}, and the hours are ${state === null ? 'always open' : state.isOpen ? 'open' : 'closed'}`,
  anonymous: ({ anonymous }) => (anonymous === true ? 'the caller gives a number' : 'the caller withholds the number'),
  caller_countries: (_, __, { country }) => (country === null ? 'the caller’s country is not known' : `the caller is from ${country}`),
  caller_prefixes: () => 'the caller’s number begins otherwise',
  caller_in: () => 'the caller is not one of those it names',
};

const weighRules = (rules: readonly Rule[], state: HoursState | null, party: Caller, reasons: string[]): Rule | null => {
  const facts = { isOpen: state?.isOpen ?? true, isException: state !== null && state.exception !== null };
  for (const [place, rule] of rules.entries()) {
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
    reasons.push(`${name} does not match: ${askedOf[failed](rule.when, state, party)}.`);
  }
  return null;
};

/** What stands behind the rules: the agent, whoever stands in for it, the fallback, nobody. */
const withoutRule = (number: RoutedNumber, { direction, at }: Call, hasRules: boolean, zone: string, nameOf: NameOf, reasons: string[]): Outcome => {
  const usual = direction === 'inbound' ? number.inbound_agent_id : number.outbound_agent_id;
  const instead = standIn(number.temporary_reassignment, direction, at);
  const agentId = instead ?? usual;
  const so = hasRules ? 'No rule matches' : direction === 'inbound' ? 'There are no rules' : 'No rules apply to outbound calls';
  if (agentId !== null) {
    const name = nameOf(agentId) ?? `agent ${agentId}`;
    const acts = direction === 'inbound' ? 'answers' : 'dials';
    const until = instead === null ? '' : `, standing in until ${momentWords(zone, Date.parse(number.temporary_reassignment?.ends_at ?? ''))}`;
    reasons.push(`${so}: ${name}, the ${direction} agent, ${acts}${until}.`);
    return { destination: { type: 'agent', agent_id: agentId }, decidedBy: `${direction}_agent` };
  }
  const fallback = direction === 'inbound' ? (number.routing?.fallback ?? null) : null;
  if (fallback !== null) {
    reasons.push(`${so}, and the number has no inbound agent: the fallback takes the call.`);
    return { destination: fallback, decidedBy: 'fallback' };
  }
  reasons.push(`${so}, and the number has no ${direction} agent${direction === 'inbound' ? ' and no fallback' : ''}: the call is declined.`);
  return declined('nobody');
};

const refuseOutbound = ({ party, at }: Call, handling: Partial<CallHandling> | null, reasons: string[]): Outcome | null => {
  const countries = handling?.outbound_countries ?? [];
  if (countries.length > 0 && party !== anyone && (party.country === null || !countries.includes(party.country))) {
    reasons.push(countryReason(party, countries, 'be called'));
    return declined('outbound_countries');
  }
  const window = handling?.outbound_window ?? null;
  if (window === null || hoursAt(windowHours(window), at).isOpen) return null;
  reasons.push(`It is ${momentWords(window.time_zone, at)} in ${window.time_zone}, outside the outbound window. The call is not made.`);
  return declined('outbound_window');
};

const windows = new WeakMap<object, Hours>();
/** The outbound window as hours, the same object each time, so that it is compiled once. */
const windowHours = (window: NonNullable<CallHandling['outbound_window']>): Hours => {
  const known = windows.get(window);
  if (known) return known;
  const made = { name: 'Outbound window', exceptions: [], ...window };
  windows.set(window, made);
  return made;
};

const noNames: NameOf = () => undefined;

/**
 * Exactly one destination for every call.
 * @param number the phone number's record, saved or not
 * @param hours the business hours it goes by; null where it has none
 * @param nameOf what agents are called, for the reasons
 */
export const decide = (number: RoutedNumber, hours: Hours | null, call: Call, nameOf: NameOf = noNames): Decision => {
  const { routing, call_handling: handling } = number;
  const reasons: string[] = [];
  const settings = settingsOf(handling);
  const state = hours === null ? null : hoursAt(hours, call.at);
  const zone = hours?.time_zone ?? 'UTC';

  const settle = ({ destination, decidedBy, rule }: Outcome): Decision => {
    const made = { decidedBy, rule: rule ?? null, hours: state, settings, reasons };
    if (destination.type === 'forward') {
      const ringTimeout = destination.ring_timeout_seconds ?? settings.ring_timeout_seconds;
      return { destination: { ...destination, ring_timeout_seconds: ringTimeout }, agentId: null, ...made };
    }
    if (destination.type === 'agent') return { destination, agentId: destination.agent_id, ...made };
    if (destination.type !== 'split' || call.party === anyone) return { destination, agentId: null, ...made };
    // Whoever withholds the number cannot be known again: the instant spreads them.
    const agentId = chooseShare(destination.agents, `${number.phone_number} ${call.party.number ?? call.at}`);
    if (agentId !== null) reasons.push(`Of ${destination.agents.length} agents, this caller gets ${nameOf(agentId) ?? `agent ${agentId}`}.`);
    return { destination, agentId, ...made };
  };

  if (call.direction === 'outbound') {
    return settle(refuseOutbound(call, handling, reasons) ?? withoutRule(number, call, false, zone, nameOf, reasons));
  }
  const refused = refuseInbound(call, handling, reasons);
  if (refused) return settle(refused);
  const rules = routing?.rules ?? [];
  if (hours !== null && state !== null) reasons.push(hoursWords(hours, state, call.at));
  else if (rules.length > 0) reasons.push('The number has no business hours: it counts as always open.');
  const rule = weighRules(rules, state, call.party, reasons);
  if (rule) return settle({ destination: rule.destination, decidedBy: 'rule', rule });
  return settle(withoutRule(number, call, rules.length > 0, zone, nameOf, reasons));
};
