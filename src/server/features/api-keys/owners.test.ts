import { describe, expect } from 'vitest';
import type { ApiKey } from '#contract/api-keys.ts';
import type { Operator } from '#contract/operators.ts';
import { expectProblem, pointersOf } from '#server/testing/given.ts';
import { test, type Caller, type TestApp } from '#server/testing/test-app.ts';

const addKey = async (as: Caller, name: string, body: object = {}) => {
  const answer = await as.request<{ api_key: ApiKey; key: string }>('POST', '/v1/api-keys', {
    body: { name, scopes: ['numbers:read'], ...body },
  });
  expect(answer.status).toBe(201);
  return { id: answer.body.api_key.api_key_id, key: answer.body.key };
};

const listKeys = async ({ as }: TestApp) =>
  (await as('admin').request<{ api_keys: ApiKey[] }>('GET', '/v1/api-keys')).body.api_keys;
const works = async ({ request }: TestApp, key: string) =>
  (await request('GET', '/v1/me', { headers: { authorization: `Bearer ${key}` } })).status === 200;
const patch = (by: Caller, id: string, body: object) =>
  by.request<Operator>('PATCH', `/v1/operators/${id}`, { body });
const events = async ({ database }: TestApp) =>
  database.query<{ action: string; subject_id: string; detail: string | null; changes: unknown }>(
    `select action, subject_id, detail, changes from audit_event where action not like '%.added' order by id`,
  );

const twoAdmins = async ({ signedInAs }: TestApp) => ({
  acting: await signedInAs('admin'),
  leaving: await signedInAs('admin'),
});

describe('an API key', () => {
  test('belongs to who added it, and to nobody where it comes from the command line or from before', async ({
    cordboard,
  }) => {
    const { leaving } = await twoAdmins(cordboard);
    await addKey(leaving, 'hers');
    await cordboard.withKey(['numbers:read']);
    await patch(leaving, leaving.operatorId, { name: 'Renamed' });
    const owners = (await listKeys(cordboard)).map(({ name, owner, created_by }) => [
      name,
      owner,
      created_by,
    ]);
    expect(owners).toEqual([
      ['test', null, null],
      ['hers', { operator_id: leaving.operatorId, name: 'Renamed' }, 'Test admin'],
    ]);
  });
});

describe.each([
  ['disabling', { is_disabled: true }],
  ['demoting', { role: 'operator' }],
])('%s an admin with live keys', (_, change) => {
  test('is refused with the keys that were not answered for, and changes nothing', async ({ cordboard }) => {
    const { acting, leaving } = await twoAdmins(cordboard);
    const [one, two] = [await addKey(leaving, 'one'), await addKey(leaving, 'two')];
    const silent = expectProblem(await patch(acting, leaving.operatorId, change), 409, 'api_keys_unanswered');
    expect(silent.api_keys?.map(({ name }) => name)).toEqual(['two', 'one']);
    const half = await patch(acting, leaving.operatorId, {
      ...change,
      name: 'Someone',
      api_keys: { [one.id]: 'end' },
    });
    expect(expectProblem(half, 409, 'api_keys_unanswered').api_keys?.map(({ name }) => name)).toEqual([
      'two',
    ]);
    expect([await works(cordboard, one.key), await works(cordboard, two.key)]).toEqual([true, true]);
    expect((await leaving.request('GET', '/v1/operators')).status).toBe(200);
    expect(await events(cordboard)).toEqual([]);
  });

  test('takes over or ends key by key, in one act, each on the record', async ({ cordboard }) => {
    const { acting, leaving } = await twoAdmins(cordboard);
    const [kept, ended] = [await addKey(leaving, 'kept'), await addKey(leaving, 'ended')];
    expect([await works(cordboard, kept.key), await works(cordboard, ended.key)]).toEqual([true, true]);
    const answers = { [kept.id]: 'take_over', [ended.id]: 'end' };
    expect((await patch(acting, leaving.operatorId, { ...change, api_keys: answers })).status).toBe(200);
    expect([await works(cordboard, kept.key), await works(cordboard, ended.key)]).toEqual([true, false]);
    const keys = await listKeys(cordboard);
    expect(keys.find(({ name }) => name === 'kept')).toMatchObject({
      owner: { operator_id: acting.operatorId },
      revoked_at: null,
    });
    expect(keys.find(({ name }) => name === 'ended')?.revoked_at).not.toBeNull();
    expect(await events(cordboard)).toMatchObject([
      {
        action: 'api_key.taken_over',
        subject_id: kept.id,
        changes: { owner: { before: leaving.email, after: acting.email } },
      },
      { action: 'api_key.revoked', subject_id: ended.id, detail: `It belonged to ${leaving.email}` },
      { subject_id: leaving.operatorId },
    ]);
    // Again, as when the answer was lost: nothing is left to do.
    expect((await patch(acting, leaving.operatorId, { ...change, api_keys: answers })).status).toBe(200);
    expect(await events(cordboard)).toHaveLength(3);
  });

  test('needs no word on keys that are over, and brings none back later', async ({ cordboard }) => {
    const { acting, leaving } = await twoAdmins(cordboard);
    const revoked = await addKey(leaving, 'revoked');
    await acting.request('DELETE', `/v1/api-keys/${revoked.id}`);
    const expired = await addKey(leaving, 'expired');
    await cordboard.database.query(
      `update api_key set expires_at = now() - interval '1 second' where id = $1`,
      [expired.id],
    );
    const live = await addKey(leaving, 'live');
    expect(
      (
        await patch(acting, leaving.operatorId, {
          ...change,
          api_keys: { [live.id]: 'end', [revoked.id]: 'end' },
        })
      ).status,
    ).toBe(200);
    expect((await patch(acting, leaving.operatorId, { is_disabled: false, role: 'admin' })).status).toBe(200);
    expect(await works(cordboard, live.key)).toBe(false);
  });

  test('leaves alone the keys of others, of nobody, and those of an id that is none', async ({
    cordboard,
  }) => {
    const { acting, leaving } = await twoAdmins(cordboard);
    const own = await addKey(acting, 'own');
    const { apiKeyId } = await cordboard.withKey(['numbers:read']);
    const hers = await addKey(leaving, 'hers');
    const answers = { [hers.id]: 'end', [own.id]: 'end', [apiKeyId]: 'take_over', none: 'end' };
    const problem = expectProblem(
      await patch(acting, leaving.operatorId, { ...change, api_keys: answers }),
      422,
      'validation_failed',
    );
    expect(pointersOf(problem)).toEqual(
      [own.id, apiKeyId, 'none'].map((id) => `/api_keys/${id} not_their_key`).toSorted(),
    );
    expect([await works(cordboard, hers.key), await works(cordboard, own.key)]).toEqual([true, true]);
  });

  test('cannot be done to oneself with the keys kept', async ({ cordboard }) => {
    const { acting } = await twoAdmins(cordboard);
    const own = await addKey(acting, 'own');
    const kept = await patch(acting, acting.operatorId, { ...change, api_keys: { [own.id]: 'take_over' } });
    expect(pointersOf(expectProblem(kept, 422, 'validation_failed'))).toEqual([
      `/api_keys/${own.id} cannot_take_over`,
    ]);
    expect(
      (await patch(acting, acting.operatorId, { ...change, api_keys: { [own.id]: 'end' } })).status,
    ).toBe(200);
    expect(await works(cordboard, own.key)).toBe(false);
  });
});

test('a change that leaves an admin an admin asks nothing', async ({ cordboard }) => {
  const { acting, leaving } = await twoAdmins(cordboard);
  const { key } = await addKey(leaving, 'hers');
  expect(
    (await patch(acting, leaving.operatorId, { name: 'Another', role: 'admin', is_disabled: false })).status,
  ).toBe(200);
  expect(await works(cordboard, key)).toBe(true);
});

test('the last admin is refused as such, with keys or without', async ({ cordboard }) => {
  const admin = await cordboard.signedInAs('admin');
  const { id } = await addKey(admin, 'own');
  expectProblem(
    await patch(admin, admin.operatorId, { role: 'viewer', api_keys: { [id]: 'end' } }),
    409,
    'last_admin',
  );
});

test('an answer must be one of the two', async ({ cordboard }) => {
  const { acting, leaving } = await twoAdmins(cordboard);
  const { id } = await addKey(leaving, 'hers');
  const answer = await patch(acting, leaving.operatorId, { is_disabled: true, api_keys: { [id]: 'keep' } });
  expect(pointersOf(expectProblem(answer, 422, 'validation_failed'))[0]).toContain(`/api_keys/${id}`);
});

describe('whoever is no admin owns no live key', () => {
  const orphans = `select k.id from api_key k join operator o on o.id = k.owner_id
    where k.revoked_at is null and (o.role <> 'admin' or o.disabled_at is not null)`;

  test('also when they add keys while they are being disabled', async ({ cordboard }) => {
    for (let round = 0; round < 10; round += 1) {
      const { acting, leaving } = await twoAdmins(cordboard);
      const body = { name: 'at the last moment', scopes: ['numbers:read'] };
      const adding = () => leaving.request('POST', '/v1/api-keys', { body });
      const disabling = () => patch(acting, leaving.operatorId, { is_disabled: true });
      const [added, disabled] =
        round % 2 === 0
          ? await Promise.all([adding(), disabling()])
          : (await Promise.all([disabling(), adding()])).toReversed();
      if (added?.status === 201) expectProblem(disabled!, 409, 'api_keys_unanswered');
      else expect([added?.status, disabled?.status]).toEqual([expect.toBeOneOf([401, 403]), 200]);
      expect(await cordboard.database.query(orphans)).toEqual([]);
    }
  });

  test('also when two admins disable each other and take over each other’s keys', async ({ cordboard }) => {
    await cordboard.signedInAs('admin');
    for (let round = 0; round < 10; round += 1) {
      const [one, two] = [await cordboard.signedInAs('admin'), await cordboard.signedInAs('admin')];
      const [ones, twos] = [await addKey(one, 'one’s'), await addKey(two, 'two’s')];
      const answers = await Promise.all([
        patch(one, two.operatorId, { is_disabled: true, api_keys: { [twos.id]: 'take_over' } }),
        patch(two, one.operatorId, { role: 'viewer', api_keys: { [ones.id]: 'take_over' } }),
      ]);
      expect(answers.filter(({ status }) => status === 200).length).toBeLessThan(2);
      expect(await cordboard.database.query(orphans)).toEqual([]);
    }
  });

  test('also when a key is revoked while it is being taken over', async ({ cordboard }) => {
    const { acting, leaving } = await twoAdmins(cordboard);
    const { id, key } = await addKey(leaving, 'contested');
    const [revoked, disabled] = await Promise.all([
      acting.request('DELETE', `/v1/api-keys/${id}`),
      patch(acting, leaving.operatorId, { is_disabled: true, api_keys: { [id]: 'take_over' } }),
    ]);
    expect([revoked.status, disabled.status]).toEqual([204, 200]);
    expect(await works(cordboard, key)).toBe(false);
  });
});
