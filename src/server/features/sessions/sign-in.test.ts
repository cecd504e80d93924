import { describe, expect } from 'vitest';
import type { MeAsOperator } from '#contract/sessions.ts';
import type { ProblemDetails } from '#contract/errors.ts';
import { giveOperator, TEST_PASSWORD } from '#server/testing/test-actors.ts';
import { openTestApp, test, type TestApp } from '#server/testing/test-app.ts';

const signIn = (
  cordboard: TestApp,
  email: string,
  password = TEST_PASSWORD,
  headers: Record<string, string> = {},
) =>
  cordboard.request<MeAsOperator & ProblemDetails>('POST', '/v1/sign-in', {
    body: { email, password },
    headers,
  });

const cookieOf = (headers: Headers) => headers.getSetCookie()[0] ?? '';
const tokenOf = (headers: Headers) => cookieOf(headers).split(';')[0] ?? '';

const auditActions = async ({ database }: TestApp) =>
  (await database.query<{ action: string }>('select action from audit_event order by id')).map(
    ({ action }) => action,
  );

describe('sign-in', () => {
  test('opens a session in a cookie that no script reads and no other site sends', async ({ cordboard }) => {
    const operator = await giveOperator(cordboard.database, 'operator');
    const answer = await signIn(cordboard, operator.email.toUpperCase());
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      kind: 'operator',
      operator_id: operator.id,
      role: 'operator',
      email: operator.email,
    });
    expect(cookieOf(answer.headers)).toMatch(
      /^cordboard_session=[\w-]{32,}; Path=\/; Max-Age=1209600; HttpOnly; SameSite=Strict$/,
    );
    const me = await cordboard.request('GET', '/v1/me', { headers: { cookie: tokenOf(answer.headers) } });
    expect(me.body).toEqual(answer.body);
  });

  test('behind https the cookie is Secure and bound to this very host', async () => {
    const { test: secure, reset } = await openTestApp({ publicUrl: new URL('https://cordboard.example') });
    await reset();
    const operator = await giveOperator(secure.database, 'viewer');
    const { headers } = await signIn(secure, operator.email);
    expect(cookieOf(headers)).toMatch(
      /^__Host-cordboard_session=[\w-]{32,}; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Strict; Secure$/,
    );
    expect((await secure.request('GET', '/v1/me', { headers: { cookie: tokenOf(headers) } })).status).toBe(
      200,
    );
    expect(
      (
        await secure.request('GET', '/v1/me', {
          headers: { cookie: tokenOf(headers).replace('__Host-', '') },
        })
      ).status,
    ).toBe(401);
  });

  test('keeps neither the token nor the password in the database or the log', async ({ cordboard }) => {
    const operator = await giveOperator(cordboard.database, 'operator');
    const token = tokenOf((await signIn(cordboard, operator.email)).headers).split('=')[1] ?? '';
    await signIn(cordboard, operator.email, 'a password that is wrong');
    const rows = await cordboard.database.query<{ all: string }>(
      `select concat((select json_agg(s) from session s), (select json_agg(e) from audit_event e), (select json_agg(p) from operator_password p)) as all`,
    );
    const everything = [...rows.map((row) => row.all), ...cordboard.logLines].join('\n');
    for (const secret of [token, TEST_PASSWORD, 'a password that is wrong']) {
      expect(everything).not.toContain(secret);
      expect(everything).not.toContain(Buffer.from(secret).toString('hex'));
    }
    expect(everything).toContain('$argon2id$v=19$m=19456,t=2,p=1$');
  });

  test('a wrong password, an unknown e-mail and a disabled operator are told the same', async ({
    cordboard,
  }) => {
    const operator = await giveOperator(cordboard.database, 'operator');
    const disabled = await giveOperator(cordboard.database, 'operator');
    await cordboard.database.query('update operator set disabled_at = now() where id = $1', [disabled.id]);
    const answers = await Promise.all([
      signIn(cordboard, operator.email, 'not the password'),
      signIn(cordboard, 'nobody@company.example'),
      signIn(cordboard, disabled.email),
    ]);
    for (const { status, headers, body } of answers) {
      expect(status).toBe(401);
      expect(headers.getSetCookie()).toEqual([]);
      expect({ ...body, request_id: '' }).toEqual({ ...answers[0]?.body, request_id: '' });
      expect(body.code).toBe('invalid_credentials');
    }
  });

  test('is written to the audit log, as are sign-out and a refusal', async ({ cordboard }) => {
    const operator = await giveOperator(cordboard.database, 'operator');
    await signIn(cordboard, operator.email, 'not the password');
    const { headers } = await signIn(cordboard, operator.email);
    await cordboard.request('POST', '/v1/sign-out', { headers: { cookie: tokenOf(headers) } });
    expect(await auditActions(cordboard)).toEqual([
      'operator.sign_in_refused',
      'operator.signed_in',
      'operator.signed_out',
    ]);
    const subjects = await cordboard.database.query<{ subject_id: string }>(
      'select subject_id from audit_event',
    );
    expect(new Set(subjects.map((row) => row.subject_id))).toEqual(new Set([operator.id]));
  });

  test('makes a new session and ends the one this browser had; a planted token is not adopted', async ({
    cordboard,
  }) => {
    const operator = await giveOperator(cordboard.database, 'operator');
    const before = tokenOf((await signIn(cordboard, operator.email)).headers);
    const after = tokenOf(
      (await signIn(cordboard, operator.email, TEST_PASSWORD, { cookie: before })).headers,
    );
    expect(after).not.toBe(before);
    expect((await cordboard.request('GET', '/v1/me', { headers: { cookie: before } })).status).toBe(401);
    expect((await cordboard.request('GET', '/v1/me', { headers: { cookie: after } })).status).toBe(200);
    const planted = `cordboard_session=${'a'.repeat(43)}`;
    const given = tokenOf(
      (await signIn(cordboard, operator.email, TEST_PASSWORD, { cookie: planted })).headers,
    );
    expect(given).not.toBe(planted);
    expect((await cordboard.request('GET', '/v1/me', { headers: { cookie: planted } })).status).toBe(401);
  });

  test('sign-out ends the session at once and clears the cookie', async ({ cordboard }) => {
    const caller = await cordboard.signedInAs('viewer');
    expect((await caller.request('GET', '/v1/me')).status).toBe(200);
    const out = await caller.request('POST', '/v1/sign-out');
    expect(out.status).toBe(204);
    expect(cookieOf(out.headers)).toContain('cordboard_session=; Path=/; Max-Age=0');
    expect((await caller.request('GET', '/v1/me')).status).toBe(401);
  });
});

describe('attempts', () => {
  test('of 200 parallel tries at one account ten reach the password; the rest are told when to come back', async ({
    cordboard,
  }) => {
    const operator = await giveOperator(cordboard.database, 'operator');
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, i) => signIn(cordboard, operator.email, `wrong password ${i}`)),
    );
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(10);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(190);
    const refused = answers.find((answer) => answer.status === 429);
    expect(refused?.body.retry_after_seconds).toBeGreaterThan(0);
    expect(refused?.headers.get('retry-after')).toBe(String(refused?.body.retry_after_seconds));
    // The right password is not told apart either, until the window has passed.
    expect((await signIn(cordboard, operator.email)).status).toBe(429);
  });

  test('at many accounts are limited by the address', async ({ cordboard }) => {
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, i) => signIn(cordboard, `nobody${i}@company.example`, 'wrong')),
    );
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(60);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(140);
  });

  test('with the right password are not counted', async ({ cordboard }) => {
    const operator = await giveOperator(cordboard.database, 'operator');
    for (let i = 0; i < 12; i += 1) expect((await signIn(cordboard, operator.email)).status).toBe(200);
  });

  test('refused in a flood leave a bounded trace in the audit log', async ({ cordboard }) => {
    const operator = await giveOperator(cordboard.database, 'operator');
    await Promise.all(Array.from({ length: 50 }, () => signIn(cordboard, operator.email, 'wrong')));
    expect((await auditActions(cordboard)).length).toBeLessThanOrEqual(12);
  });

  test('an open session goes on while its account is refused at the door', async ({ cordboard }) => {
    const caller = await cordboard.signedInAs('operator');
    await Promise.all(Array.from({ length: 20 }, () => signIn(cordboard, caller.email, 'wrong')));
    expect((await caller.request('GET', '/v1/me')).status).toBe(200);
    expect(
      (await caller.request('POST', '/v1/me/confirm-password', { body: { password: TEST_PASSWORD } })).status,
    ).toBe(200);
  });
});
