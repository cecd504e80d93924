import type { EndpointKey } from '#contract/api.ts';
import type { ConnectionList } from '#contract/connections/connections.ts';
import type { Caller } from '../../http.ts';
import type { PreparedCall } from './authz-calls.ts';

let made = 0;

const add = async (stagehand: Caller): Promise<string> => {
  // There is room for a few: those of the calls before go.
  const { connections } = await stagehand.get<ConnectionList>('/v1/connections');
  for (const { connection_id: id } of connections) await stagehand.send('DELETE', `/v1/connections/${id}`);
  const body = { kind: 'verbex', name: `Authz ${++made}`, credentials: { api_key: 'made-up' } };
  return (await stagehand.send<{ connection_id: string }>('POST', '/v1/connections', body)).connection_id;
};

/** A call of an endpoint of connections; null of any other. */
export const prepareConnectionCall = async (
  key: EndpointKey,
  stagehand: Caller,
): Promise<PreparedCall | null> => {
  switch (key) {
    case 'POST /v1/connections':
      return { body: { kind: 'verbex', name: `Authz ${++made}`, credentials: { api_key: 'made-up' } } };
    case 'GET /v1/connections/{connection_id}':
    case 'DELETE /v1/connections/{connection_id}':
    case 'POST /v1/connections/{connection_id}/pause':
    case 'POST /v1/connections/{connection_id}/resume':
      return { id: await add(stagehand) };
    case 'PATCH /v1/connections/{connection_id}':
      return { id: await add(stagehand), body: { name: `Authz ${++made}` } };
    case 'POST /v1/connections/{connection_id}/reveal':
      return { id: await add(stagehand), body: { credential: 'api_key' } };
    // Who may is told that there is none: to read an account would ask the platform.
    case 'POST /v1/connections/{connection_id}/import/preview':
      return { id: '0123456789abcdef01234567', body: {} };
    case 'POST /v1/connections/{connection_id}/import':
      return { id: '0123456789abcdef01234567', body: { plan_id: '0123456789abcdef01234567' } };
    case 'GET /v1/connections/{connection_id}/import/{plan_id}':
    case 'GET /v1/connections/{connection_id}/import/{plan_id}/rows':
      return { id: '0123456789abcdef01234567' };
    // Who may is told that there is none: a check of one that is there would ask the platform.
    case 'POST /v1/connections/{connection_id}/check':
      return { id: '0123456789abcdef01234567' };
    default:
      return null;
  }
};
