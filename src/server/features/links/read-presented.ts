import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import type { PhoneNumbersService } from '#server/features/phone-numbers/service.ts';
import {
  createReadManyPresented,
  type ReadManyDependencies,
  type ReadManyPresented,
} from './read-many-presented.ts';
import { selectLink, type LinkKey, type LinkRow } from '#server/features/links/rows/link-store.ts';
import type { createReadMine, Mine } from '#server/features/links/compare/mine.ts';
import type { UpstreamFields } from '#server/features/connections/kinds/upstream/connection-kind.ts';

interface Dependencies extends ReadManyDependencies {
  phoneNumbers: Pick<PhoneNumbersService, 'findById' | 'findStoredByIds'>;
  readMine: ReturnType<typeof createReadMine>;
}

/** A link with what stands on both its sides. */
export interface LinkSides {
  link: LinkRow;
  number: PhoneNumber;
  kept: UpstreamFields;
  mine: Mine;
  agentsThere: ReadonlyMap<string, string>;
}

export interface ReadPresented {
  /** Null where the number or its link is not there. */
  (place: LinkKey): Promise<LinkSides | null>;
  ofMany: ReadManyPresented;
}

export const createReadPresented = (dependencies: Dependencies): ReadPresented => {
  const { queryable, phoneNumbers, agents, connections, readMine } = dependencies;
  const readOne = async (place: LinkKey): Promise<LinkSides | null> => {
    const link = await selectLink(queryable, place);
    const number = link && (await phoneNumbers.findById(queryable, place.phone_number_id));
    const kind = link && (await connections.findKind(queryable, link.connection_id));
    if (!link || !number || !kind) return null;
    const kept = kind.fieldsOf(number.provider);
    const mine = await readMine(queryable, number, link.connection_id, kept);
    const ids = [link.theirs['inbound_agent_id'], link.theirs['outbound_agent_id']].filter(
      (id): id is string => typeof id === 'string',
    );
    const agentsThere = await agents.findByUpstreamIds(queryable, link.connection_id, ids);
    return { link, number, kept, mine, agentsThere };
  };
  return Object.assign(readOne, { ofMany: createReadManyPresented(dependencies) });
};
