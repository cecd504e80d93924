import { expect } from 'vitest';
import { openTestApp, test } from '#server/testing/test-app.ts';

test('a session that ends in one process is refused in another as soon as it is heard there', async ({
  cordboard,
}) => {
  const { test: elsewhere } = await openTestApp();
  const { cookie, operatorId, sessionId } = await cordboard.signedInAs('operator');
  const there = async () => (await elsewhere.request('GET', '/v1/me', { headers: { cookie } })).status;
  expect(await there()).toBe(200);
  expect((await cordboard.request('POST', '/v1/sign-out', { headers: { cookie } })).status).toBe(204);
  // Far sooner than what is remembered would run out by itself.
  await expect.poll(there, { timeout: 2000, interval: 20 }).toBe(401);
  expect(
    await cordboard.database.query('select 1 from session where id = $1 or operator_id = $2', [
      sessionId,
      operatorId,
    ]),
  ).toEqual([]);
});

test('a role that changes in one process is the new one in another', async ({ cordboard }) => {
  const { test: elsewhere } = await openTestApp();
  const [admin, other] = await Promise.all([cordboard.signedInAs('admin'), cordboard.signedInAs('admin')]);
  const there = async () =>
    (await elsewhere.request('GET', '/v1/operators', { headers: { cookie: other.cookie } })).status;
  expect(await there()).toBe(200);
  await admin.request('PATCH', `/v1/operators/${other.operatorId}`, { body: { role: 'viewer' } });
  await expect.poll(there, { timeout: 2000, interval: 20 }).toBe(403);
});

test('a change stream ends with the session that opened it', async ({ cordboard }) => {
  const caller = await cordboard.signedInAs('viewer');
  const response = await cordboard.app.hono.fetch(
    new Request('http://cordboard.test/v1/changes', { headers: { cookie: caller.cookie } }),
  );
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  const text = response.text();
  await caller.request('POST', '/v1/sign-out');
  expect(await text).not.toContain('"subject":"session"');
});

test('following the changes is no use of a session, so that a page left open does not keep it from ending', async ({
  cordboard,
}) => {
  const [left, busy] = [await cordboard.signedInAs('viewer'), await cordboard.signedInAs('viewer')];
  await cordboard.database.query(`update session set last_seen_at = now() - interval '1 hour'`);
  const minutesUnused = async ({ sessionId }: { sessionId: string }) => {
    const text = `select round(extract(epoch from now() - last_seen_at) / 60)::int as minutes from session where id = $1`;
    return (await cordboard.database.query<{ minutes: number }>(text, [sessionId]))[0]?.minutes;
  };
  const response = await cordboard.app.hono.fetch(
    new Request('http://cordboard.test/v1/changes', { headers: { cookie: left.cookie } }),
  );
  const reader = response.body?.getReader();
  await reader?.read();
  await busy.request('GET', '/v1/me');
  await expect.poll(() => minutesUnused(busy)).toBe(0);
  expect(await minutesUnused(left)).toBe(60);
  await reader?.cancel();
});

test('a cookie that cannot be a token asks nothing and opens nothing', async ({ cordboard }) => {
  for (const value of ['', 'x', '%00', 'a'.repeat(10_000), "' or 1=1 --", '../../etc', 'ａ'.repeat(40)])
    for (const cookie of [
      `cordboard_session=${encodeURIComponent(value)}`,
      `other=1; cordboard_session=${encodeURIComponent(value)}; =; ;;`,
    ])
      expect((await cordboard.request('GET', '/v1/me', { headers: { cookie } })).status).toBe(401);
});
