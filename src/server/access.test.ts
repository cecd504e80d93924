import { describe, expect } from 'vitest';
import { api, type EndpointKey } from '#contract/api.ts';
import { scopes } from '#contract/access.ts';
import { giveKey, giveSession } from '#server/testing/test-actors.ts';
import { test, type TestApp } from '#server/testing/test-app.ts';

/**
 * Who may call what, written down a second time and by hand: neither the contract nor the code that reads it
 * is asked. A route that is missing here does not compile and does not pass.
 */
const all = ['viewer', 'operator', 'admin'];
const writers = ['operator', 'admin'];
const admins = ['admin'];
const everyKey = [
  'numbers:read',
  'numbers:write',
  'credentials:reveal',
  'agents:write',
  'audit:read',
  'calls:route',
  'connections:read',
  'connections:write',
];

const may: Record<EndpointKey, readonly string[] | 'everyone'> = {
  'GET /v1/phone-numbers': [...all, 'numbers:read'],
  'POST /v1/phone-numbers': [...writers, 'numbers:write'],
  'GET /v1/phone-numbers/export': [...all, 'numbers:read'],
  'GET /v1/phone-numbers/{phone_number_id}': [...all, 'numbers:read'],
  'PATCH /v1/phone-numbers/{phone_number_id}': [...writers, 'numbers:write'],
  'DELETE /v1/phone-numbers/{phone_number_id}': [...writers, 'numbers:write'],
  'POST /v1/phone-numbers/{phone_number_id}/restore': [...writers, 'numbers:write'],
  'POST /v1/phone-numbers/{phone_number_id}/delete-for-good': admins,
  'POST /v1/phone-numbers/{phone_number_id}/restore-version': [...writers, 'numbers:write'],
  'POST /v1/phone-numbers/{phone_number_id}/reveal': [...writers, 'credentials:reveal'],
  'GET /v1/phone-numbers/{phone_number_id}/history': [...all, 'numbers:read'],
  'GET /v1/labels': [...all, 'numbers:read'],
  'GET /v1/phone-number-reading': [...all, 'numbers:read'],
  'GET /v1/business-hours': [...all, 'numbers:read'],
  'POST /v1/business-hours': [...writers, 'numbers:write'],
  'GET /v1/business-hours/{business_hours_id}': [...all, 'numbers:read'],
  'PATCH /v1/business-hours/{business_hours_id}': [...writers, 'numbers:write'],
  'DELETE /v1/business-hours/{business_hours_id}': [...writers, 'numbers:write'],
  'POST /v1/bulk-jobs': [...writers, 'numbers:write'],
  'GET /v1/bulk-plans/{plan_id}': [...writers, 'numbers:write'],
  'GET /v1/bulk-plans/{plan_id}/rows': [...writers, 'numbers:write'],
  'GET /v1/bulk-jobs': [...all, 'numbers:read'],
  'GET /v1/bulk-jobs/{bulk_job_id}': [...all, 'numbers:read'],
  'GET /v1/bulk-jobs/{bulk_job_id}/rows': [...all, 'numbers:read'],
  'POST /v1/bulk-jobs/{bulk_job_id}/cancel': [...writers, 'numbers:write'],
  'POST /v1/bulk-jobs/{bulk_job_id}/undo': [...writers, 'numbers:write'],
  'POST /v1/imports': [...writers, 'numbers:write'],
  'GET /v1/imports/{import_id}': [...writers, 'numbers:write'],
  'GET /v1/imports/{import_id}/rows': [...writers, 'numbers:write'],
  'POST /v1/imports/{import_id}/run': [...writers, 'numbers:write'],
  'POST /v1/route': [...all, 'calls:route'],
  'POST /v1/phone-numbers/{phone_number_id}/route/preview': [...all, 'calls:route'],
  'GET /v1/routing/findings': [...all, 'numbers:read'],
  'GET /v1/routing/findings/summary': [...all, 'numbers:read'],
  'GET /v2/ai-agents': [...all, 'numbers:read'],
  'POST /v2/ai-agents': [...writers, 'agents:write'],
  'GET /v2/ai-agents/{ai_agent_id}': [...all, 'numbers:read'],
  'GET /v2/ai-agents/{ai_agent_id}/uses': [...all, 'numbers:read'],
  'PUT /v2/ai-agents/{ai_agent_id}': [...writers, 'agents:write'],
  'GET /v1/audit-events': [...admins, 'audit:read'],
  'GET /v1/changes': [...all, 'numbers:read'],
  'GET /v1/set-up': 'everyone',
  'POST /v1/set-up': 'everyone',
  'POST /v1/sign-in': 'everyone',
  'POST /v1/sign-out': all,
  'GET /v1/me': [...all, ...everyKey],
  'PATCH /v1/me': all,
  'POST /v1/me/confirm-password': all,
  'POST /v1/me/password': all,
  'GET /v1/me/sessions': all,
  'DELETE /v1/me/sessions/{session_id}': all,
  'GET /v1/notices': admins,
  'GET /v1/operators': admins,
  'POST /v1/operators': admins,
  'PATCH /v1/operators/{operator_id}': admins,
  'GET /v1/api-keys': admins,
  'POST /v1/api-keys': admins,
  'DELETE /v1/api-keys/{api_key_id}': admins,
  'GET /v1/settings': admins,
  'PATCH /v1/settings': admins,
  'GET /v1/views': [...all, 'numbers:read'],
  'POST /v1/views': [...all, 'numbers:write'],
  'PATCH /v1/views/{view_id}': [...all, 'numbers:write'],
  'DELETE /v1/views/{view_id}': [...all, 'numbers:write'],
  'GET /v1/connections': [...all, 'connections:read'],
  'POST /v1/connections': [...admins, 'connections:write'],
  'GET /v1/connections/{connection_id}': [...all, 'connections:read'],
  'PATCH /v1/connections/{connection_id}': [...admins, 'connections:write'],
  'DELETE /v1/connections/{connection_id}': [...admins, 'connections:write'],
  'POST /v1/connections/{connection_id}/check': [...admins, 'connections:write'],
  'POST /v1/connections/{connection_id}/pause': [...admins, 'connections:write'],
  'POST /v1/connections/{connection_id}/resume': [...admins, 'connections:write'],
  // A key needs both scopes, so one alone is not enough.
  'POST /v1/connections/{connection_id}/import/preview': [...admins, 'connections:write'],
  'GET /v1/connections/{connection_id}/import/{plan_id}': [...admins, 'connections:write'],
  'GET /v1/connections/{connection_id}/import/{plan_id}/rows': [...admins, 'connections:write'],
  'POST /v1/connections/{connection_id}/import': [...admins, 'connections:write'],
  'GET /v1/pending-changes': [...all, 'connections:read'],
  'GET /v1/drift': [...all, 'connections:read'],
  'POST /v1/phone-numbers/{phone_number_id}/links': writers,
  'GET /v1/phone-numbers/{phone_number_id}/links/{role}': [...all, 'connections:read'],
  'DELETE /v1/phone-numbers/{phone_number_id}/links/{role}': writers,
  'POST /v1/phone-numbers/{phone_number_id}/links/{role}/retry': writers,
  'POST /v1/phone-numbers/{phone_number_id}/links/{role}/keep-mine': writers,
  'POST /v1/phone-numbers/{phone_number_id}/links/{role}/take-theirs': writers,
  'POST /v1/phone-numbers/{phone_number_id}/links/{role}/restore': writers,
  // A key needs a second scope, which no sender here has: see below.
  'POST /v1/connections/{connection_id}/reveal': admins,
};

const past = new Date(Date.now() - 1000);
type Headers = Record<string, string>;

/** Every sender there can be, by name; each call makes a new one. */
const senders = ({ database, signedInAs }: TestApp): Record<string, () => Promise<Headers>> => ({
  nobody: async () => ({}),
  ...Object.fromEntries(
    (['viewer', 'operator', 'admin'] as const).map((role) => [
      role,
      async () => (await giveSession(database, role)).headers,
    ]),
  ),
  ...Object.fromEntries(
    scopes.map((scope) => [scope, async () => (await giveKey(database, [scope])).headers]),
  ),
  'admin whose session has expired': async () => {
    const { headers, sessionId } = await giveSession(database, 'admin');
    await database.query('update session set expires_at = $2 where id = $1', [sessionId, past]);
    return headers;
  },
  'admin who is disabled': async () => {
    const { headers, operatorId } = await giveSession(database, 'admin');
    await database.query('update operator set disabled_at = now() where id = $1', [operatorId]);
    return headers;
  },
  'key that has expired': async () => (await giveKey(database, scopes, { expiresAt: past })).headers,
  'key that was revoked': async () => {
    const { headers, apiKeyId } = await giveKey(database, scopes);
    await database.query('update api_key set revoked_at = now() where id = $1', [apiKeyId]);
    return headers;
  },
  'key that ended when its owner was disabled': async () => {
    const { operatorId } = await giveSession(database, 'admin');
    const { headers, apiKeyId } = await giveKey(database, scopes, { ownerId: operatorId });
    const body = { is_disabled: true, api_keys: { [apiKeyId]: 'end' } };
    expect(
      (await (await signedInAs('admin')).request('PATCH', `/v1/operators/${operatorId}`, { body })).status,
    ).toBe(200);
    return headers;
  },
});

const expected = (key: EndpointKey, sender: string): 'in' | 401 | 403 => {
  const allowed = may[key];
  if (sender.startsWith('key that')) return 401;
  if (allowed === 'everyone') return 'in';
  if (sender === 'nobody' || sender.startsWith('admin who')) return 401;
  return allowed.includes(sender) ? 'in' : 403;
};

const call = ({ request }: TestApp, key: EndpointKey, headers: Headers) => {
  const [method = '', path = ''] = key.split(' ');
  const body = method === 'GET' || method === 'DELETE' ? {} : { body: {} };
  return request(method, path.replace(/\{\w+\}/g, 'ffffffffffffffffffffffff'), { ...body, headers });
};

test('every route of the contract is in the table, and nothing else is', () => {
  expect(Object.keys(may).toSorted()).toEqual(Object.keys(api).toSorted());
});

describe.each(Object.keys(may) as EndpointKey[])('%s', (key) => {
  test('answers each sender as the table says', async ({ cordboard }) => {
    const found: Record<string, unknown> = {};
    const wanted: Record<string, unknown> = {};
    for (const [sender, prepare] of Object.entries(senders(cordboard))) {
      const { status } = await call(cordboard, key, await prepare());
      found[sender] = status === 401 || status === 403 || status >= 500 ? status : 'in';
      wanted[sender] = expected(key, sender);
    }
    expect(found).toEqual(wanted);
  });
});

test('a reveal needs a fresh sign-in of an operator, and nothing but its scope of a key', async ({
  cordboard,
}) => {
  const path = '/v1/phone-numbers/ffffffffffffffffffffffff/reveal';
  const body = { credential: 'sip_trunk_password' };
  const stale = await cordboard.signedInAs('admin', { fresh: false });
  expect(await stale.request('POST', path, { body })).toMatchObject({
    status: 403,
    body: { code: 'fresh_sign_in_required' },
  });
  const fresh = await cordboard.signedInAs('admin');
  expect((await fresh.request('POST', path, { body })).status).toBe(404);
  expect((await cordboard.as(['credentials:reveal']).request('POST', path, { body })).status).toBe(404);
});

test('a reveal of a connection needs a fresh sign-in of an admin, or both scopes of a key', async ({
  cordboard,
}) => {
  const path = '/v1/connections/ffffffffffffffffffffffff/reveal';
  const body = { credential: 'api_key' };
  const stale = await cordboard.signedInAs('admin', { fresh: false });
  expect(await stale.request('POST', path, { body })).toMatchObject({
    status: 403,
    body: { code: 'fresh_sign_in_required' },
  });
  expect((await (await cordboard.signedInAs('admin')).request('POST', path, { body })).status).toBe(404);
  const both = cordboard.as(['credentials:reveal', 'connections:read']);
  expect((await both.request('POST', path, { body })).status).toBe(404);
  expect(
    (await cordboard.as(['credentials:reveal', 'numbers:read']).request('POST', path, { body })).body,
  ).toMatchObject({ code: 'forbidden', detail: expect.stringContaining('connections:read') as string });
});

test('what nothing brings back needs a fresh sign-in', async ({ cordboard }) => {
  const path = '/v1/phone-numbers/ffffffffffffffffffffffff/delete-for-good';
  const stale = await cordboard.signedInAs('admin', { fresh: false });
  expect(await stale.request('POST', path)).toMatchObject({
    status: 403,
    body: { code: 'fresh_sign_in_required' },
  });
  expect((await (await cordboard.signedInAs('admin')).request('POST', path)).status).toBe(404);
});

// Otherwise a session left open could make itself a key that reveals, or an operator who may.
test('whatever hands out the right to reveal needs a fresh sign-in too', async ({ cordboard }) => {
  const stale = await cordboard.signedInAs('admin', { fresh: false });
  const fresh = await cordboard.signedInAs('admin');
  const acts = [
    ['POST', '/v1/api-keys', { name: 'nightly import', scopes: ['credentials:reveal'] }],
    [
      'POST',
      '/v1/operators',
      { name: 'Rina', email: 'rina@company.example', role: 'admin', password: 'four words made up' },
    ],
    ['PATCH', '/v1/settings', { operator_reveals_per_hour: 100_000 }],
    ['PATCH', `/v1/operators/${stale.operatorId}`, { role: 'viewer' }],
  ] as const;
  for (const [method, path, body] of acts) {
    expect(await stale.request(method, path, { body })).toMatchObject({
      status: 403,
      body: { code: 'fresh_sign_in_required' },
    });
    expect((await fresh.request(method, path, { body })).status).toBeLessThan(300);
  }
});

test('access is decided before the body is looked at', async ({ cordboard }) => {
  const answer = await cordboard
    .as('viewer')
    .request('POST', '/v1/phone-numbers', { body: '{ not json', headers: { 'content-type': 'text/plain' } });
  expect(answer.status).toBe(403);
});
