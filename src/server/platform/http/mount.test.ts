import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect } from 'vitest';
import type { ProblemDetails } from '#contract/errors.ts';
import { serve } from '#server/serve.ts';
import { test, testConfig } from '#server/testing/test-app.ts';

const apiKey = { name: 'ci', scopes: ['numbers:read'] };

describe('a body', () => {
  test.for<[string, unknown, Record<string, string>, number, string]>([
    ['that is not JSON', '{"name": ', {}, 400, 'invalid_json'],
    ['that is empty', '', {}, 400, 'invalid_json'],
    ['that is not UTF-8', new Uint8Array([0x22, 0xff, 0xfe, 0x22]), {}, 400, 'invalid_json'],
    ['of 2 MB', JSON.stringify({ ...apiKey, name: 'x'.repeat(2_000_000) }), {}, 413, 'body_too_large'],
    [
      'of the wrong type',
      JSON.stringify(apiKey),
      { 'content-type': 'text/plain' },
      415,
      'unsupported_media_type',
    ],
    [
      'of a form',
      'name=ci',
      { 'content-type': 'application/x-www-form-urlencoded' },
      415,
      'unsupported_media_type',
    ],
    ['that is a list', '[]', {}, 422, 'validation_failed'],
    ['that is null', 'null', {}, 422, 'validation_failed'],
    ['nested 5,000 deep', `${'['.repeat(5000)}${']'.repeat(5000)}`, {}, 422, 'validation_failed'],
    ['with a field nobody knows', JSON.stringify({ ...apiKey, colour: 'blue' }), {}, 422, 'unknown_field'],
    [
      'with __proto__',
      '{"name":"ci","scopes":["numbers:read"],"__proto__":{"role":"admin"}}',
      {},
      422,
      'unknown_field',
    ],
    [
      'with __proto__ written as an escape',
      String.raw`{"name":"ci","scopes":["numbers:read"],"__pro\u0074o__":1}`,
      {},
      422,
      'unknown_field',
    ],
  ])('%s is refused', async ([, body, headers, status, code], { cordboard }) => {
    const answer = await cordboard.request<ProblemDetails>('POST', '/v1/api-keys', {
      actor: 'admin',
      body,
      headers,
    });
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
    expect(answer.body).toMatchObject({
      status,
      type: `/docs#${code}`,
      request_id: answer.headers.get('x-request-id'),
    });
    expect(await cordboard.database.query('select 1 from api_key')).toEqual([]);
  });

  test('names the unknown field by a pointer', async ({ cordboard }) => {
    const { body } = await cordboard.request<ProblemDetails>('POST', '/v1/api-keys', {
      actor: 'admin',
      body: { ...apiKey, 'a/b~c': 1 },
    });
    expect(body.errors).toEqual([expect.objectContaining({ pointer: '/a~1b~0c', code: 'unknown_field' })]);
  });

  test('full of unknown fields is answered with the first 100, and says that there are more', async ({
    cordboard,
  }) => {
    const fields = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`f${index}`, 1]));
    const { status, body } = await cordboard.request<ProblemDetails>('POST', '/v1/phone-numbers', {
      actor: 'operator',
      body: { provider: 'pia', phone_number: '+8801712345678', ...fields },
    });
    expect({ status, code: body.code, count: body.errors?.length }).toEqual({
      status: 422,
      code: 'unknown_field',
      count: 100,
    });
    expect(body.detail).toBe('More than 100 fields need your attention; errors has the first 100.');
  });

  test.for([
    ['/v1/sign-in', 'Content-Length: 4097', '', 413],
    ['/v1/sign-in', 'Transfer-Encoding: chunked', `1001\r\n${'x'.repeat(4097)}\r\n`, 413],
    ['/v1/phone-numbers', 'Content-Length: 1000000', '', 401],
  ] as const)(
    'for %s of nobody, with %s, is answered before the rest of it is sent',
    async ([path, length, sent, status], { cordboard }) => {
      const serving = await serve(cordboard.app, testConfig);
      const socket = connect(Number(serving.url.port), serving.url.hostname);
      try {
        socket.write(
          `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${length}\r\n\r\n${sent}`,
        );
        const [answer] = (await once(socket, 'data')) as [Buffer];
        expect(answer.toString()).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
      } finally {
        socket.destroy();
        await serving.close(0);
      }
    },
  );

  test('may say its charset', async ({ cordboard }) => {
    const headers = { 'content-type': 'Application/JSON; charset=utf-8' };
    expect(
      (await cordboard.request('POST', '/v1/api-keys', { actor: 'admin', body: apiKey, headers })).status,
    ).toBe(201);
  });
});

describe('a query', () => {
  test.for<[string, string]>([
    ['page_size=0', '/page_size'],
    ['page_size=101', '/page_size'],
    ['page_size=ten', '/page_size'],
    ['page_size=5&page_size=6', '/page_size'],
    ['colour=blue', '/colour'],
    ['sort=colour', '/sort'],
  ])('?%s names the parameter', async ([query, pointer], { cordboard }) => {
    const answer = await cordboard.request<ProblemDetails>('GET', `/v1/phone-numbers?${query}`, {
      actor: 'viewer',
    });
    expect(answer.status).toBe(422);
    expect(answer.body.errors?.map((error) => error.pointer)).toEqual([pointer]);
  });
});

describe('what the database could not take', () => {
  test.for<[string, number]>([
    ['/v2/ai-agents?q=%00', 200],
    ['/v1/phone-numbers?q=%00', 200],
    ['/v1/audit-events?since=0000-01-01T00:00:00Z', 422],
    ['/v1/audit-events?since=0001-01-01T00:00:00Z', 200],
    ['/v1/audit-events?until=9999-12-31T23:59:59.999Z', 200],
    [`/v1/audit-events?until=2026-01-01T00:00:00.${'1'.repeat(500)}Z`, 422],
  ])('never reaches it: %s', async ([path, status], { cordboard }) => {
    expect((await cordboard.request('GET', path, { actor: 'admin' })).status).toBe(status);
  });

  test('and a language tag has an end', async ({ cordboard }) => {
    const agent = { agent_name: 'Night desk', language_code: `en${'-abcdefgh'.repeat(1000)}` };
    expect(
      (await cordboard.request('POST', '/v2/ai-agents', { actor: 'operator', body: agent })).status,
    ).toBe(422);
  });
});

describe('a path', () => {
  test('with a trailing slash is the same path, without a redirect', async ({ cordboard }) => {
    const caller = cordboard.as('viewer');
    for (const path of ['/v1/phone-numbers', '/v1/me', '/v1/phone-numbers/ffffffffffffffffffffffff']) {
      const [plain, slashed] = await Promise.all([
        caller.request('GET', path),
        caller.request('GET', `${path}/`),
      ]);
      expect({ ...slashed.body, request_id: '' }).toEqual({ ...plain.body, request_id: '' });
      expect(slashed.status).toBe(plain.status);
    }
  });

  test('that nobody knows is 404, and one with another method 405 with those it has', async ({
    cordboard,
  }) => {
    const caller = cordboard.as('admin');
    expect(await caller.request('GET', '/v1/telephones')).toMatchObject({
      status: 404,
      body: { code: 'not_found' },
    });
    const answer = await caller.request('PUT', '/v1/phone-numbers', { body: {} });
    expect(answer).toMatchObject({ status: 405, body: { code: 'method_not_allowed' } });
    expect(answer.headers.get('allow')?.split(', ').toSorted()).toEqual(['GET', 'POST']);
  });

  test.for([
    '/v1/phone-numbers/%',
    '/v1/phone-numbers/%00',
    '/v1/phone-numbers/%2e%2e',
    '/v1/phone-numbers/a%20b',
    `/v1/phone-numbers/${'x'.repeat(5000)}`,
  ])('with an id that cannot be is 404: %s', async (path, { cordboard }) => {
    expect((await cordboard.as('viewer').request('GET', path)).status).toBe(404);
  });

  test('asked with HEAD answers like GET without a body', async ({ cordboard }) => {
    const caller = cordboard.as('viewer');
    expect(await caller.request('HEAD', '/v1/me')).toMatchObject({ status: 200, body: null });
    expect((await cordboard.request('HEAD', '/v1/me')).status).toBe(401);
  });
});

test('a stream is not opened by HEAD', async ({ cordboard }) => {
  const answer = await cordboard.as('viewer').request('HEAD', '/v1/changes');
  expect({ status: answer.status, allow: answer.headers.get('allow') }).toEqual({
    status: 405,
    allow: 'GET',
  });
});

describe('a write', () => {
  test.for<[string, Record<string, string>, number]>([
    ['from another site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['from a neighbouring host', { 'sec-fetch-site': 'same-site' }, 403],
    ['with a foreign origin', { origin: 'https://evil.example' }, 403],
    ['with no origin at all', { origin: 'null' }, 403],
    ['from the console', { 'sec-fetch-site': 'same-origin', origin: 'http://cordboard.test' }, 201],
    ['from a program with a cookie', {}, 201],
  ])('%s', async ([, headers, status], { cordboard }) => {
    expect(
      (await cordboard.as('admin').request('POST', '/v1/api-keys', { body: apiKey, headers })).status,
    ).toBe(status);
  });

  test('from another site reaches neither sign-in nor sign-out', async ({ cordboard }) => {
    const caller = await cordboard.signedInAs('viewer');
    const headers = { 'sec-fetch-site': 'cross-site' };
    expect(await caller.request('POST', '/v1/sign-out', { headers })).toMatchObject({
      status: 403,
      body: { code: 'cross_site_request' },
    });
    const signIn = await cordboard.request('POST', '/v1/sign-in', {
      body: { email: caller.email, password: 'x' },
      headers,
    });
    expect(signIn).toMatchObject({ status: 403, body: { code: 'cross_site_request' } });
    expect((await caller.request('GET', '/v1/me')).status).toBe(200);
  });

  test('with a key is the key’s wherever it comes from', async ({ cordboard }) => {
    const key = await cordboard.withKey(['numbers:write']);
    const answer = await key.request('DELETE', '/v1/phone-numbers/ffffffffffffffffffffffff', {
      headers: { origin: 'https://script.example' },
    });
    expect(answer.status).toBe(404);
  });

  test.for(['3', '"x"', 'W/"', '"3", "4"', '"99999999999"'])(
    'with If-Match %s is not understood',
    async (value, { cordboard }) => {
      const answer = await cordboard
        .as('operator')
        .request('PATCH', '/v1/phone-numbers/ffffffffffffffffffffffff', {
          body: {},
          headers: { 'if-match': value },
        });
      expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    },
  );

  test('with an Idempotency-Key that is none is not understood', async ({ cordboard }) => {
    const answer = await cordboard.as('operator').request('POST', '/v2/ai-agents', {
      body: { agent_name: 'Asha' },
      headers: { 'idempotency-key': 'x'.repeat(256) },
    });
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
  });
});

describe('every answer', () => {
  test('is never cached and never guessed to be something else', async ({ cordboard }) => {
    const answer = await cordboard.request('GET', '/v1/me', { actor: 'viewer' });
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('of a failure inside tells nothing of it', async ({ cordboard }) => {
    await cordboard.database.query('alter table api_key rename to api_key_hidden');
    try {
      const answer = await cordboard.request<ProblemDetails>('GET', '/v1/api-keys', { actor: 'admin' });
      expect(answer).toMatchObject({ status: 500, body: { code: 'internal' } });
      expect(JSON.stringify(answer.body)).not.toMatch(/api_key|relation|select/i);
      expect(cordboard.logLines.some((line) => line.includes(answer.body.request_id))).toBe(true);
    } finally {
      await cordboard.database.query('alter table api_key_hidden rename to api_key');
    }
  });
});
