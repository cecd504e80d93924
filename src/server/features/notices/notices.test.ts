import { expect } from 'vitest';
import { noticeListSchema } from '#contract/notices.ts';
import { openTestApp, test, type TestApp } from '#server/testing/test-app.ts';

const forwarded = { headers: { 'x-forwarded-for': '203.0.113.9' } };
const listNotices = async (app: TestApp) =>
  noticeListSchema.parse((await app.request('GET', '/v1/notices', { actor: 'admin' })).body).notices;
const warnings = ({ logLines }: TestApp) => logLines.filter((line) => line.includes('"level":"warn"'));

test('a header that no proxy may write is told to admins and in the log, once', async () => {
  const { test: app, reset } = await openTestApp();
  await reset();
  await app.request('GET', '/v1/set-up');
  expect(await listNotices(app)).toEqual([]);
  for (let i = 0; i < 5; i += 1) await app.request('GET', '/v1/set-up', forwarded);
  await expect.poll(() => listNotices(app)).toMatchObject([{ code: 'forwarded_for_not_trusted' }]);
  expect((await listNotices(app))[0]?.detail).toContain('CORDBOARD_TRUSTED_PROXY');
  expect(warnings(app)).toHaveLength(1);
  expect(warnings(app).join()).not.toContain('203.0.113.9');

  // Another instance, or this one started anew, knows of it; with a trusted proxy it is settled.
  const [again, repaired] = [await openTestApp(), await openTestApp({ trustedProxies: 1 })];
  expect(await listNotices(again.test)).toHaveLength(1);
  expect(await listNotices(repaired.test)).toEqual([]);
  await app.database.query(`update notice set at = at - interval '1 day'`);
  expect(await listNotices(app)).toEqual([]);
});

test('where a proxy is trusted its header is no news', async () => {
  const { test: app, reset } = await openTestApp({ trustedProxies: 1 });
  await reset();
  await app.request('GET', '/v1/set-up', forwarded);
  expect(warnings(app)).toEqual([]);
  expect(await app.database.query('select 1 from notice')).toEqual([]);
});

test('notices are for admins alone', async ({ cordboard }) => {
  expect((await cordboard.request('GET', '/v1/notices', { actor: 'operator' })).status).toBe(403);
});
