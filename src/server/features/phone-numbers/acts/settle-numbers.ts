import type { BlockedCaller } from '#contract/numbers/call-handling.ts';
import { hasOpenZero } from '#contract/reading/phone-number.ts';
import type { Conditions, RoutingPatch } from '#contract/numbers/routing.ts';
import type { Destination } from '#contract/numbers/destination.ts';
import { resolveTrunkZero, resolveTrunkZeroOfPrefix } from '#server/lib/numbering-plan.ts';

/*
 * A `(0)` in the numbers of rules and blocks, decided as in a number that is added. All else stays as it is
 * read.
 */

const settleAll = (entries: string[] | null, settle: (spelled: string) => string): string[] | null =>
  entries?.some(hasOpenZero) ? [...new Set(entries.map(settle))] : entries;

const settleConditions = (when: Conditions): Conditions => ({
  ...when,
  caller_prefixes: settleAll(when.caller_prefixes, resolveTrunkZeroOfPrefix),
  caller_in: settleAll(when.caller_in, resolveTrunkZero),
});

// In a SIP address brackets are its own.
const settleDestination = <D extends Destination | null>(destination: D): D =>
  destination?.type === 'forward' && destination.to.startsWith('+')
    ? { ...destination, to: resolveTrunkZero(destination.to) }
    : destination;

export const settleRouting = ({ rules, fallback, ...rest }: RoutingPatch): RoutingPatch => ({
  ...rest,
  ...(rules !== undefined && {
    rules:
      rules?.map((rule) => ({
        ...rule,
        when: settleConditions(rule.when),
        destination: settleDestination(rule.destination),
      })) ?? null,
  }),
  ...(fallback !== undefined && { fallback: settleDestination(fallback) }),
});

export const settleBlocked = (blocked: BlockedCaller): BlockedCaller =>
  'number' in blocked
    ? { ...blocked, number: resolveTrunkZero(blocked.number) }
    : { ...blocked, prefix: resolveTrunkZeroOfPrefix(blocked.prefix) };
