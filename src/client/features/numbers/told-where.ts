import type { QueryClient } from '@tanstack/react-query';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { connectionsQuery } from '#client/features/connections/queries.ts';
import { whereWords } from './saved-where.ts';

/** The end of a sentence about what was saved: where it has arrived. */
export const toldWhere = async (client: QueryClient, record: PhoneNumber): Promise<string> => {
  const list = await client.ensureQueryData(connectionsQuery).catch(() => undefined);
  return whereWords(
    record,
    list && new Map(list.connections.map(({ connection_id: id, name }) => [id, name] as const)),
  );
};
