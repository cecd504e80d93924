import { pointerTo } from '#contract/pointer.ts';
import type { Hours } from '#contract/business-hours.ts';
import type { Finding } from '#contract/numbers/finding.ts';
import type { RoutedNumber, Rule } from '#contract/numbers/routing.ts';
import { unknownCaller, matchingRule, type HoursFacts } from '#routing/match.ts';
import { pseudoNumbers } from '#routing/pseudo-numbers.ts';
import { hoursStates } from '#routing/answers-by-hours-state.ts';
import { ruleName } from '#routing/words/words.ts';

/*
 * Callers that nobody answers, and rules that no call reaches. `states`: those of `hoursStates` that the
 * hours come to.
 */

const stateWords = [
  'during business hours',
  'outside business hours',
  'while an exception keeps it open',
  'while an exception keeps it closed',
];

const factsOf = (state: number): HoursFacts => hoursStates[state] ?? { isOpen: true, isException: false };

export const findNobody = (number: RoutedNumber, states: readonly number[]): Finding[] => {
  const { routing } = number;
  if (number.inbound_agent_id !== null || routing?.fallback) return [];
  const silent = states.filter(
    (state) => matchingRule(routing?.rules ?? [], factsOf(state), unknownCaller) === null,
  );
  if (silent.length === 0) return [];
  const when =
    silent.length === states.length ? '' : ` ${silent.map((state) => stateWords[state]).join(' and ')}`;
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

/**
 * What a rule asks of the caller, its lists as sets: a number may have thousands of entries, and each rule
 * meets each.
 */
interface Asked {
  rule: Rule;
  countries: ReadonlySet<string>;
  prefixes: ReadonlySet<string>;
  callers: ReadonlySet<string>;
}

const toAsked = (rule: Rule): Asked => ({
  rule,
  countries: new Set(rule.when.caller_countries),
  prefixes: new Set(rule.when.caller_prefixes),
  callers: new Set(rule.when.caller_in),
});

const isEqual = (entry: string, entries: ReadonlySet<string>) => entries.has(entry);

/** The number, or longer prefix, begins with one of these: each of its own beginnings is looked up. */
const hasBeginningIn = (number: string, prefixes: ReadonlySet<string>): boolean => {
  if (pseudoNumbers.has(number)) return prefixes.has(number);
  for (let length = 2; length <= number.length; length += 1)
    if (prefixes.has(number.slice(0, length))) return true;
  return false;
};

const isWithin = (inner: ReadonlySet<string>, outer: ReadonlySet<string>, matches = isEqual): boolean => {
  if (outer.size === 0) return true;
  if (inner.size === 0) return false;
  for (const entry of inner) if (!matches(entry, outer)) return false;
  return true;
};

const asksForNumber = ({ prefixes, callers }: Asked): boolean => prefixes.size > 0 || callers.size > 0;

/**
 * Whether those it asks for may withhold their number: whoever has one of certain numbers does not, but for
 * those that stand for withheld.
 */
const mayBeWithheld = (asked: Asked): boolean => {
  if (asked.rule.when.anonymous === false) return false;
  return (
    !asksForNumber(asked) || [...asked.prefixes, ...asked.callers].some((entry) => pseudoNumbers.has(entry))
  );
};
const mayBeGiven = ({ rule }: Asked): boolean => rule.when.anonymous !== true;

/** Every caller that the second rule asks for, the first one takes. */
const takesCallersOf = (first: Asked, second: Asked): boolean => {
  const { anonymous } = first.rule.when;
  if (anonymous !== 'any' && (anonymous ? mayBeGiven(second) : mayBeWithheld(second))) return false;
  return (
    isWithin(second.countries, first.countries) &&
    isWithin(second.prefixes, first.prefixes, hasBeginningIn) &&
    isWithin(second.callers, first.callers)
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
const asksForNobody = (asked: Asked): boolean => {
  const { rule, countries, prefixes, callers } = asked;
  if (rule.when.anonymous === true) return !mayBeWithheld(asked) || countries.size > 0;
  if (prefixes.size === 0 || callers.size === 0) return false;
  for (const caller of callers) if (hasBeginningIn(caller, prefixes)) return false;
  return true;
};

/** Why no call reaches a rule, and the way out; null where some call may. */
const whyUnreachable = (
  asked: Asked,
  before: readonly Asked[],
  hours: Hours | null,
  states: readonly number[],
): [why: string, fix: string] | null => {
  const { rule } = asked;
  if (asksForNobody(asked)) return ['no caller is all that it asks for', 'Ask for less, or remove the rule.'];
  const own = states.filter((state) => matchesState(rule, state));
  // Looked at only while a state is left over: comparing callers costs most.
  const left = new Set(own);
  for (const other of before) {
    const shared = [...left].filter((state) => matchesState(other.rule, state));
    if (shared.length > 0 && takesCallersOf(other, asked)) for (const state of shared) left.delete(state);
  }
  if (left.size > 0) return null;
  if (own.length > 0)
    return [
      'rules before it take all its calls',
      'Move it up, ask for less in the rules before it, or remove it.',
    ];
  if (hours === null)
    return ['a number without hours is always open', 'Choose business hours, or remove the rule.'];
  return [never[rule.when.hours] ?? '', 'Change the hours or the condition, or remove the rule.'];
};

export const findUnreachable = (
  rules: readonly Rule[],
  hours: Hours | null,
  states: readonly number[],
): Finding[] => {
  const before: Asked[] = [];
  return rules.flatMap((rule, place): Finding[] => {
    if (!rule.enabled) return [];
    const asked = toAsked(rule);
    const found = whyUnreachable(asked, before, hours, states);
    before.push(asked);
    if (found === null) return [];
    const [why, fix] = found;
    const message = `${ruleName(rule, place)} never matches: ${why}.`;
    return [
      {
        code: 'unreachable_rule',
        severity: 'warning',
        pointer: pointerTo('routing', 'rules', place),
        message,
        fix,
      },
    ];
  });
};
