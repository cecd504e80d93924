import type { Hours } from '#contract/business-hours.ts';
import type { Finding, RoutedNumber, Rule } from '#contract/routing.ts';
import { anyone, matchingRule, type HoursFacts } from './match.ts';
import { hoursStates } from './standing.ts';
import { ruleName } from './words.ts';

/** Callers that nobody answers, and rules that no call reaches. `states`: those of `hoursStates` that the hours come to. */

const stateWords = ['during business hours', 'outside business hours', 'when an exception opens', 'when an exception closes'];

const factsOf = (state: number): HoursFacts => hoursStates[state] ?? { isOpen: true, isException: false };

export const findNobody = (number: RoutedNumber, states: readonly number[]): Finding[] => {
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

const asksForNumber = ({ when }: Rule): boolean => [when.caller_prefixes, when.caller_in].some((list) => list !== null && list.length > 0);

/** Every caller that the second rule asks for, the first one takes. */
const takesCallersOf = ({ when: first }: Rule, rule: Rule): boolean => {
  const { when: second } = rule;
  // Whoever has one of certain numbers does not withhold it.
  const anonymous = asksForNumber(rule) ? false : second.anonymous;
  if (first.anonymous !== 'any' && first.anonymous !== anonymous) return false;
  return (
    isWithin(second.caller_countries, first.caller_countries) &&
    isWithin(second.caller_prefixes, first.caller_prefixes, (prefix, shorter) => prefix.startsWith(shorter)) &&
    isWithin(second.caller_in, first.caller_in)
  );
};

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

/** No caller at all is as the rule asks, whatever the hours. */
const asksForNobody = (rule: Rule): boolean => {
  const { anonymous, caller_countries: countries, caller_prefixes: prefixes, caller_in: callers } = rule.when;
  if (anonymous === true) return asksForNumber(rule) || (countries !== null && countries.length > 0);
  if (!prefixes?.length || !callers?.length) return false;
  return !callers.some((caller) => prefixes.some((prefix) => caller.startsWith(prefix)));
};

/** Why no call reaches a rule, and the way out; null where some call may. */
const whyUnreachable = (rule: Rule, before: readonly Rule[], hours: Hours | null, states: readonly number[]): [why: string, fix: string] | null => {
  if (asksForNobody(rule)) return ['no caller is all that it asks for', 'Ask for less, or remove the rule.'];
  const own = states.filter((state) => matchesState(rule, state));
  const isTaken = (state: number) => before.some((other) => other.enabled && matchesState(other, state) && takesCallersOf(other, rule));
  if (!own.every(isTaken)) return null;
  if (own.length > 0) return ['rules before it take all its calls', 'Move it up, ask for less in the rules before it, or remove it.'];
  if (hours === null) return ['a number without hours is always open', 'Choose business hours, or remove the rule.'];
  return [never[rule.when.hours] ?? '', 'Change the hours or the condition, or remove the rule.'];
};

export const findUnreachable = (rules: readonly Rule[], hours: Hours | null, states: readonly number[]): Finding[] =>
  rules.flatMap((rule, place): Finding[] => {
    const found = rule.enabled ? whyUnreachable(rule, rules.slice(0, place), hours, states) : null;
    if (found === null) return [];
    const [why, fix] = found;
    const message = `${ruleName(rule, place)} never matches: ${why}.`;
    return [{ code: 'unreachable_rule', severity: 'warning', pointer: `/routing/rules/${place}`, message, fix }];
  });
