import { pointerTo } from '#contract/pointer.ts';
import type { Link } from '#contract/connections/links.ts';
import type { FieldError } from '#contract/errors.ts';
import type { Routing } from '#contract/numbers/routing.ts';
import { agentsAt, destinationsOf, forwardsAt, routedAgentIds } from '#routing/destinations.ts';
import type { Transaction } from '#server/platform/db/database.ts';
import type { AgentsByPlace, AgentsService, AgentsToLink } from '#server/features/agents/service.ts';
import type { BusinessHoursService } from '#server/features/business-hours/service.ts';
import { possibleNumber, whyImpossible } from '#server/lib/numbering-plan.ts';
import { findForwardErrors } from './check-forwards.ts';
import type { Changeable } from '#server/features/phone-numbers/rows/row.ts';

/**
 * The agents a change gives the number anew, by where they stand. One that was retired while it had the
 * number may stay.
 */
const newAgents = ({ before, after }: Draft): AgentsByPlace => {
  const assigned: Record<string, string> = {};
  for (const field of ['inbound_agent_id', 'outbound_agent_id'] as const) {
    const id = after[field];
    if (id !== null && id !== before[field]) assigned[pointerTo(field)] = id;
  }
  const known = new Set(before.routing ? routedAgentIds(before.routing) : []);
  for (const { pointer, value: id } of destinationsOf(after.routing).flatMap(agentsAt))
    if (!known.has(id)) assigned[pointer] = id;
  const standIn = after.temporary_reassignment?.agent_id;
  if (standIn !== undefined && standIn !== before.temporary_reassignment?.agent_id)
    assigned[pointerTo('temporary_reassignment', 'agent_id')] = standIn;
  return assigned;
};

/** The agents that a platform is told of, with those platforms. Rules and stand-ins stay here. */
const agentsToSend = (draft: Draft): AgentsToLink => {
  const { links = [] } = draft;
  if (links.length === 0) return { places: {}, connectionIds: [] };
  const places = newAgents(draft);
  const sent = ['inbound_agent_id', 'outbound_agent_id'].map((field) => pointerTo(field));
  return {
    places: Object.fromEntries(Object.entries(places).filter(([pointer]) => sent.includes(pointer))),
    connectionIds: links.map(({ connection_id: id }) => id),
  };
};

const newHours = ({ before, after }: Draft): Record<string, string> => {
  const id = after.routing?.business_hours_id ?? null;
  return id === null || id === before.routing?.business_hours_id
    ? {}
    : { [pointerTo('routing', 'business_hours_id')]: id };
};

/** A number as it is to be, and as it was. */
export interface Draft {
  phone_number: string;
  before: Changeable;
  after: Changeable;
  /** Where it is linked: what it is given must be known there. */
  links?: readonly Pick<Link, 'connection_id'>[];
  /** What is already known to be wrong with it. */
  errors: readonly FieldError[];
  /** It will be refused for what none of its errors says. */
  isRefused?: boolean;
}

const numbersForwardedTo = (routing: Routing | null) =>
  destinationsOf(routing)
    .flatMap(forwardsAt)
    .filter(({ value: to }) => to.startsWith('+'));

/** Numbers that nobody can have, among the targets that a change brings. One that was there may stay. */
const findImpossibleForwards = (before: Routing | null, after: Routing | null): FieldError[] => {
  const known = new Set(numbersForwardedTo(before).map(({ value: to }) => to));
  return numbersForwardedTo(after)
    .filter(({ value: to }) => !known.has(to) && possibleNumber(to) === null)
    .map(({ pointer, value: to }) => ({
      pointer,
      code: 'invalid_forward_target',
      message: whyImpossible(to),
    }));
};

interface CheckDependencies {
  agents: Pick<AgentsService, 'findUnassignable' | 'findUnlinked'>;
  businessHours: Pick<BusinessHoursService, 'findMissing'>;
}

/**
 * What a number may not refer to: agents that do not exist or are retired, hours that do not exist, forwards
 * to numbers that cannot exist or that lead back to it. Only what a change brings is judged. Answers, of each
 * draft, all its errors; many are judged by as many questions as one.
 */
export const createRoutingCheck =
  ({ agents, businessHours }: CheckDependencies) =>
  async (tx: Transaction, drafts: readonly Draft[]): Promise<FieldError[][]> => {
    const unassignable = await agents.findUnassignable(tx, drafts.map(newAgents));
    const unlinked = await agents.findUnlinked(tx, drafts.map(agentsToSend));
    const missing = await businessHours.findMissing(tx, drafts.map(newHours));
    const errors = drafts.map((draft, at) => [
      ...draft.errors,
      ...(unassignable[at] ?? []),
      ...(unlinked[at] ?? []),
      ...(missing[at] ?? []),
      ...findImpossibleForwards(draft.before.routing, draft.after.routing),
    ]);
    const rerouted = drafts.map(({ phone_number, before, after, isRefused = false }, at) => ({
      phone_number,
      before: before.routing,
      after: after.routing,
      isRefused: isRefused || (errors[at] ?? []).length > 0,
    }));
    const forwarding = await findForwardErrors(tx, rerouted);
    return errors.map((own, at) => [...own, ...(forwarding[at] ?? [])]);
  };

export type RoutingCheck = ReturnType<typeof createRoutingCheck>;
