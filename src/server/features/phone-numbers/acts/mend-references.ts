import { MAX_ERRORS } from '#contract/primitives.ts';
import { pointerTo } from '#contract/pointer.ts';
import type { NotRestored } from '#contract/numbers/restored.ts';
import { agentsAt, destinationsOf, routedAgentIds } from '#routing/destinations.ts';
import type { Transaction } from '#server/platform/db/database.ts';
import type { AgentsService } from '#server/features/agents/service.ts';
import type { BusinessHoursService } from '#server/features/business-hours/service.ts';
import type { DeletedRow, RestoredRow } from '#server/features/phone-numbers/rows/row.ts';
import { routingOrNull } from './merge-routing.ts';

interface MendDependencies {
  agents: Pick<AgentsService, 'findStanding'>;
  businessHours: Pick<BusinessHoursService, 'findMissing'>;
}

type Standing = Awaited<ReturnType<AgentsService['findStanding']>>;

const agentIdsOf = ({ inbound_agent_id, outbound_agent_id, routing, ...row }: DeletedRow): string[] =>
  [
    inbound_agent_id,
    outbound_agent_id,
    row.temporary_reassignment?.agent_id ?? null,
    ...(routing ? routedAgentIds(routing) : []),
  ].filter((id) => id !== null);

const hoursPointer = pointerTo('routing', 'business_hours_id');
const hoursOf = ({ routing }: DeletedRow): Record<string, string> =>
  typeof routing?.business_hours_id === 'string' ? { [hoursPointer]: routing.business_hours_id } : {};

type Why = Pick<NotRestored, 'code'> & { words: string };

/** Why the number cannot have this agent again. One that was retired before the deletion had it until then. */
const whyNot = (agents: Standing, id: string, deletedAt: string): Why | undefined => {
  const agent = agents.get(id);
  if (agent === undefined) return { code: 'agent_not_found', words: 'The agent is gone' };
  const isRetiredSince =
    agent.status === 'retired' && agent.retired_at !== null && agent.retired_at >= new Date(deletedAt);
  return isRetiredSince
    ? { code: 'agent_retired', words: `“${agent.name}” was retired meanwhile` }
    : undefined;
};

const mend = (row: DeletedRow, agents: Standing, areHoursGone: boolean): RestoredRow => {
  const lost: NotRestored[] = [];
  /** Whether it is lost; then that is said. */
  const loses = (id: string | null | undefined, pointer: string, so: string): boolean => {
    const why = typeof id === 'string' ? whyNot(agents, id, row.deleted_at) : undefined;
    if (why !== undefined) lost.push({ pointer, code: why.code, message: `${why.words}: ${so}.` });
    return why !== undefined;
  };
  const unless = (isLost: boolean, id: string | null) => (isLost ? null : id);
  const inbound = unless(
    loses(row.inbound_agent_id, pointerTo('inbound_agent_id'), 'the inbound agent is empty'),
    row.inbound_agent_id,
  );
  const outbound = unless(
    loses(row.outbound_agent_id, pointerTo('outbound_agent_id'), 'the outbound agent is empty'),
    row.outbound_agent_id,
  );
  const standIn = row.temporary_reassignment;
  const isStandInLost = loses(
    standIn?.agent_id,
    pointerTo('temporary_reassignment', 'agent_id'),
    'nobody stands in',
  );
  const { routing } = row;
  if (areHoursGone)
    lost.push({
      pointer: hoursPointer,
      code: 'business_hours_not_found',
      message: 'The business hours were deleted meanwhile: the number is always open.',
    });
  // A rule cannot be without its destination: it stays, switched off.
  const offs = new Set<number>();
  let isFallbackLost = false;
  for (const [at, placed] of destinationsOf(routing).entries()) {
    const isFallback = at === routing?.rules.length;
    const so = isFallback ? 'there is no fallback' : `rule ${at + 1} is switched off`;
    const isLost =
      placed.isEnabled &&
      agentsAt(placed).filter(({ pointer, value }) => loses(value, pointer, so)).length > 0;
    if (isLost && isFallback) isFallbackLost = true;
    else if (isLost) offs.add(at);
  }
  if (lost.length === 0) return row;
  return {
    ...row,
    inbound_agent_id: inbound,
    outbound_agent_id: outbound,
    temporary_reassignment: isStandInLost ? null : standIn,
    routing:
      routing &&
      routingOrNull({
        business_hours_id: areHoursGone ? null : routing.business_hours_id,
        rules: routing.rules.map((rule, at) => (offs.has(at) ? { ...rule, enabled: false } : rule)),
        fallback: isFallbackLost ? null : routing.fallback,
      }),
    not_restored: lost.slice(0, MAX_ERRORS),
  };
};

/**
 * Deleted numbers as they can come back: without what they referred to that is gone or was retired meanwhile,
 * which is said. What they refer to then stays until the transaction ends.
 */
export const createMend =
  ({ agents, businessHours }: MendDependencies) =>
  async (tx: Transaction, deleted: readonly DeletedRow[]): Promise<RestoredRow[]> => {
    const standing = await agents.findStanding(tx, [...new Set(deleted.flatMap(agentIdsOf))]);
    const missing = await businessHours.findMissing(tx, deleted.map(hoursOf));
    return deleted.map((row, at) => mend(row, standing, (missing[at] ?? []).length > 0));
  };
