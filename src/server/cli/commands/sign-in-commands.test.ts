import { describe, expect } from 'vitest';
import type { ApiKey } from '#contract/api-keys.ts';
import { createSetUp } from '#server/features/sessions/set-up.ts';
import { runCommand as run } from '#server/testing/run-command.ts';
import { test, type TestApp } from '#server/testing/test-app.ts';
import { apiKey } from './api-key.ts';
import { CommandError, UsageError } from '#server/cli/command/command.ts';
import { operator } from './operator.ts';

const PASSWORD = 'correct horse battery staple';

const signIn = ({ request }: TestApp, password = PASSWORD) =>
  request('POST', '/v1/sign-in', { body: { email: 'rina@company.example', password } });
const rina = { email: 'Rina@company.example', role: 'admin' };

describe('operator', () => {
  test('add lets somebody sign in, and ends the set-up link', async ({ cordboard }) => {
    await createSetUp(cordboard.database).offerSetUp();
    await run(cordboard, operator, ['add'], rina);
    expect(await signIn(cordboard)).toMatchObject({ status: 200, body: { name: 'rina', role: 'admin' } });
    expect(await cordboard.database.query('select 1 from set_up_link')).toEqual([]);
    const [event] = await cordboard.database.query(
      'select action, actor_kind, actor_name from audit_event order by id',
    );
    expect(event).toEqual({ action: 'operator.added', actor_kind: 'system', actor_name: 'Command line' });
  });

  test('add of somebody who is no admin leaves the set-up link alive', async ({ cordboard }) => {
    await createSetUp(cordboard.database).offerSetUp();
    await run(cordboard, operator, ['add'], { ...rina, role: 'operator' });
    expect(await signIn(cordboard)).toMatchObject({ status: 200, body: { role: 'operator' } });
    expect(await cordboard.database.query('select 1 from set_up_link')).toHaveLength(1);
    expect((await cordboard.request('GET', '/v1/set-up')).body).toEqual({ needed: true });
  });

  test('add refuses a short password, a bad role and a taken e-mail', async ({ cordboard }) => {
    await expect(run(cordboard, operator, ['add'], rina, 'short')).rejects.toThrow('at least 12 characters');
    await expect(run(cordboard, operator, ['add'], { ...rina, role: 'king' })).rejects.toThrow(CommandError);
    await run(cordboard, operator, ['add'], rina);
    await expect(run(cordboard, operator, ['add'], rina)).rejects.toThrow('this e-mail already');
  });

  test('password, disable and enable take effect in a server that is running', async ({ cordboard }) => {
    await run(cordboard, operator, ['add'], rina);
    const cookie = (await signIn(cordboard)).headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const me = async () => (await cordboard.request('GET', '/v1/me', { headers: { cookie } })).status;
    expect(await me()).toBe(200);
    await run(cordboard, operator, ['password'], rina, 'four other words entirely');
    await expect.poll(me).toBe(401);
    expect((await signIn(cordboard)).status).toBe(401);
    expect((await signIn(cordboard, 'four other words entirely')).status).toBe(200);
    await expect(run(cordboard, operator, ['disable'], rina)).rejects.toThrow('someone else an admin');
    await cordboard.signedInAs('admin');
    await run(cordboard, operator, ['disable'], rina);
    expect((await signIn(cordboard, 'four other words entirely')).status).toBe(401);
    await run(cordboard, operator, ['enable'], rina);
    expect((await signIn(cordboard, 'four other words entirely')).status).toBe(200);
  });

  test('list shows who there is', async ({ cordboard }) => {
    expect(await run(cordboard, operator, ['list'])).toEqual(['There are no operators yet.']);
    await run(cordboard, operator, ['add'], rina);
    expect((await run(cordboard, operator, ['list'])).at(1)).toMatch(
      /^rina@company\.example\s+rina\s+admin$/,
    );
  });

  test('without an act says which there are', async ({ cordboard }) => {
    await expect(run(cordboard, operator, [])).rejects.toThrow(UsageError);
  });
});

describe('api-key', () => {
  test('add prints the key alone; list never shows it; revoke ends it in a server that is running', async ({
    cordboard,
  }) => {
    const explained: string[] = [];
    const [key = '', ...rest] = await run(
      cordboard,
      apiKey,
      ['add'],
      { name: 'ci', scope: ['numbers:read', 'numbers:write'], expires: '90d' },
      '',
      explained,
    );
    expect(explained.join('\n')).toContain('shown this once');
    expect(explained.join('\n')).not.toContain(key);
    expect([key, rest]).toEqual([expect.stringMatching(/^cbk_[\w-]{43}$/), []]);
    const me = () => cordboard.request('GET', '/v1/me', { headers: { authorization: `Bearer ${key}` } });
    expect(await me()).toMatchObject({ status: 200, body: { scopes: ['numbers:read', 'numbers:write'] } });
    const listed = (await run(cordboard, apiKey, ['list'])).join('\n');
    expect(listed).toContain('numbers:read numbers:write');
    expect(listed).not.toContain(key);
    await run(cordboard, apiKey, ['revoke', /^[0-9a-f]{24}/m.exec(listed)?.[0] ?? '']);
    await expect.poll(async () => (await me()).status).toBe(401);
  });

  test('add takes an end, or none; without a word it is ninety days', async ({ cordboard }) => {
    const soon = { name: 'soon', scope: ['numbers:read'], expires: '12h' };
    for (const values of [
      { ...soon, name: 'usual', expires: undefined },
      { ...soon, name: 'eternal', expires: 'never' },
      soon,
    ])
      await run(cordboard, apiKey, ['add'], values);
    const { body } = await cordboard.as('admin').request<{ api_keys: ApiKey[] }>('GET', '/v1/api-keys');
    const hours = (name: string) => {
      const key = body.api_keys.find((each) => each.name === name);
      return key?.expires_at
        ? Math.round((Date.parse(key.expires_at) - Date.parse(key.created_at)) / 3_600_000)
        : key?.expires_at;
    };
    expect([hours('usual'), hours('eternal'), hours('soon')]).toEqual([90 * 24, null, 12]);
    expect((await run(cordboard, apiKey, ['list'])).filter((line) => line.includes(' nobody '))).toHaveLength(
      3,
    );
  });

  test('add refuses an unknown scope, no scope, and an end it cannot read or that has passed', async ({
    cordboard,
  }) => {
    await expect(run(cordboard, apiKey, ['add'], { name: 'ci', scope: ['numbers:own'] })).rejects.toThrow(
      CommandError,
    );
    await expect(run(cordboard, apiKey, ['add'], { name: 'ci' })).rejects.toThrow('at least one scope');
    await expect(
      run(cordboard, apiKey, ['add'], { name: 'ci', scope: ['numbers:read'], expires: 'soon' }),
    ).rejects.toThrow(UsageError);
    await expect(
      run(cordboard, apiKey, ['add'], { name: 'ci', scope: ['numbers:read'], expires: '2020-01-01' }),
    ).rejects.toThrow('future');
  });
});
