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
  database: Queryable;
  agents: Pick<AgentsService, 'findAgentIds'>;
  businessHours: Pick<BusinessHoursService, 'findHours'>;
}

const PIECE = 5000;
const inPieces = function* <T>(all: readonly T[]): Generator<T[]> {
  for (let at = 0; at < all.length; at += PIECE) yield all.slice(at, at + PIECE);
};

// As the indexes of who names whom have it.
const namesAgent = `(inbound_agent_id = $1 or outbound_agent_id = $1 or routed_agent_ids @> array[$1::text]
  or temporary_reassignment ->> 'agent_id' = $1)`;

/**
 * Numbers with the versions they have now, in pieces: what is done to them later is done to these. Deleted ones
 * where `deleted` asks for them.
 */
export const createPins = ({ database, agents, businessHours }: PinDependencies) => {
  const findTerms = createFindTerms({ database, agents });

  const conditionOf = async (
    which: Exclude<Pinned, { ids: readonly string[] }>,
    among: string,
  ): Promise<{ where: string; values: readonly unknown[] }> => {
    if ('namingAgent' in which) return { where: `${among} and ${namesAgent}`, values: [which.namingAgent] };
    const { q, deleted: _deleted, ...filter } = which.filter;
    const hours = filter.answering_now === undefined ? [] : await businessHours.findHours(database, null);
    return selectionOf(filter, await findTerms(q), hoursNow(hours, new Date()), among);
  };

  return async function* (which: Pinned, deleted: boolean): AsyncGenerator<Pin[]> {
    const among = deleted ? isRestorable : 'deleted_at is null';
    if ('ids' in which) {
      for (const ids of inPieces([...new Set(which.ids)])) yield await selectPinsByIds(database, ids, among);
      return;
    }
    const condition = await conditionOf(which, among);
    const excepted = new Set('exceptIds' in which ? which.exceptIds : []);
    for (let after = ''; ;) {
      const pins: Pin[] = await selectPins(database, condition, after, PIECE);
      yield pins.filter(({ id }) => !excepted.has(id));
      const last = pins.at(-1);
      if (pins.length < PIECE || last === undefined) return;
      after = last.id;
    }
  };
};

export type PinPhoneNumbers = ReturnType<typeof createPins>;
