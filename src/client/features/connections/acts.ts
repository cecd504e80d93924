import { useQueryClient } from '@tanstack/react-query';
import type {
  Connection,
  ConnectionCreateInput,
  ConnectionPatchInput,
} from '#contract/connections/connections.ts';
import { call } from '#client/api/call.ts';
import { useOnce } from '#client/api/use-once.ts';
import { withFreshSignIn } from '#client/features/sessions/fresh-sign-in.ts';
import { connectionsQuery } from './queries.ts';

type Held = Pick<Connection, 'connection_id' | 'version'>;

/**
 * What can be done to connections. These are no mutations: one remembers what it was given, and here that may
 * be a secret.
 */
export const useConnectionActs = () => {
  const client = useQueryClient();
  const once = useOnce();

  const putInPlace = (stored: Connection): Connection => {
    client.setQueryData(connectionsQuery.queryKey, (list) => {
      const { connection_id: id } = stored;
      if (list === undefined) return undefined;
      const isThere = list.connections.some((each) => each.connection_id === id);
      const connections = isThere
        ? list.connections.map((each) => (each.connection_id === id ? stored : each))
        : [...list.connections, stored];
      return { ...list, connections };
    });
    void client.invalidateQueries(connectionsQuery);
    return stored;
  };

  return {
    readAgain: async ({ connection_id }: Held) =>
      putInPlace(await call('GET /v1/connections/{connection_id}', { params: { connection_id } })),

    add: async (body: ConnectionCreateInput) =>
      putInPlace(
        await once(body, (idempotencyKey) =>
          withFreshSignIn(() => call('POST /v1/connections', { body, idempotencyKey })),
        ),
      ),

    update: async ({ connection_id, version }: Held, body: ConnectionPatchInput) =>
      putInPlace(
        await once([connection_id, version, body], (idempotencyKey) =>
          withFreshSignIn(() =>
            call('PATCH /v1/connections/{connection_id}', {
              params: { connection_id },
              body,
              ifMatch: version,
              idempotencyKey,
            }),
          ),
        ),
      ),

    /** What it finds is not what was asked for: it is in the record. */
    check: async ({ connection_id }: Held) =>
      putInPlace(await call('POST /v1/connections/{connection_id}/check', { params: { connection_id } })),

    setPaused: async ({ connection_id }: Held, paused: boolean) =>
      putInPlace(
        await once([connection_id, paused], (idempotencyKey) =>
          call(`POST /v1/connections/{connection_id}/${paused ? 'pause' : 'resume'}`, {
            params: { connection_id },
            idempotencyKey,
          }),
        ),
      ),

    remove: async ({ connection_id, version }: Held) => {
      await once([connection_id, version, 'remove'], (idempotencyKey) =>
        call('DELETE /v1/connections/{connection_id}', {
          params: { connection_id },
          ifMatch: version,
          idempotencyKey,
        }),
      );
      await client.invalidateQueries(connectionsQuery);
    },
  };
};

export const revealKey = (connection_id: string) =>
  call('POST /v1/connections/{connection_id}/reveal', {
    params: { connection_id },
    body: { credential: 'api_key' },
  });
