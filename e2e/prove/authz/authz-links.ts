import type { EndpointKey } from '#contract/api.ts';
import type { Connection, ConnectionList } from '#contract/connections/connections.ts';
import { addNumber, type Caller } from '../../http.ts';
import type { PreparedCall } from './authz-calls.ts';

let connection: Promise<string> | undefined;

/** One that is paused, and leads to this machine: nobody is asked by any of these calls. */
const findConnection = async (stagehand: Caller): Promise<string> => {
  const { connections } = await stagehand.get<ConnectionList>('/v1/connections');
  const found = await connection?.catch(() => undefined);
  if (found !== undefined && connections.some(({ connection_id: id }) => id === found)) return found;
  connection = stagehand
    .send<Connection>('POST', '/v1/connections', {
      kind: 'verbex',
      name: `Authz links ${connections.length}`,
      settings: { base_url: 'https://127.0.0.1:9' },
      credentials: { api_key: 'made-up' },
    })
    .then(async ({ connection_id: id }) => {
      await stagehand.send('POST', `/v1/connections/${id}/pause`);
      return id;
    });
  return connection;
};

/** A call about the link of a number; null of any other. */
export const prepareLinkCall = async (key: EndpointKey, stagehand: Caller): Promise<PreparedCall | null> => {
  if (!key.includes('/links')) return null;
  const connectionId = await findConnection(stagehand);
  const { _id: id } = await addNumber(stagehand, 'pia');
  const body = { role: 'platform', connection_id: connectionId };
  if (key === 'POST /v1/phone-numbers/{phone_number_id}/links') return { id, body };
  await stagehand.send('POST', `/v1/phone-numbers/${id}/links`, body);
  return { id, ...(/(?:mine|theirs|restore)$/.test(key) && { body: {} }) };
};
