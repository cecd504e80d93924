import type { AgentsService } from '#server/features/agents/service.ts';
import type { ConnectionsService } from '#server/features/connections/service.ts';
import type { PhoneNumbersService } from '#server/features/phone-numbers/service.ts';
import type { Queryable } from '#server/platform/db/database.ts';
import { createReadMarked } from '#server/features/links/compare/mine.ts';
import { selectLinksOf, type LinkKey, type LinkRow } from '#server/features/links/rows/link-store.ts';
import type { PresentedFields } from './present-link.ts';

export interface ReadManyDependencies {
  queryable: Queryable;
  phoneNumbers: Pick<PhoneNumbersService, 'findStoredByIds'>;
  agents: Pick<AgentsService, 'findByUpstreamIds' | 'findUpstreamIds'>;
  connections: Pick<ConnectionsService, 'findKind'>;
}

type Place = LinkKey & { connection_id: string };

const placeOf = ({ phone_number_id: id, role }: LinkKey) => `${id} ${role}`;

const agentIdsOf = ({ theirs }: LinkRow): string[] =>
  [theirs['inbound_agent_id'], theirs['outbound_agent_id']].filter((id) => typeof id === 'string');

/**
 * Both sides of many links, in their order; null where one is not there. No secret is opened for it: they are
 * compared by their marks.
 */
export const createReadManyPresented = ({
  queryable,
  phoneNumbers,
  agents,
  connections,
}: ReadManyDependencies) => {
  const readMarked = createReadMarked({ agents });

  const readOf = async (
    connectionId: string,
    links: readonly LinkRow[],
  ): Promise<[string, PresentedFields][]> => {
    const kind = await connections.findKind(queryable, connectionId);
    if (kind === null) return [];
    const ids = links.map((link) => link.phone_number_id);
    const numbers = await phoneNumbers.findStoredByIds(queryable, ids);
    const fieldsOf = (provider: string) => kind.fieldsOf(provider);
    const mineById = await readMarked(queryable, numbers, connectionId, fieldsOf);
    const numberById = new Map(numbers.map((number) => [number.id, number]));
    const agentIds = [...new Set(links.flatMap(agentIdsOf))];
    const agentsThere = await agents.findByUpstreamIds(queryable, connectionId, agentIds);
    return links.flatMap((link): [string, PresentedFields][] => {
      const number = numberById.get(link.phone_number_id);
      const mine = mineById.get(link.phone_number_id);
      if (!number || !mine) return [];
      const sides = { link, number, kept: kind.fieldsOf(number.provider), agentsThere };
      return [[placeOf(link), { ...sides, mine: { ...mine, secrets: {} } }]];
    });
  };

  return async (places: readonly Place[]): Promise<(PresentedFields | null)[]> => {
    const asked = new Set(places.map(placeOf));
    const all = await selectLinksOf(
      queryable,
      places.map((place) => place.phone_number_id),
    );
    const byConnection = new Map<string, LinkRow[]>();
    for (const link of all.filter((each) => asked.has(placeOf(each)))) {
      const others = byConnection.get(link.connection_id);
      if (others === undefined) byConnection.set(link.connection_id, [link]);
      else others.push(link);
    }
    const found = new Map<string, PresentedFields>();
    for (const [connectionId, links] of byConnection)
      for (const [place, sides] of await readOf(connectionId, links)) found.set(place, sides);
    return places.map((place) => found.get(placeOf(place)) ?? null);
  };
};

export type ReadManyPresented = ReturnType<typeof createReadManyPresented>;
