import { describe, expect } from 'vitest';
import type { Operator } from '#contract/operators.ts';
import type { ProblemDetails } from '#contract/errors.ts';
import { test, type TestApp } from '#server/testing/test-app.ts';

const created = {
  name: 'Rina K.',
  email: 'rina@company.example',
  role: 'operator',
  password: 'correct horse battery staple',
};

const actions = async ({ database }: TestApp) =>
  database.query<{ action: string; actor_id: string; changes: unknown }>(
    'select action, actor_id, changes from audit_event order by id',
  );

describe('adding an operator', () => {
  test('lets them sign in, and is recorded without the password', async ({ cordboard }) => {
    const admin = await cordboard.signedInAs('admin');
    const added = await admin.request<Operator>('POST', '/v1/operators', {
      body: { ...created, email: ' Rina@Company.example ' },
    });
    expect(added).toMatchObject({
      status: 201,
      body: { name: 'Rina K.', email: 'rina@company.example', role: 'operator', is_disabled: false },
    });
    const { email, password } = created;
    expect((await cordboard.request('POST', '/v1/sign-in', { body: { email, password } })).status).toBe(200);
    const [event] = await actions(cordboard);
    expect(event).toMatchObject({
      action: 'operator.added',
      actor_id: admin.operatorId,
      changes: { role: { before: null, after: 'operator' } },
    });
    expect(JSON.stringify(await actions(cordboard))).not.toContain(password);
  });

  test('with a taken e-mail names the field', async ({ cordboard }) => {
    const admin = await cordboard.signedInAs('admin');
    await admin.request('POST', '/v1/operators', { body: created });
    const again = await admin.request<ProblemDetails>('POST', '/v1/operators', {
      body: { ...created, email: 'RINA@company.example' },
    });
    expect(again).toMatchObject({
      status: 409,
      body: { code: 'email_taken', errors: [{ pointer: '/email' }] },
    });
  });
});

describe('changing an operator', () => {
  test('of role takes effect on the next request of an open session', async ({ cordboard }) => {
    const [admin, other] = await Promise.all([cordboard.signedInAs('admin'), cordboard.signedInAs('admin')]);
    expect((await other.request('GET', '/v1/operators')).status).toBe(200);
    expect(
      (await admin.request('PATCH', `/v1/operators/${other.operatorId}`, { body: { role: 'viewer' } }))
        .status,
    ).toBe(200);
    expect((await other.request('GET', '/v1/operators')).status).toBe(403);
    expect((await other.request('GET', '/v1/me')).body).toMatchObject({ role: 'viewer' });
  });

  test('by disabling ends their sessions at once; enabling lets them sign in again', async ({
    cordboard,
  }) => {
    const [admin, other] = await Promise.all([
      cordboard.signedInAs('admin'),
      cordboard.signedInAs('operator'),
    ]);
    expect((await other.request('GET', '/v1/me')).status).toBe(200);
    await admin.request('PATCH', `/v1/operators/${other.operatorId}`, { body: { is_disabled: true } });
    expect((await other.request('GET', '/v1/me')).status).toBe(401);
    await admin.request('PATCH', `/v1/operators/${other.operatorId}`, { body: { is_disabled: false } });
    expect((await other.request('GET', '/v1/me')).status).toBe(401);
    expect((await actions(cordboard)).map(({ action }) => action)).toEqual([
      'operator.disabled',
      'operator.enabled',
    ]);
  });

  test('without a difference makes no audit event', async ({ cordboard }) => {
    const admin = await cordboard.signedInAs('admin');
    expect(
      (await admin.request('PATCH', `/v1/operators/${admin.operatorId}`, { body: { role: 'admin' } })).status,
    ).toBe(200);
    expect(await actions(cordboard)).toEqual([]);
  });

  test('who is not there answers 404', async ({ cordboard }) => {
    expect((await cordboard.as('admin').request('PATCH', '/v1/operators/nobody', { body: {} })).status).toBe(
      404,
    );
  });
});

describe('the last admin', () => {
  test('can be neither disabled nor demoted', async ({ cordboard }) => {
    const admin = await cordboard.signedInAs('admin');
    for (const body of [{ role: 'operator' }, { is_disabled: true }]) {
      const answer = await admin.request('PATCH', `/v1/operators/${admin.operatorId}`, { body });
      expect(answer).toMatchObject({ status: 409, body: { code: 'last_admin' } });
    }
  });

  test('remains when two admins demote each other at once, twenty times over', async ({ cordboard }) => {
    for (let round = 0; round < 20; round += 1) {
      await cordboard.database.query('truncate operator cascade');
      const [one, two] = await Promise.all([cordboard.signedInAs('admin'), cordboard.signedInAs('admin')]);
      const answers = await Promise.all([
        one.request('PATCH', `/v1/operators/${two.operatorId}`, { body: { role: 'viewer' } }),
        two.request('PATCH', `/v1/operators/${one.operatorId}`, { body: { is_disabled: true } }),
      ]);
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      expect(
        await cordboard.database.query(`select 1 from operator where role = 'admin' and disabled_at is null`),
      ).toHaveLength(1);
    }
  });
});
