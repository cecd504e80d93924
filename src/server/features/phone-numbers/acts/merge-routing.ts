import { isDeepStrictEqual } from 'node:util';
import { callHandlingNames } from '#contract/numbers/call-defaults.ts';
import type { CallHandling, CallHandlingPatch } from '#contract/numbers/call-handling.ts';
import type { Routing, RoutingPatch, Rule } from '#contract/numbers/routing.ts';
import { newId } from '#server/lib/ids.ts';
import { settleBlocked, settleRouting } from './settle-numbers.ts';

type WrittenRule = NonNullable<RoutingPatch['rules']>[number];

/**
 * A rule without an id is a new one, unless it says what a stored rule that nobody names says: sent again, it
 * changes nothing.
 */
const nameRules = (stored: readonly Rule[], written: readonly WrittenRule[]): Rule[] => {
  const named = new Set(written.map(({ id }) => id));
  const free = stored.filter(({ id }) => !named.has(id));
  return written.map(({ id, ...rule }) => {
    if (id !== undefined) return { id, ...rule };
    const at = free.findIndex(({ id: _id, ...other }) => isDeepStrictEqual(other, rule));
    const [same] = at < 0 ? [] : free.splice(at, 1);
    return { id: same?.id ?? newId(), ...rule };
  });
};

const without: Routing = { business_hours_id: null, rules: [], fallback: null };

/** Routing that says nothing is null. */
export const routingOrNull = (routing: Routing): Routing | null =>
  isDeepStrictEqual(routing, without) ? null : routing;

/** Absent is unchanged, null is cleared; rules are replaced whole. */
export const mergeRouting = (before: Routing | null, asked: RoutingPatch | null): Routing | null => {
  if (asked === null) return null;
  const patch = settleRouting(asked);
  const { business_hours_id, rules, fallback } = before ?? without;
  const after: Routing = {
    business_hours_id: patch.business_hours_id === undefined ? business_hours_id : patch.business_hours_id,
    rules: patch.rules === undefined ? rules : nameRules(rules, patch.rules ?? []),
    fallback: patch.fallback === undefined ? fallback : patch.fallback,
  };
  return routingOrNull(after);
};

/** Absent is unchanged, null is the platform's default again. Where every default holds, it is null. */
export const mergeCallHandling = (
  before: Partial<CallHandling> | null,
  patch: CallHandlingPatch | null,
): Partial<CallHandling> | null => {
  if (patch === null) return null;
  const all: Partial<CallHandling> = {
    ...before,
    ...Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)),
  };
  if (patch.blocked_callers) all.blocked_callers = patch.blocked_callers.map(settleBlocked);
  const set = callHandlingNames
    .filter((name) => (all[name] ?? null) !== null)
    .map((name) => [name, all[name]]);
  return set.length === 0 ? null : (Object.fromEntries(set) as Partial<CallHandling>);
};
