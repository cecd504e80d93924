import type { NumberFilter } from '#contract/numbers/list/number-filter.ts';
import type { AgentsService } from '#server/features/agents/service.ts';
import type { BusinessHoursService } from '#server/features/business-hours/service.ts';
import { isRestorable } from '#server/features/phone-numbers/rows/columns.ts';
import type { Queryable } from '#server/platform/db/database.ts';
import { hoursNow } from './answering-now.ts';
import { createFindTerms } from './find-terms.ts';
import { selectPins, selectPinsByIds, type Pin } from './pin-store.ts';
import { selectionOf } from './selection.ts';

/** Which numbers: those with these ids, those of a filter, or those that name an agent anywhere. */
export type Pinned =
  | { ids: readonly string[] }
  | { filter: NumberFilter; exceptIds: readonly string[] }
  | { namingAgent: string };

interface PinDependencies {
  agents: Pick<AgentsService, 'findAgentIds'>;
  businessHours: Pick<BusinessHoursService, 'findHours'>;
}

interface PinPage {
  /** Deleted numbers, and no others. */
  deleted: boolean;
  /** The id of the last that is known; empty for none. */
  after: string;
  limit: number;
}

export interface Pins {
  pins: Pin[];
  isLast: boolean;
}

// As the indexes of who names whom have it.
const namesAgent = `(inbound_agent_id = $1 or outbound_agent_id = $1 or routed_agent_ids @> array[$1::text]
  or temporary_reassignment ->> 'agent_id' = $1)`;

/**
 * The next numbers, by their ids, with the versions they have now: what is done to them later is done to
 * these.
 */
export const createPins = ({ agents, businessHours }: PinDependencies) => {
  const conditionOf = async (
    queryable: Queryable,
    which: Exclude<Pinned, { ids: readonly string[] }>,
    among: string,
  ): Promise<{ where: string; values: readonly unknown[] }> => {
    if ('namingAgent' in which) return { where: `${among} and ${namesAgent}`, values: [which.namingAgent] };
    const { q, deleted: _deleted, ...filter } = which.filter;
    const hours = filter.answering_now === undefined ? [] : await businessHours.findHours(queryable, null);
    const terms = await createFindTerms({ database: queryable, agents })(q);
    return selectionOf(filter, terms, hoursNow(hours, new Date()), among);
  };

  return async (queryable: Queryable, which: Pinned, { deleted, after, limit }: PinPage): Promise<Pins> => {
    const among = deleted ? isRestorable : 'deleted_at is null';
    if ('ids' in which) {
      const named = await selectPinsByIds(queryable, which.ids, among, { after, limit });
      return { pins: named, isLast: named.length < limit };
    }
    const pins = await selectPins(queryable, await conditionOf(queryable, which, among), after, limit);
    const excepted = new Set('exceptIds' in which ? which.exceptIds : []);
    return { pins: pins.filter(({ id }) => !excepted.has(id)), isLast: pins.length < limit };
  };
};

export type PinPhoneNumbers = ReturnType<typeof createPins>;
