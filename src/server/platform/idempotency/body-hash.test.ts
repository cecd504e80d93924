import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import { test } from '#server/testing/test-app.ts';

const body = JSON.stringify({
  phone_number: '+8801712345678',
  provider: 'sip',
  sip_trunk_password: 'sunshine',
});

test('what is kept for a retry cannot be made from the body alone, so a password in it cannot be guessed', async ({
  cordboard,
}) => {
  const operator = cordboard.as('operator');
  const send = (text: string) =>
    operator.request('POST', '/v1/phone-numbers', { body: text, headers: { 'idempotency-key': 'once' } });
  const first = await send(body);
  expect(first.status).toBe(201);
  const [kept] = await cordboard.database.query<{ body_hash: Buffer }>(
    'select body_hash from idempotency_key',
  );
  expect(kept?.body_hash).toHaveLength(32);
  expect(kept?.body_hash).not.toEqual(createHash('sha256').update(body).digest());
  expect(await send(body)).toMatchObject({ status: 201, body: first.body });
  expect(await send(`${body} `)).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
});
