import { expect } from 'vitest';
import { test } from '#server/testing/test-app.ts';
import { forgetOldAnswers } from './answer-once.ts';

test('a key is kept for a day, also where the clock was set back', async ({ cordboard }) => {
  const headers = { 'idempotency-key': 'k1' };
  const setBy = (interval: string) =>
    cordboard.database.query('update idempotency_key set created_at = now() + $1::interval', [interval]);
  const as = cordboard.as('operator');
  const add = () => as.request('POST', '/v2/ai-agents', { body: { agent_name: 'Asha' }, headers });
  const first = await add();
  expect(first.status).toBe(201);
  await setBy('1 hour');
  expect((await add()).body).toEqual(first.body);
  for (const interval of ['-25 hours', '30 days']) {
    await setBy(interval);
    expect((await add()).body, interval).not.toEqual(first.body);
  }
  await setBy('30 days');
  await cordboard.database.transaction(forgetOldAnswers);
  expect(await cordboard.database.query('select 1 from idempotency_key')).toEqual([]);
});
