import { expect } from 'vitest';
import { createSetUp } from './set-up.ts';
import { test, type TestApp } from '#server/testing/test-app.ts';

const PASSWORD = 'correct horse battery staple';

const offer = async ({ database }: TestApp): Promise<string> => {
  const path = await createSetUp(database).offerSetUp();
  return path?.replace('/set-up#', '') ?? '';
};

const setUp = (cordboard: TestApp, token: string, email = 'first@company.example') =>
  cordboard.request('POST', '/v1/set-up', { body: { token, name: 'First', email, password: PASSWORD } });

const isNeeded = async (cordboard: TestApp) => (await cordboard.request('GET', '/v1/set-up')).body['needed'];

test('the link makes the first admin and signs them in', async ({ cordboard }) => {
  expect(await isNeeded(cordboard)).toBe(true);
  const answer = await setUp(cordboard, await offer(cordboard));
  expect(answer).toMatchObject({
    status: 201,
    body: { kind: 'operator', role: 'admin', email: 'first@company.example' },
  });
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  expect((await cordboard.request('GET', '/v1/operators', { headers: { cookie } })).status).toBe(200);
  expect(await isNeeded(cordboard)).toBe(false);
  const actions = await cordboard.database.query<{ action: string }>(
    'select action from audit_event order by id',
  );
  expect(actions.map(({ action }) => action)).toEqual(['operator.added', 'operator.signed_in']);
});

test('a hundred parallel uses of the link make one admin', async ({ cordboard }) => {
  const token = await offer(cordboard);
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, i) => setUp(cordboard, token, `admin${i}@company.example`)),
  );
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(answers.every(({ status }) => status === 201 || status === 403 || status === 429)).toBe(true);
  expect(await cordboard.database.query('select 1 from operator')).toHaveLength(1);
});

test('the link works once', async ({ cordboard }) => {
  const token = await offer(cordboard);
  expect((await setUp(cordboard, token)).status).toBe(201);
  expect(await setUp(cordboard, token, 'second@company.example')).toMatchObject({
    status: 403,
    body: { code: 'invalid_set_up_link' },
  });
});

test('the next start replaces the link, and an hour ends it', async ({ cordboard }) => {
  const first = await offer(cordboard);
  const second = await offer(cordboard);
  expect((await setUp(cordboard, first)).status).toBe(403);
  await cordboard.database.query(`update set_up_link set expires_at = now() - interval '1 second'`);
  expect((await setUp(cordboard, second)).status).toBe(403);
  expect((await setUp(cordboard, await offer(cordboard))).status).toBe(201);
});

test('once there is an admin by another way, no link is offered and the old one is dead', async ({
  cordboard,
}) => {
  const token = await offer(cordboard);
  await cordboard.signedInAs('admin');
  expect((await setUp(cordboard, token)).status).toBe(403);
  expect(await createSetUp(cordboard.database).offerSetUp()).toBeNull();
});

test('the link is kept as a hash only', async ({ cordboard }) => {
  const token = await offer(cordboard);
  const rows = await cordboard.database.query('select encode(token_hash, $1) as hash from set_up_link', [
    'base64',
  ]);
  expect(JSON.stringify(rows)).not.toContain(token);
});
