import { describe, expect } from 'vitest';
import type { ProblemDetails } from '#contract/errors.ts';
import type { MeAsOperator, Session } from '#contract/sessions.ts';
import { TEST_PASSWORD } from '#server/testing/test-actors.ts';
import { test, type TestApp } from '#server/testing/test-app.ts';

const NEW_PASSWORD = 'four other words entirely';

const signIn = (cordboard: TestApp, email: string, password: string) =>
  cordboard.request('POST', '/v1/sign-in', { body: { email, password } });
const cookieFrom = (headers: Headers) => (headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';

describe('confirming the password', () => {
  test('makes the session fresh for ten minutes, at once', async ({ cordboard }) => {
    const caller = await cordboard.signedInAs('operator', { fresh: false });
    const before = await caller.request<MeAsOperator>('GET', '/v1/me');
    expect(Date.parse(before.body.fresh_until)).toBeLessThan(Date.now());
    const answer = await caller.request<{ fresh_until: string }>('POST', '/v1/me/confirm-password', {
      body: { password: TEST_PASSWORD },
    });
    expect(answer.status).toBe(200);
    expect(Date.parse(answer.body.fresh_until) - Date.now()).toBeGreaterThan(9 * 60_000);
    expect((await caller.request<MeAsOperator>('GET', '/v1/me')).body.fresh_until).toBe(
      answer.body.fresh_until,
    );
    const recorded = await cordboard.database.query(`select action, actor_id, subject_id from audit_event`);
    expect(recorded).toEqual([
      { action: 'operator.password_confirmed', actor_id: caller.operatorId, subject_id: caller.operatorId },
    ]);
  });

  test('with a wrong one is refused and counted', async ({ cordboard }) => {
    const caller = await cordboard.signedInAs('operator', { fresh: false });
    const answers = await Promise.all(
      Array.from({ length: 30 }, () =>
        caller.request<ProblemDetails>('POST', '/v1/me/confirm-password', { body: { password: 'wrong' } }),
      ),
    );
    expect(answers.filter(({ body }) => body.code === 'invalid_credentials')).toHaveLength(10);
    expect(answers.filter(({ body }) => body.code === 'too_many_attempts')).toHaveLength(20);
    const recorded = await cordboard.database.query<{ detail: string }>(
      `select detail from audit_event where action = 'operator.sign_in_refused' and subject_id = $1 and actor_id = $1`,
      [caller.operatorId],
    );
    const details = recorded.map(({ detail }) => detail).toSorted();
    expect(details).toEqual([
      ...Array<string>(10).fill('The password given again was wrong'),
      'Too many attempts: more are refused for 15 min, and not recorded one by one',
    ]);
    expect(Date.parse((await caller.request<MeAsOperator>('GET', '/v1/me')).body.fresh_until)).toBeLessThan(
      Date.now(),
    );
  });

  test('is for operators, not for keys', async ({ cordboard }) => {
    const key = await cordboard.withKey(['credentials:reveal']);
    expect(
      (await key.request('POST', '/v1/me/confirm-password', { body: { password: TEST_PASSWORD } })).status,
    ).toBe(403);
  });
});

describe('changing the password', () => {
  test('ends every other session, renews the own one, and only the new password opens', async ({
    cordboard,
  }) => {
    const caller = await cordboard.signedInAs('operator');
    const elsewhere = cookieFrom((await signIn(cordboard, caller.email, TEST_PASSWORD)).headers);
    const answer = await caller.request('POST', '/v1/me/password', {
      body: { current_password: TEST_PASSWORD, new_password: NEW_PASSWORD },
    });
    expect(answer.status).toBe(204);
    expect((await caller.request('GET', '/v1/me')).status).toBe(401);
    expect((await cordboard.request('GET', '/v1/me', { headers: { cookie: elsewhere } })).status).toBe(401);
    expect(
      (await cordboard.request('GET', '/v1/me', { headers: { cookie: cookieFrom(answer.headers) } })).status,
    ).toBe(200);
    expect((await signIn(cordboard, caller.email, TEST_PASSWORD)).status).toBe(401);
    expect((await signIn(cordboard, caller.email, NEW_PASSWORD)).status).toBe(200);
  });

  test('needs the current one; a refusal changes nothing', async ({ cordboard }) => {
    const caller = await cordboard.signedInAs('operator');
    const answer = await caller.request('POST', '/v1/me/password', {
      body: { current_password: 'wrong', new_password: NEW_PASSWORD },
    });
    expect(answer).toMatchObject({ status: 401, body: { code: 'invalid_credentials' } });
    expect((await caller.request('GET', '/v1/me')).status).toBe(200);
    expect((await signIn(cordboard, caller.email, TEST_PASSWORD)).status).toBe(200);
  });

  test('by two at once happens once', async ({ cordboard }) => {
    const caller = await cordboard.signedInAs('operator');
    const answers = await Promise.all(
      ['first new password here', 'second new password here'].map((new_password) =>
        caller.request('POST', '/v1/me/password', {
          body: { current_password: TEST_PASSWORD, new_password },
        }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(expect.arrayContaining([204, 401]));
    const sessions = await cordboard.database.query('select 1 from session');
    expect(sessions).toHaveLength(1);
  });

  test('of fewer than 12 characters names the field', async ({ cordboard }) => {
    const caller = await cordboard.signedInAs('operator');
    const answer = await caller.request<ProblemDetails>('POST', '/v1/me/password', {
      body: { current_password: TEST_PASSWORD, new_password: 'short' },
    });
    expect(answer.status).toBe(422);
    expect(answer.body.errors?.map(({ pointer }) => pointer)).toEqual(['/new_password']);
  });
});

describe('own sessions', () => {
  const list = async (caller: Awaited<ReturnType<TestApp['signedInAs']>>) =>
    (await caller.request<{ sessions: Session[] }>('GET', '/v1/me/sessions')).body.sessions;

  test('are listed, the current one marked, and ended one by one', async ({ cordboard }) => {
    const caller = await cordboard.signedInAs('viewer');
    const other = await signIn(cordboard, caller.email, TEST_PASSWORD);
    const sessions = await list(caller);
    expect(sessions.map(({ session_id, is_current }) => [session_id, is_current])).toEqual(
      expect.arrayContaining([
        [caller.sessionId, true],
        [(other.body as { session_id: string }).session_id, false],
      ]),
    );
    expect(
      (await caller.request('DELETE', `/v1/me/sessions/${String(other.body['session_id'])}`)).status,
    ).toBe(204);
    expect(
      (await cordboard.request('GET', '/v1/me', { headers: { cookie: cookieFrom(other.headers) } })).status,
    ).toBe(401);
    expect((await list(caller)).map(({ session_id }) => session_id)).toEqual([caller.sessionId]);
  });

  test('of someone else are nobody’s to end', async ({ cordboard }) => {
    const [one, other] = await Promise.all([cordboard.signedInAs('admin'), cordboard.signedInAs('viewer')]);
    expect((await one.request('DELETE', `/v1/me/sessions/${other.sessionId}`)).status).toBe(404);
    expect((await other.request('GET', '/v1/me')).status).toBe(200);
  });

  test('end by time: after 12 hours unused, and after 14 days in any case', async ({ cordboard }) => {
    const [idle, old] = await Promise.all([cordboard.signedInAs('viewer'), cordboard.signedInAs('viewer')]);
    await cordboard.database.query(
      `update session set last_seen_at = now() - interval '12 hours 1 second' where id = $1`,
      [idle.sessionId],
    );
    await cordboard.database.query(
      `update session set expires_at = now() - interval '1 second' where id = $1`,
      [old.sessionId],
    );
    expect((await idle.request('GET', '/v1/me')).status).toBe(401);
    expect((await old.request('GET', '/v1/me')).status).toBe(401);
  });
});
