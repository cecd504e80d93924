import { randomBytes } from 'node:crypto';
import type { Connection } from '#contract/connections/connections.ts';
import { MASK } from '#contract/primitives.ts';
import type { Caller, CallOptions, HttpAnswer } from '../../http.ts';

const random = () => randomBytes(6).toString('hex');

// Characters that look different in every form.
export const makeConnectionCanaries = () => ({
  connectionKey: `ca"n&a<r/y+5=%${random()}`,
  replacedConnectionKey: `ca"n&a<r/y+6=%${random()}`,
  refusedConnectionKey: `canary-7-${random()}`,
});

type Hear = (method: string, path: string, options?: CallOptions) => Promise<HttpAnswer>;

/** A key of a connection is added, mistaken, replaced, read, checked, revealed and removed. */
export const liveWithConnections = async (
  caller: Caller,
  hear: Hear,
  canaries: ReturnType<typeof makeConnectionCanaries>,
): Promise<void> => {
  const { connectionKey, replacedConnectionKey, refusedConnectionKey: refused } = canaries;
  const ask = async (status: number, ...call: Parameters<Hear>): Promise<HttpAnswer> => {
    const answer = await hear(...call);
    if (answer.status !== status) throw new Error(`answered ${answer.status}: ${answer.text.slice(0, 300)}`);
    return answer;
  };
  const path = '/v1/connections';
  const withKey = (apiKey: unknown) => ({ kind: 'verbex', name: 'Leak', credentials: { api_key: apiKey } });
  const headers = { 'idempotency-key': `leak-connection-${random()}` };
  // Where nobody listens.
  const settings = { base_url: 'https://127.0.0.1:9' };
  const body = { ...withKey(connectionKey), settings };
  const { connection_id: id } = (await ask(201, 'POST', path, { body, headers })).json<Connection>();
  await ask(201, 'POST', path, { body, headers });
  await ask(409, 'POST', path, { body });
  for (const wrong of [
    refused.padEnd(600, refused),
    `${refused} x`,
    `${refused}\u0000`,
    [refused],
    { is: refused },
  ])
    await ask(422, 'POST', path, { body: withKey(wrong) });
  await ask(422, 'POST', path, { body: { ...withKey('x'), api_kee: refused } });
  await ask(422, 'PATCH', `${path}/${id}`, {
    body: { settings: { base_url: `https://x:${refused}@a.example` } },
  });
  await ask(422, 'PATCH', `${path}/${id}`, { body: { settings: { base_url: null } } });
  await ask(412, 'PATCH', `${path}/${id}`, {
    body: { credentials: { api_key: refused } },
    headers: { 'if-match': '"99"' },
  });
  await ask(422, 'PATCH', `${path}/${id}`, { body: { credentials: { api_key: refused } } });
  await ask(200, 'PATCH', `${path}/${id}`, {
    body: { settings, credentials: { api_key: replacedConnectionKey } },
  });
  const whole = await ask(200, 'GET', `${path}/${id}`);
  await ask(200, 'PATCH', `${path}/${id}`, { raw: whole.text });
  await ask(200, 'POST', `${path}/${id}/check`);
  await ask(200, 'GET', path);
  await ask(200, 'GET', '/v1/audit-events?page_size=100');
  if (!whole.text.includes(MASK)) throw new Error('the key is not shown as the mask');
  const reveal = { credential: 'api_key' };
  const { value } = await caller.send<{ value: string }>('POST', `${path}/${id}/reveal`, reveal);
  if (value !== replacedConnectionKey) throw new Error('a reveal did not answer what was stored');
};
