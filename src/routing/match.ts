import type { Conditions, Rule } from '#contract/numbers/routing.ts';

/** Who is at the other end. */
export interface Party {
  /** E.164; null where it is withheld, or could not be read. */
  number: string | null;
  country: string | null;
  isAnonymous: boolean;
  /** What came instead of a number: one that stands for withheld, or a text that could not be read. */
  sent?: string;
  /** The country is the main one of the number's code, for no country is known to have the number. */
  isCountryOfCode?: boolean;
}

/** A caller that gave something, of which no number could be made. */
export const isUnread = ({ number, isAnonymous, sent }: Party): boolean =>
  number === null && !isAnonymous && sent !== undefined;

/** What lists of callers can name: the number, or the one that stands for withheld. */
export const nameOnLists = ({ number, isAnonymous, sent }: Party): string | null =>
  number ?? (isAnonymous ? (sent ?? null) : null);

/** A number that stands for withheld begins like nobody's: it is meant only where it is named whole. */
export const beginsWith = (caller: Party, prefix: string): boolean =>
  caller.number?.startsWith(prefix) ?? nameOnLists(caller) === prefix;

/**
 * Some caller of whom nothing is known: what rules about certain callers do not touch, and no list shuts out.
 * Compared by identity.
 */
export const unknownCaller: Party = { number: null, country: null, isAnonymous: false };

/** What of the hours a rule asks. A number without hours is always open. */
export interface HoursFacts {
  isOpen: boolean;
  isException: boolean;
}

const isListed = (list: readonly string[] | null, matches: (entry: string) => boolean): boolean =>
  list === null || list.length === 0 || list.some(matches);

/** The first condition that does not hold; null where all do. */
export const failedCondition = (
  when: Conditions,
  hours: HoursFacts,
  caller: Party,
): keyof Conditions | null => {
  if (when.hours === 'open' && !hours.isOpen) return 'hours';
  if (when.hours === 'closed' && hours.isOpen) return 'hours';
  if (when.hours === 'exception' && !hours.isException) return 'hours';
  if (when.anonymous !== 'any' && when.anonymous !== caller.isAnonymous) return 'anonymous';
  const { country } = caller;
  const name = nameOnLists(caller);
  if (!isListed(when.caller_countries, (code) => code === country)) return 'caller_countries';
  if (!isListed(when.caller_prefixes, (prefix) => beginsWith(caller, prefix))) return 'caller_prefixes';
  if (!isListed(when.caller_in, (listed) => listed === name)) return 'caller_in';
  return null;
};

/** The first enabled rule that matches. */
export const matchingRule = (rules: readonly Rule[], hours: HoursFacts, caller: Party): Rule | null =>
  rules.find((rule) => rule.enabled && failedCondition(rule.when, hours, caller) === null) ?? null;

/** Whether a rule asks about the caller at all. */
export const asksForCaller = ({
  caller_countries,
  caller_prefixes,
  caller_in,
  anonymous,
}: Conditions): boolean =>
  anonymous === true ||
  [caller_countries, caller_prefixes, caller_in].some((list) => list !== null && list.length > 0);
