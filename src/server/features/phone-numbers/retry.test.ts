import { describe, expect } from 'vitest';
import { addNumber, anyNumber, expectProblem, historyOf, listNumbers } from '#server/testing/given.ts';
import { test } from '#server/testing/test-app.ts';

const add = '/v1/phone-numbers';

describe('a retried request', () => {
  test('with the same key, 50 at once, adds one number and is answered alike', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('operator');
    const body = { phone_number: anyNumber(), provider: 'pia' };
    const headers = { 'idempotency-key': 'retry-1' };
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => as.request('POST', add, { body, headers })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(
      new Set(answers.map((answer) => JSON.stringify(answer.body, Object.keys(answer.body).toSorted()))).size,
    ).toBe(1);
    expect(await historyOf(as, String(answers[0]?.body['_id']))).toHaveLength(1);
  });

  test('with the same key and another body is refused', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('operator');
    const headers = { 'idempotency-key': 'retry-2' };
    await as.request('POST', add, { body: { phone_number: anyNumber(), provider: 'pia' }, headers });
    const answer = await as.request('POST', add, {
      body: { phone_number: anyNumber(), provider: 'pia' },
      headers,
    });
    expectProblem(answer, 422, 'idempotency_key_reused');
    expect((await listNumbers(as)).phone_numbers).toHaveLength(1);
  });

  test('after a refusal is judged afresh', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('operator');
    const body = { phone_number: anyNumber(), provider: 'pia' };
    const headers = { 'idempotency-key': 'retry-3' };
    const first = await addNumber(as, body);
    expectProblem(await as.request('POST', add, { body, headers }), 409, 'phone_number_taken');
    await as.request('DELETE', `${add}/${first._id}`);
    expect((await as.request('POST', add, { body, headers })).status).toBe(201);
  });
});
