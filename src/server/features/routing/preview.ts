import { pointerTo } from '#contract/pointer.ts';
import { spellPhoneNumber } from '#contract/reading/phone-number.ts';
import {
  routePreviewRequestSchema,
  type RoutePreview,
  type RoutePreviewRequest,
} from '#contract/numbers/route.ts';
import type { Call } from '#routing/call.ts';
import { decide } from '#routing/decide.ts';
import { lint } from '#routing/lint/lint.ts';
import { isUnread } from '#routing/match.ts';
import { zoneOfNumber } from '#routing/number-zone.ts';
import { forwardTargets } from '#routing/destinations.ts';
import type { Database } from '#server/platform/db/database.ts';
import type { AgentsService } from '#server/features/agents/service.ts';
import type { BusinessHoursService } from '#server/features/business-hours/service.ts';
import { followForwards } from '#server/features/phone-numbers/acts/check-forwards.ts';
import { mergeCallHandling, mergeRouting } from '#server/features/phone-numbers/acts/merge-routing.ts';
import { readNational } from '#server/lib/numbering-plan.ts';
import { fieldProblem, Problem } from '#server/problem.ts';
import { readOver } from '#server/platform/http/body/read-over.ts';
import { inOwnTask } from '#server/platform/fairness/own-task.ts';
import type { RequestContext } from '#server/request-context.ts';
import { toAnswer } from './answer.ts';
import type { KnownHours } from '#server/features/routing/memory/known-hours.ts';
import { readParty } from './party.ts';
import { agentIdsOf } from './read-routed.ts';
import { selectRoutedById, type CountryRow } from '#server/features/routing/memory/store.ts';

interface PreviewDependencies {
  database: Database;
  agents: Pick<AgentsService, 'findNames'>;
  businessHours: Pick<BusinessHoursService, 'findHours'>;
}

const given = <T>(value: T | undefined, saved: T): T => (value === undefined ? saved : value);

/** The number as it would be saved: what is not given is as it is. */
const merge = (saved: CountryRow, request: RoutePreviewRequest): CountryRow => ({
  ...saved,
  inbound_agent_id: given(request.inbound_agent_id, saved.inbound_agent_id),
  outbound_agent_id: given(request.outbound_agent_id, saved.outbound_agent_id),
  temporary_reassignment: given(request.temporary_reassignment, saved.temporary_reassignment),
  routing: request.routing === undefined ? saved.routing : mergeRouting(saved.routing, request.routing),
  call_handling:
    request.call_handling === undefined
      ? saved.call_handling
      : mergeCallHandling(saved.call_handling, request.call_handling),
});

/**
 * A call of a runtime is decided whoever calls, but who asks a question can write the number so that it is
 * read: an answer about an unread one would be taken for one about that number.
 */
const unreadableParty = (field: 'from' | 'to', written: string, country: string | null): Problem => {
  const digits = spellPhoneNumber(written);
  const meant = (country !== null && /^\d+$/.test(digits) && readNational(digits, country)) || '+14155552671';
  return fieldProblem([
    {
      pointer: pointerTo(field),
      code: 'unreadable_number',
      message: `“${written}” cannot be read as a phone number here. Write it with its + and country code, as in ${meant}.`,
    },
  ]);
};

/**
 * Decides by what is not saved, read over what is. It may be wrong, name agents that do not exist or lead in
 * circles: the findings say so.
 */
export const createPreview =
  ({ database, agents, businessHours }: PreviewDependencies, known: KnownHours) =>
  async (context: RequestContext, id: string, body: Record<string, unknown>): Promise<RoutePreview> => {
    const { actor } = context;
    const saved = await selectRoutedById(database, id);
    if (!saved) throw new Problem('not_found', 'No phone number has this id.');
    const { routing: savedRouting, call_handling, temporary_reassignment } = saved;
    const stored = { routing: savedRouting, call_handling, temporary_reassignment };
    const request = await readOver(context, routePreviewRequestSchema, stored, body);
    const row = merge(saved, request);
    const { routing, phone_number: phoneNumber } = row;
    const hoursId = request.business_hours === undefined ? (routing?.business_hours_id ?? null) : null;
    const [named, all, forwards] = await Promise.all([
      agents.findNames(database, agentIdsOf(row)),
      hoursId === null ? [] : businessHours.findHours(database, [hoursId]),
      followForwards(database, routing === null ? [] : forwardTargets(routing)),
    ]);
    const ownHours = all.find((each) => each.id === hoursId);
    const hours = request.business_hours ?? (ownHours ? known.sameAs(ownHours) : null);
    const agentsById = new Map(named.map((agent) => [agent.id, agent]));
    const { direction, at, time_zone: asking = 'UTC' } = request;
    const otherEnd = direction === 'inbound' ? 'from' : 'to';
    const party = readParty(request[otherEnd], direction, row.sip_caller_format);
    if (isUnread(party)) throw unreadableParty(otherEnd, party.sent ?? '', row.country);
    const call: Call = { direction, party, at: at === undefined ? Date.now() : Date.parse(at) };
    // Rules that are full to their limits take long.
    const decision = await inOwnTask(actor, () =>
      decide(row, hours, call, {
        nameOf: (agentId) => agentsById.get(agentId)?.name,
        zone: () => zoneOfNumber(hours, row.country, asking),
      }),
    );
    const findings = await inOwnTask(actor, () =>
      lint(row, hours, {
        at: Date.now(),
        country: row.country,
        statusOf: (agentId) => agentsById.get(agentId)?.status,
        forwardsOf: (number) => forwards.get(number) ?? [],
      }),
    );
    return { ...toAnswer({ id, phoneNumber, routing, call, hours, hoursId, decision }), findings };
  };
