import type { FieldError } from '#contract/errors.ts';
import type { Destination, Routing } from '#contract/routing.ts';
import { leadingBack } from '#routing/lint.ts';
import { forwardTargets, routedAgentIds } from '#routing/standing.ts';
import type { Queryable, Transaction } from '#server/db/database.ts';
import type { AgentsService } from '#server/features/agents/service.ts';
import type { BusinessHoursService } from '#server/features/business-hours/service.ts';
import { pointerTo } from '#server/http/problem.ts';
import { possibleNumber, whyImpossible } from '#server/numbering-plan.ts';
import { holdForwards, selectForwards, type Changeable } from './store.ts';

/** The destinations of routing, each with where it stands. */
const destinationsOf = ({ rules, fallback }: Routing): [path: PropertyKey[], destination: Destination, isEnabled: boolean][] => [
  ...rules.map(({ destination, enabled }, at): [PropertyKey[], Destination, boolean] => [
    ['routing', 'rules', at, 'destination'],
    destination,
    enabled,
  ]),
  ...(fallback === null ? [] : [[['routing', 'fallback'], fallback, true] as [PropertyKey[], Destination, boolean]]),
];

const agentsAt = ([path, destination]: [PropertyKey[], Destination, boolean]): [pointer: string, agentId: string][] => {
  if (destination.type === 'agent') return [[pointerTo(...path, 'agent_id'), destination.agent_id]];
  if (destination.type !== 'split') return [];
  return destination.agents.map(({ agent_id: id }, at) => [pointerTo(...path, 'agents', at, 'agent_id'), id]);
};

/** The agents a change gives the number anew, by where they stand. One that was retired while it had the number may stay. */
export const newAgents = (before: Changeable, after: Changeable): Record<string, string> => {
  const assigned: Record<string, string> = {};
  for (const field of ['inbound_agent_id', 'outbound_agent_id'] as const) {
    const id = after[field];
    if (id !== null && id !== before[field]) assigned[pointerTo(field)] = id;
  }
  const known = new Set(before.routing ? routedAgentIds(before.routing) : []);
  for (const place of after.routing ? destinationsOf(after.routing) : []) {
    for (const [pointer, id] of agentsAt(place)) if (!known.has(id)) assigned[pointer] = id;
  }
  const standIn = after.temporary_reassignment?.agent_id;
  if (standIn !== undefined && standIn !== before.temporary_reassignment?.agent_id)
    assigned[pointerTo('temporary_reassignment', 'agent_id')] = standIn;
  return assigned;
};

// No office forwards so far, and each hop is a question to the database.
const MAX_HOPS = 20;

/** Where numbers of ours that can be reached from here forward to. `isCut`: it goes on beyond what was followed. */
export const followForwards = async (
  queryable: Queryable,
  targets: readonly string[],
): Promise<{ forwards: Map<string, readonly string[]>; isCut: boolean }> => {
  const forwards = new Map<string, readonly string[]>();
  let open = [...targets];
  for (let hop = 0; open.length > 0 && hop < MAX_HOPS; hop += 1) {
    // Each step is known only after the one before.
    // eslint-disable-next-line no-await-in-loop
    const found = await selectForwards(queryable, open);
    for (const { phone_number: number, forwards_to: to } of found) forwards.set(number, to);
    open = [...new Set(found.flatMap(({ forwards_to: to }) => to))].filter((to) => !forwards.has(to));
  }
  return { forwards, isCut: open.length > 0 };
};

/** Forwards that a change brings, or a restored number brings back, and that lead to the number itself. */
export const findForwardErrors = async (
  tx: Transaction,
  phoneNumber: string,
  before: Routing | null,
  after: Routing | null,
): Promise<FieldError[]> => {
  if (after === null) return [];
  const targets = forwardTargets(after);
  const isKnown = new Set(before ? forwardTargets(before) : []);
  if (targets.every((to) => isKnown.has(to))) return [];
  // Two numbers that are set to forward to each other at the same time must see each other.
  await holdForwards(tx);
  const { forwards, isCut } = await followForwards(tx, targets);
  const back = leadingBack(targets, phoneNumber, (number) => forwards.get(number) ?? []);
  return destinationsOf(after).flatMap(([path, destination, isEnabled]): FieldError[] => {
    if (destination.type !== 'forward' || !isEnabled) return [];
    const pointer = pointerTo(...path, 'to');
    if (destination.to === phoneNumber)
      return [{ pointer, code: 'forward_to_itself', message: 'This is the number itself. Forward to another one.' }];
    if (back.has(destination.to))
      return [
        { pointer, code: 'forward_loop', message: `${destination.to} forwards back to this number. Forward somewhere else, or end the loop there.` },
      ];
    // Beyond what is followed there may be a loop.
    if (!isCut || !forwards.has(destination.to)) return [];
    return [
      { pointer, code: 'forward_loop', message: `${destination.to} forwards on through more than ${MAX_HOPS} numbers. Forward to the last one.` },
    ];
  });
};

const numbersForwardedTo = (routing: Routing | null): [path: PropertyKey[], to: string][] =>
  (routing ? destinationsOf(routing) : []).flatMap(([path, destination]): [PropertyKey[], string][] =>
    destination.type === 'forward' && destination.to.startsWith('+') ? [[path, destination.to]] : [],
  );

/** Numbers that nobody can have, among the targets that a change brings. One that was there may stay. */
const findImpossibleForwards = (before: Routing | null, after: Routing | null): FieldError[] => {
  const known = new Set(numbersForwardedTo(before).map(([, to]) => to));
  return numbersForwardedTo(after)
    .filter(([, to]) => !known.has(to) && possibleNumber(to) === null)
    .map(([path, to]) => ({ pointer: pointerTo(...path, 'to'), code: 'invalid_forward_target', message: whyImpossible(to) }));
};

interface CheckDependencies {
  agents: Pick<AgentsService, 'findUnassignable'>;
  businessHours: Pick<BusinessHoursService, 'findMissing'>;
}

/**
 * What a number may not refer to: agents that do not exist or are retired, hours that do not exist, forwards to numbers
 * that cannot exist or that lead back to it. Only what a change brings is judged.
 */
export const createRoutingCheck =
  ({ agents, businessHours }: CheckDependencies) =>
  async (tx: Transaction, phoneNumber: string, before: Changeable, after: Changeable): Promise<FieldError[]> => {
    const hoursId = after.routing?.business_hours_id ?? null;
    const isNew = hoursId !== null && hoursId !== before.routing?.business_hours_id;
    return [
      ...(await agents.findUnassignable(tx, newAgents(before, after))),
      ...(isNew ? await businessHours.findMissing(tx, { [pointerTo('routing', 'business_hours_id')]: hoursId }) : []),
      ...findImpossibleForwards(before.routing, after.routing),
      ...(await findForwardErrors(tx, phoneNumber, before.routing, after.routing)),
    ];
  };
