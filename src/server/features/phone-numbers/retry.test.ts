import { describe, expect } from 'vitest';
import {
  addHours,
  addNumber,
  anyNumber,
  expectProblem,
  historyOf,
  listNumbers,
} from '#server/testing/given.ts';
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

  test('of a change answers the number as it stands, whatever version it names', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('operator');
    const { _id: id } = await addNumber(as, { notes: 'first' });
    const path = `${add}/${id}`;
    const headers = { 'idempotency-key': 'retry-4', 'if-match': '"1"' };
    const body = { notes: 'second' };
    const first = await as.request('PATCH', path, { body, headers });
    expect(first).toMatchObject({ status: 200, body: { version: 2 } });
    await as.request('PATCH', path, { body: { notes: 'third' } });
    const again = await as.request('PATCH', path, { body, headers });
    expect(again).toMatchObject({ status: 200, body: { version: 3, notes: 'third' } });
    expect(again.headers.get('etag')).toBe('"3"');
    expect(await historyOf(as, id)).toHaveLength(3);
    // Without the key it is what it looks like: a change of what has changed since.
    expectProblem(
      await as.request('PATCH', path, { body, headers: { 'if-match': '"1"' } }),
      412,
      'version_conflict',
    );
  });

  test('under the same key is the same act, whatever version it names by then', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('operator');
    const { _id: id } = await addNumber(as, { notes: 'first' });
    const path = `${add}/${id}`;
    const body = { notes: 'second' };
    const send = (version: number, key: string) =>
      as.request('PATCH', path, {
        body,
        headers: { 'idempotency-key': key, 'if-match': `"${version}"` },
      });
    expect(await send(1, 'retry-8')).toMatchObject({ status: 200, body: { version: 2 } });
    await as.request('PATCH', path, { body: { notes: 'third' } });
    expect(await send(3, 'retry-8')).toMatchObject({ status: 200, body: { version: 3, notes: 'third' } });
    // Whoever means it anew says so by a new key.
    expect(await send(3, 'retry-9')).toMatchObject({ status: 200, body: { version: 4, notes: 'second' } });
  });

  test('of a deletion is answered as done', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('operator');
    const { _id: id } = await addNumber(as);
    const headers = { 'idempotency-key': 'retry-5' };
    for (let turn = 0; turn < 2; turn += 1)
      expect((await as.request('DELETE', `${add}/${id}`, { headers })).status).toBe(204);
    expectProblem(await as.request('DELETE', `${add}/${id}`), 404, 'not_found');
    const hours = await addHours(as);
    for (let turn = 0; turn < 2; turn += 1)
      expect(
        (
          await as.request('DELETE', `/v1/business-hours/${hours.business_hours_id}`, {
            headers: { 'idempotency-key': 'retry-6' },
          })
        ).status,
      ).toBe(204);
  });

  test('of changed hours is answered as saved', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('operator');
    const { business_hours_id: id } = await addHours(as);
    const headers = { 'idempotency-key': 'retry-7', 'if-match': '"1"' };
    const change = () =>
      as.request('PATCH', `/v1/business-hours/${id}`, { body: { time_zone: 'Europe/Paris' }, headers });
    const first = await change();
    expect(first).toMatchObject({ status: 200, body: { version: 2 } });
    expect(await change()).toMatchObject({ status: 200, body: first.body });
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
