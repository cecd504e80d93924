import addFormats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { pointerTo } from '#contract/pointer.ts';
import { describe, expect, test as plainTest } from 'vitest';
import { api, type EndpointKey } from '#contract/api.ts';
import { problems } from '#contract/errors.ts';
import { createSampler } from './sample.ts';
import { TEST_PASSWORD } from '#server/testing/test-actors.ts';
import { test, type Caller, type TestApp } from '#server/testing/test-app.ts';
import { createOpenApiDocument, operationIdOf, type Operation } from './openapi.ts';

const document = createOpenApiDocument();
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats(ajv);
ajv.addSchema({ $id: 'document', ...document });

const check = (pointer: readonly string[], value: unknown) => {
  const ref = `document#${encodeURI(pointerTo(...pointer))}`;
  const validate = ajv.getSchema(ref) ?? ajv.compile({ $ref: ref });
  return validate(value) ? [] : validate.errors;
};

const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    key: `${method.toUpperCase()} ${path}` as EndpointKey,
    operation,
  })),
);

describe('the document', () => {
  plainTest('has every endpoint of the contract and no other, each under a name of its own', () => {
    expect(operations.map(({ key }) => key).toSorted()).toEqual(Object.keys(api).toSorted());
    const ids = (Object.keys(api) as EndpointKey[]).map(operationIdOf);
    expect(new Set(ids).size).toBe(ids.length);
  });

  plainTest('has no reference to nowhere, and every schema is valid JSON Schema', () => {
    const references = JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g);
    for (const [, name = ''] of references) expect(document.components.schemas, name).toHaveProperty(name);
    for (const schema of Object.values(document.components.schemas))
      expect(ajv.validateSchema(schema)).toBe(true);
  });

  plainTest.each(operations)('$key says who may, what it takes and how it fails', ({ key, operation }) => {
    const { access, status } = api[key];
    expect(operation.description).not.toBe('');
    expect(operation.security.length === 0).toBe(access === 'anyone');
    expect(operation.responses).toHaveProperty(String(status));
    expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(['401', '500', '503']));
    const holes = [...key.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(
      (operation.parameters ?? []).filter((parameter) => parameter.in === 'path').map(({ name }) => name),
    ).toEqual(holes);
  });

  plainTest('shows a patch as the three shapes it may have', () => {
    const body =
      document.paths['/v1/phone-numbers/{phone_number_id}']?.['patch']?.requestBody?.content[
        'application/json'
      ]?.schema;
    expect(body?.anyOf?.map(({ $ref }) => $ref?.split('/').at(-1))).toEqual([
      'SipPhoneNumberPatch',
      'TwilioPhoneNumberPatch',
      'PiaPhoneNumberPatch',
    ]);
  });

  plainTest('never promises a plaintext secret in a phone number', () => {
    for (const name of ['SipPhoneNumber', 'TwilioPhoneNumber'])
      for (const [field, schema] of Object.entries(document.components.schemas[name]?.properties ?? {}))
        if (/password|token/.test(field) && !field.endsWith('fingerprint'))
          expect(schema.anyOf?.map((one) => one.const ?? one.type)).toEqual(['••••••••', 'null']);
  });

  plainTest('has examples that its own schemas accept', () => {
    const sampleOf = createSampler(document.components.schemas);
    for (const [name, schema] of Object.entries(document.components.schemas)) {
      const direction = /Create|Patch|Update|Request|SetUp$|SignIn|Password/.test(name) ? 'sent' : 'answered';
      expect(check(['components', 'schemas', name], sampleOf(schema, direction)), name).toEqual([]);
    }
  });
});

/** Asks, and holds the answer against what the document says of that endpoint and status. */
const ask = async (
  caller: Caller,
  key: EndpointKey,
  ids: Record<string, string> = {},
  request: { body?: unknown; query?: string; headers?: Record<string, string> } = {},
) => {
  const [method = '', path = ''] = key.split(' ');
  const { query = '', ...sent } = request;
  const answer = await caller.request(
    method,
    path.replace(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? 'ffffffffffffffffffffffff') + query,
    sent,
  );
  const operation = document.paths[path]?.[method.toLowerCase()] as Operation;
  const described = operation.responses[answer.status];
  expect(described, `${key} answered ${answer.status}: ${JSON.stringify(answer.body)}`).toBeDefined();
  const type = Object.keys(described?.content ?? {})[0];
  if (type === undefined) expect(answer.body).toBeNull();
  else {
    expect(answer.headers.get('content-type')).toBe(type);
    if (type.includes('json'))
      expect(
        check(
          [
            'paths',
            path,
            method.toLowerCase(),
            'responses',
            String(answer.status),
            'content',
            type,
            'schema',
          ],
          answer.body,
        ),
        key,
      ).toEqual([]);
  }
  return answer;
};

const sip = {
  phone_number: '+8801711204418',
  provider: 'sip',
  sip_termination_uri: 'sip.dhaka-link.example',
  sip_trunk_password: 'open sesame',
};

describe('real answers fit the document', () => {
  test('of sign-in, operators and keys', async ({ cordboard }: { cordboard: TestApp }) => {
    const admin = await cordboard.signedInAs('admin');
    const nobody = cordboard.as(null);
    await ask(nobody, 'GET /v1/set-up');
    await ask(
      nobody,
      'POST /v1/set-up',
      {},
      { body: { token: 'x', name: 'A', email: 'a@company.example', password: TEST_PASSWORD } },
    );
    await ask(nobody, 'POST /v1/sign-in', {}, { body: { email: admin.email, password: 'wrong' } });
    await ask(nobody, 'POST /v1/sign-in', {}, { body: { email: 'no address', pass: 1 } });
    await ask(nobody, 'GET /v1/me');
    const other = await ask(
      nobody,
      'POST /v1/sign-in',
      {},
      { body: { email: admin.email, password: TEST_PASSWORD } },
    );
    await ask(admin, 'GET /v1/me');
    await ask(await cordboard.withKey(['numbers:read']), 'GET /v1/me');
    await ask(admin, 'PATCH /v1/me', {}, { body: { list_columns: ['phone_number'], compact_rows: null } });
    await ask(admin, 'PATCH /v1/me', {}, { body: { list_columns: ['friendly_name'] } });
    await ask(admin, 'POST /v1/me/confirm-password', {}, { body: { password: TEST_PASSWORD } });
    await ask(admin, 'GET /v1/me/sessions');
    await ask(admin, 'DELETE /v1/me/sessions/{session_id}', { session_id: String(other.body['session_id']) });
    const added = await ask(
      admin,
      'POST /v1/operators',
      {},
      { body: { name: 'B', email: 'b@company.example', role: 'viewer', password: TEST_PASSWORD } },
    );
    await ask(
      admin,
      'POST /v1/operators',
      {},
      { body: { name: 'B', email: 'b@company.example', role: 'viewer', password: TEST_PASSWORD } },
    );
    await ask(
      admin,
      'PATCH /v1/operators/{operator_id}',
      { operator_id: String(added.body['operator_id']) },
      { body: { role: 'operator' } },
    );
    await ask(
      admin,
      'PATCH /v1/operators/{operator_id}',
      { operator_id: admin.operatorId },
      { body: { role: 'viewer' } },
    );
    await ask(admin, 'GET /v1/notices');
    await ask(admin, 'GET /v1/operators');
    const key = await ask(admin, 'POST /v1/api-keys', {}, { body: { name: 'ci', scopes: ['numbers:read'] } });
    await ask(admin, 'GET /v1/api-keys');
    await ask(admin, 'DELETE /v1/api-keys/{api_key_id}', {
      api_key_id: (key.body['api_key'] as { api_key_id: string }).api_key_id,
    });
    await ask(admin, 'GET /v1/audit-events');
    await ask(admin, 'GET /v1/changes');
    await ask(
      admin,
      'POST /v1/me/password',
      {},
      { body: { current_password: TEST_PASSWORD, new_password: 'four other words entirely' } },
    );
    await ask(await cordboard.signedInAs('viewer'), 'POST /v1/sign-out');
  });

  test('of connections', async ({ cordboard }: { cordboard: TestApp }) => {
    const admin = await cordboard.signedInAs('admin');
    const body = { kind: 'verbex', name: 'Verbex production', credentials: { api_key: 'key-one' } };
    const added = await ask(admin, 'POST /v1/connections', {}, { body });
    const ids = { connection_id: String(added.body['connection_id']) };
    await ask(admin, 'POST /v1/connections', {}, { body });
    await ask(admin, 'POST /v1/connections', {}, { body: { ...body, credentials: {} } });
    const elsewhere = { settings: { base_url: 'https://127.0.0.1:9' } };
    const stale = await cordboard.signedInAs('admin', { fresh: false });
    await ask(stale, 'POST /v1/connections', {}, { body: { ...body, ...elsewhere } });
    await ask(admin, 'GET /v1/connections');
    await ask(admin, 'GET /v1/connections/{connection_id}', ids);
    await ask(admin, 'GET /v1/connections/{connection_id}');
    const change = (patch: object, headers = {}) =>
      ask(admin, 'PATCH /v1/connections/{connection_id}', ids, { body: patch, headers });
    await change({ name: 'Verbex' });
    await change({ name: 'Late' }, { 'if-match': '"1"' });
    await change({ credentials: { api_key: 'key-two' } });
    await change(elsewhere);
    await change({ settings: { base_url: 'http://api.company.example' } });
    await change({ ...elsewhere, credentials: { api_key: 'key-two' } });
    // Nothing goes there: this machine itself is never reached.
    await ask(admin, 'POST /v1/connections/{connection_id}/check', ids);
    await ask(admin, 'POST /v1/connections/{connection_id}/pause', ids);
    await ask(admin, 'POST /v1/connections/{connection_id}/resume', ids);
    const revealing = { body: { credential: 'api_key' } };
    await ask(admin, 'POST /v1/connections/{connection_id}/reveal', ids, revealing);
    await ask(stale, 'POST /v1/connections/{connection_id}/reveal', ids, revealing);
    await ask(admin, 'DELETE /v1/connections/{connection_id}', ids);
  });

  test('of imports', async ({ cordboard }: { cordboard: TestApp }) => {
    const caller = await cordboard.signedInAs('operator');
    const headers = { 'content-type': 'text/csv' };
    const body = 'phone_number,provider\n+14155550100,pia\n12345,pia\n';
    const planned = await ask(caller, 'POST /v1/imports', {}, { body, headers });
    const ids = { import_id: String(planned.body['import_id']) };
    await ask(caller, 'POST /v1/imports', {}, { body: 'nothing', headers });
    await ask(caller, 'POST /v1/imports', {}, { body });
    await ask(caller, 'POST /v1/imports', {}, { body, headers, query: '?existing=all&mapping=x' });
    await ask(caller, 'GET /v1/imports/{import_id}', ids);
    await ask(caller, 'GET /v1/imports/{import_id}');
    await ask(caller, 'GET /v1/imports/{import_id}/rows', ids);
    await ask(caller, 'POST /v1/imports/{import_id}/run', ids);
  });

  test('of agents and phone numbers', async ({ cordboard }: { cordboard: TestApp }) => {
    const caller = await cordboard.signedInAs('operator');
    const agent = await ask(caller, 'POST /v2/ai-agents', {}, { body: { agent_name: 'Asha' } });
    const { ai_agent_id } = agent.body['data'] as { ai_agent_id: string };
    await ask(caller, 'POST /v2/ai-agents', {}, { body: { agent_name: 'Asha' } });
    await ask(caller, 'GET /v2/ai-agents');
    await ask(caller, 'GET /v2/ai-agents/{ai_agent_id}', { ai_agent_id });
    await ask(caller, 'GET /v2/ai-agents/{ai_agent_id}/uses', { ai_agent_id }, { query: '?kind=routing' });
    await ask(caller, 'GET /v1/routing/findings');
    await ask(caller, 'GET /v1/routing/findings/summary');
    await ask(
      caller,
      'PUT /v2/ai-agents/{ai_agent_id}',
      { ai_agent_id },
      { body: { agent_name: 'Asha · Bangla support' } },
    );
    const added = await ask(
      caller,
      'POST /v1/phone-numbers',
      {},
      { body: { ...sip, inbound_agent_id: ai_agent_id } },
    );
    const ids = { phone_number_id: String(added.body['_id']) };
    await ask(caller, 'POST /v1/phone-numbers', {}, { body: sip });
    await ask(
      caller,
      'POST /v1/phone-numbers',
      {},
      { body: { ...sip, phone_number: '+1 212 555 0100', twilio_account_sid: 'AC' } },
    );
    await ask(
      caller,
      'POST /v1/phone-numbers',
      {},
      { body: { phone_number: '+15125550142', provider: 'pia', labels: ['pilot'] } },
    );
    await ask(caller, 'GET /v1/phone-numbers', {}, { query: '?include=total&sort=phone_number' });
    await ask(caller, 'GET /v1/phone-numbers', {}, { query: '?page_token=foreign' });
    await ask(
      caller,
      'GET /v1/phone-number-reading',
      {},
      { query: '?phone_number=0044%20(0)20%207946%200958' },
    );
    await ask(caller, 'GET /v1/phone-number-reading', {}, { query: '?phone_number=%2B1415555' });
    await ask(caller, 'GET /v1/phone-numbers/{phone_number_id}', ids);
    await ask(caller, 'GET /v1/phone-numbers/{phone_number_id}');
    await ask(caller, 'PATCH /v1/phone-numbers/{phone_number_id}', ids, {
      body: { friendly_name: 'Dhaka support' },
      headers: { 'if-match': '"1"' },
    });
    await ask(caller, 'PATCH /v1/phone-numbers/{phone_number_id}', ids, {
      body: { friendly_name: 'Dhaka' },
      headers: { 'if-match': '"1"' },
    });
    await ask(caller, 'PATCH /v1/phone-numbers/{phone_number_id}', ids, { body: { provider: 'pia' } });
    await ask(caller, 'POST /v1/phone-numbers/{phone_number_id}/reveal', ids, {
      body: { credential: 'sip_trunk_password' },
    });
    await ask(caller, 'POST /v1/phone-numbers/{phone_number_id}/reveal', ids, {
      body: { credential: 'twilio_auth_token' },
    });
    await ask(caller, 'GET /v1/phone-numbers/{phone_number_id}/history', ids);
    for (const version of [1, 99])
      await ask(caller, 'POST /v1/phone-numbers/{phone_number_id}/restore-version', ids, {
        body: { version },
      });
    await ask(caller, 'DELETE /v1/phone-numbers/{phone_number_id}', ids);
    await ask(caller, 'GET /v1/phone-numbers', {}, { query: '?deleted=true&include=total' });
    await ask(caller, 'GET /v1/phone-numbers/{phone_number_id}', ids, { query: '?include=deleted' });
    await ask(
      caller,
      'PUT /v2/ai-agents/{ai_agent_id}',
      { ai_agent_id },
      { body: { agent_status: 'retired' } },
    );
    await ask(caller, 'POST /v1/phone-numbers/{phone_number_id}/restore', ids);
    const eraser = await cordboard.signedInAs('admin');
    await ask(eraser, 'POST /v1/phone-numbers/{phone_number_id}/delete-for-good', ids);
    await ask(caller, 'DELETE /v1/phone-numbers/{phone_number_id}', ids);
    await ask(caller, 'POST /v1/phone-numbers', {}, { body: sip });
    await ask(caller, 'POST /v1/phone-numbers/{phone_number_id}/restore', ids);
    await ask(eraser, 'POST /v1/phone-numbers/{phone_number_id}/delete-for-good', ids);
    await ask(cordboard.as('admin'), 'GET /v1/audit-events');
  });
});

describe('the reference', () => {
  test('is served beside the document, without a script, and asked again only when it changed', async ({
    cordboard,
  }) => {
    const json = await cordboard.request('GET', '/openapi.json');
    expect(json.body).toEqual(JSON.parse(JSON.stringify(document)));
    const page = await cordboard.request<string>('GET', '/docs');
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'self'/);
    expect(page.body).not.toMatch(/<script|\son\w+=|style="/i);
    for (const path of ['/openapi.json', '/docs', '/docs/style.css']) {
      const etag = (await cordboard.request('GET', path)).headers.get('etag') ?? '';
      expect(await cordboard.request('GET', path, { headers: { 'if-none-match': etag } })).toMatchObject({
        status: 304,
        body: null,
      });
    }
  });

  test('has a place for every problem code, where the type of a problem points to', async ({ cordboard }) => {
    const { body } = await cordboard.request<string>('GET', '/docs');
    for (const code of Object.keys(problems)) expect(body).toContain(`<tr id="${code}"`);
    const targets = [...body.matchAll(/href="#([\w-]+)"/g)].map(([, id = '']) => id);
    for (const id of new Set(targets)) expect(body, id).toContain(`id="${id}"`);
  });
});
