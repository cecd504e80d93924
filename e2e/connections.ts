import { startVerbex, type VerbexStandIn } from '#server/testing/verbex/start-verbex.ts';
import type { Connection, ConnectionList } from '#contract/connections/connections.ts';
import { test as base } from './fixtures.ts';
import type { Caller } from './http.ts';
import { unique } from './numbers.ts';
import { startServer } from './server.ts';

interface OwnFixtures {
  /** A stand-in of the voice platform: a server of its own, which the server under test may reach. */
  verbex: VerbexStandIn;
}

export const test = base.extend<OwnFixtures>({
  server: [
    // Playwright reads what a fixture needs from this pattern, and takes nothing else for "nothing".
    // eslint-disable-next-line no-empty-pattern
    async ({}, provide) => {
      const server = await startServer({ env: { CORDBOARD_UNSAFE_ALLOW_LOOPBACK: '1' } });
      await provide(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  // eslint-disable-next-line no-empty-pattern
  verbex: async ({}, provide) => {
    const verbex = await startVerbex();
    await provide(verbex);
    await verbex.close();
  },
});

/** What earlier tests left connected says nothing of this one's, and no banner tells of it. */
export const removeConnections = async (api: Caller): Promise<void> => {
  const { connections } = await api.get<ConnectionList>('/v1/connections');
  for (const { connection_id: id } of connections) await api.send('DELETE', `/v1/connections/${id}`);
};

/** A connection to the stand-in, checked. */
export const addConnection = async (
  api: Caller,
  verbex: VerbexStandIn,
  apiKey = verbex.state.key,
): Promise<Connection> => {
  const added = await api.send<Connection>('POST', '/v1/connections', {
    kind: 'verbex',
    name: unique('Verbex'),
    settings: { base_url: verbex.url },
    credentials: { api_key: apiKey },
  });
  return api.send('POST', `/v1/connections/${added.connection_id}/check`);
};
