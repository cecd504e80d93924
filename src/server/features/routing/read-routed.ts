import type { Hours } from '#contract/business-hours.ts';
import type { RoutedNumber } from '#contract/numbers/routing.ts';
import { routedAgentIds } from '#routing/destinations.ts';
import type { NameOf } from '#routing/words/words.ts';
import type { Queryable } from '#server/platform/db/database.ts';
import type { AgentsService } from '#server/features/agents/service.ts';
import type { BusinessHoursService } from '#server/features/business-hours/service.ts';
import type { KnownHours } from '#server/features/routing/memory/known-hours.ts';
import { selectRoutedByNumber, type RoutedRow } from '#server/features/routing/memory/store.ts';

interface Sources {
  database: Queryable;
  agents: Pick<AgentsService, 'findNames'>;
  businessHours: Pick<BusinessHoursService, 'findHours'>;
}

/** Every agent that a decision about the number can name. */
export const agentIdsOf = ({
  inbound_agent_id,
  outbound_agent_id,
  routing,
  temporary_reassignment,
}: RoutedNumber): string[] => {
  const own = [inbound_agent_id, outbound_agent_id, temporary_reassignment?.agent_id ?? null].filter(
    (id) => id !== null,
  );
  return [...new Set([...own, ...(routing === null ? [] : routedAgentIds(routing))])];
};

export interface ReadRouted {
  row: RoutedRow;
  hours: Hours | null;
  nameOf: NameOf;
}

/** One number as the database has it now, with its hours and the names it is told by. */
export const readRoutedNumber = async (
  { database, agents, businessHours }: Sources,
  hours: KnownHours,
  phoneNumber: string,
): Promise<ReadRouted | undefined> => {
  const row = await selectRoutedByNumber(database, phoneNumber);
  if (!row) return undefined;
  const hoursId = row.routing?.business_hours_id ?? null;
  const [named, all] = await Promise.all([
    agents.findNames(database, agentIdsOf(row)),
    hoursId === null ? [] : businessHours.findHours(database, [hoursId]),
  ]);
  const own = all.find(({ id }) => id === hoursId);
  const names = new Map(named.map(({ id, name }) => [id, name]));
  return { row, hours: own ? hours.sameAs(own) : null, nameOf: (id) => names.get(id) };
};
