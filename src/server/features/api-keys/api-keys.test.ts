import { describe, expect } from 'vitest';
import type { ApiKey } from '#contract/api-keys.ts';
import type { ProblemDetails } from '#contract/errors.ts';
import { test, type TestApp } from '#server/testing/test-app.ts';

const add = async ({ as }: TestApp, body: Record<string, unknown> = {}) =>
  as('admin').request<{ api_key: ApiKey; key: string } & ProblemDetails>('POST', '/v1/api-keys', {
    body: { name: 'ci', scopes: ['numbers:read', 'numbers:read'], ...body },
  });

const me = ({ request }: TestApp, key: string) =>
  request('GET', '/v1/me', { headers: { authorization: `Bearer ${key}` } });

describe('an API key', () => {
  test('is shown once and stored as a hash only', async ({ cordboard }) => {
    const { status, body } = await add(cordboard);
    expect(status).toBe(201);
    expect(body.key).toMatch(/^cbk_[\w-]{43}$/);
    expect(body.api_key).toMatchObject({
      name: 'ci',
      scopes: ['numbers:read'],
      created_by: 'Test admin',
      revoked_at: null,
    });
    expect(body.key.startsWith(body.api_key.hint)).toBe(true);
    const list = await cordboard.as('admin').request('GET', '/v1/api-keys');
    const rows = await cordboard.database.query(
      'select k::text as key, (select json_agg(e)::text from audit_event e) as audit from api_key k',
    );
    expect(JSON.stringify([list.body, rows, cordboard.logLines])).not.toContain(body.key.slice(8));
    expect((await me(cordboard, body.key)).body).toMatchObject({
      kind: 'api_key',
      name: 'ci',
      scopes: ['numbers:read'],
    });
  });

  test('has a name that reads as it is written', async ({ cordboard }) => {
    const named = async (name: string) => (await add(cordboard, { name })).body;
    expect((await named(' nightly\u200b ')).api_key.name).toBe('nightly');
    expect((await named('nightly \u202egnp')).errors).toMatchObject([
      { pointer: '/name', code: 'control_characters' },
    ]);
    expect((await named('\u200b')).errors).toMatchObject([{ pointer: '/name', code: 'too_small' }]);
  });

  test('stops working the moment it is revoked, also from memory', async ({ cordboard }) => {
    const { body } = await add(cordboard);
    expect((await me(cordboard, body.key)).status).toBe(200);
    expect(
      (await cordboard.as('admin').request('DELETE', `/v1/api-keys/${body.api_key.api_key_id}`)).status,
    ).toBe(204);
    expect((await me(cordboard, body.key)).status).toBe(401);
    const again = await cordboard.as('admin').request('DELETE', `/v1/api-keys/${body.api_key.api_key_id}`);
    expect(again.status).toBe(204);
    const events = await cordboard.database.query<{ action: string }>(
      'select action from audit_event order by id',
    );
    expect(events.map(({ action }) => action)).toEqual(['api_key.added', 'api_key.revoked']);
  });

  test('stops working the moment it expires, also from memory', async ({ cordboard }) => {
    const expiresAt = new Date(Date.now() + 300);
    const key = await cordboard.withKey(['numbers:read'], { expiresAt });
    expect((await key.request('GET', '/v1/me')).status).toBe(200);
    await expect
      .poll(async () => (await key.request('GET', '/v1/me')).status, { timeout: 2000, interval: 50 })
      .toBe(401);
    expect(Date.now()).toBeGreaterThanOrEqual(expiresAt.getTime());
  });

  test('ends after ninety days where nothing is said, and never where null is', async ({ cordboard }) => {
    const { body } = await add(cordboard);
    expect(Date.parse(body.api_key.expires_at ?? '') - Date.parse(body.api_key.created_at)).toBeCloseTo(
      90 * 86_400_000,
      -4,
    );
    expect((await add(cordboard, { expires_at: null })).body.api_key.expires_at).toBeNull();
    const given = '2999-01-31T00:00:00.000Z';
    expect((await add(cordboard, { expires_at: given })).body.api_key.expires_at).toBe(given);
    const openApi = await cordboard.request<{ components: { schemas: Record<string, unknown> } }>(
      'GET',
      '/openapi.json',
    );
    expect(JSON.stringify(openApi.body.components.schemas['ApiKeyCreate'])).toContain('90 days from now');
  });

  test('cannot be made already expired', async ({ cordboard }) => {
    const answer = await add(cordboard, { expires_at: '2020-01-01T00:00:00Z' });
    expect(answer).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/expires_at', code: 'in_the_past' }] },
    });
  });

  test('shows when it was last used', async ({ cordboard }) => {
    const key = await cordboard.withKey(['numbers:read']);
    await key.request('GET', '/v1/me');
    const lastUsed = async () =>
      (
        await cordboard.database.query<{ last_used_at: Date | null }>(
          'select last_used_at from api_key where id = $1',
          [key.apiKeyId],
        )
      )[0]?.last_used_at;
    await expect.poll(lastUsed).toBeInstanceOf(Date);
  });

  test('that nobody made, or of a bad shape, is refused, and the cookie beside it does not help', async ({
    cordboard,
  }) => {
    const { cookie } = await cordboard.signedInAs('admin');
    for (const authorization of [
      `Bearer cbk_${'A'.repeat(43)}`,
      'Bearer',
      'Bearer ',
      'Bearer a b',
      `Basic ${Buffer.from('a:b').toString('base64')}`,
      'cbk_short',
      `Bearer ${'x'.repeat(8000)}`,
      '',
    ]) {
      const answer = await cordboard.request('GET', '/v1/me', { headers: { authorization, cookie } });
      expect(answer, authorization.slice(0, 40)).toMatchObject({
        status: 401,
        body: { code: 'unauthenticated' },
      });
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    }
  });

  test('wins over the cookie that came along', async ({ cordboard }) => {
    const { cookie } = await cordboard.signedInAs('admin');
    const { key } = await cordboard.withKey(['numbers:read']);
    const answer = await cordboard.request('GET', '/v1/operators', {
      headers: { authorization: `bearer ${key}`, cookie },
    });
    expect(answer.status).toBe(403);
  });
});
