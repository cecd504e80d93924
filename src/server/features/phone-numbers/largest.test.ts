import { describe, expect } from 'vitest';
import { bodyLimits } from '#contract/body-limits.ts';
import { addAgent, addHours, anyNumber, expectProblem, getNumber } from '#server/testing/given.ts';
import { escaped, largestHours, largestPhoneNumber, largestPreview } from '#server/testing/largest-bodies.ts';
import { test } from '#server/testing/test-app.ts';

const forms: [string, (value: unknown) => string][] = [
  ['as it is', JSON.stringify],
  ['with every character escaped', escaped],
];

describe.for(forms)('the largest body that the contract allows, %s,', ([, written]) => {
  test('makes a number, which is read and sent back whole', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const agent = await addAgent(as, 'Night desk');
    const hours = await addHours(as);
    const asked = largestPhoneNumber(anyNumber(), agent.ai_agent_id, hours.business_hours_id);
    const body = written(asked);
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(bodyLimits.phoneNumber);
    const added = await as.request<{ _id: string }>('POST', '/v1/phone-numbers', {
      body,
      headers: { 'idempotency-key': 'once' },
    });
    expect({ status: added.status, problem: (added.body as { errors?: unknown }).errors }).toEqual({
      status: 201,
    });
    const again = await as.request('POST', '/v1/phone-numbers', {
      body,
      headers: { 'idempotency-key': 'once' },
    });
    expect(again).toMatchObject({ status: 201, body: { _id: added.body._id } });

    const stored = await getNumber(as, added.body._id);
    expect(stored).toMatchObject({ ...asked, sip_trunk_password: '••••••••' });
    const path = `/v1/phone-numbers/${stored._id}`;
    const same = await as.request('PATCH', path, { body: written(stored) });
    expect(same).toEqual(expect.objectContaining({ status: 200, body: stored }));
    const changed = await as.request('PATCH', path, { body: written({ ...stored, notes: null }) });
    expect(changed).toMatchObject({
      status: 200,
      body: { notes: null, version: 2, routing: stored.routing, metadata: stored.metadata },
    });
  });

  test('makes business hours, which are sent back whole', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const body = written(largestHours);
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(bodyLimits.businessHours);
    const added = await as.request<Record<string, unknown>>('POST', '/v1/business-hours', { body });
    expect(added).toMatchObject({ status: 201, body: largestHours });
    const same = await as.request('PATCH', `/v1/business-hours/${String(added.body['business_hours_id'])}`, {
      body,
    });
    expect(same).toMatchObject({ status: 200, body: { ...largestHours, version: 1 } });
  });

  test('is previewed', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const agents = await Promise.all(
      Array.from({ length: 20 }, async (_, at) => (await addAgent(as, `Agent ${at}`)).ai_agent_id),
    );
    const number = await as.request<{ _id: string }>('POST', '/v1/phone-numbers', {
      body: { provider: 'pia', phone_number: anyNumber() },
    });
    const body = written(largestPreview(agents));
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(bodyLimits.preview);
    expect(
      (await as.request('POST', `/v1/phone-numbers/${number.body._id}/route/preview`, { body })).status,
    ).toBe(200);
  });
});

describe('a body beyond what the contract allows', () => {
  test('is refused by its size, with the limit named', async ({ cordboard }) => {
    const notes = JSON.stringify({ notes: 'x'.repeat(bodyLimits.phoneNumber) });
    const answer = await cordboard.as('operator').request('POST', '/v1/phone-numbers', { body: notes });
    expectProblem(answer, 413, 'body_too_large');
    expect(answer.body['detail']).toBe(
      `Send at most ${(bodyLimits.phoneNumber / 1024).toLocaleString('en')} KiB here.`,
    );
  });

  test.for([
    ['labels', Array.from({ length: 9000 }, () => 7), '/labels'],
    [
      'metadata',
      Object.fromEntries(Array.from({ length: 250 }, (_, at) => [`not a key ${at}`, 7])),
      '/metadata',
    ],
    ['routing', { rules: Array.from({ length: 60 }, () => 7) }, '/routing/rules'],
    [
      'routing',
      {
        rules: Array.from({ length: 50 }, () => ({
          when: { caller_in: Array.from({ length: 100 }, () => 7) },
        })),
      },
      '/routing/rules',
    ],
    [
      'call_handling',
      { blocked_callers: Array.from({ length: 2000 }, () => 7) },
      '/call_handling/blocked_callers',
    ],
  ] as const)(
    'of %s is refused by the number before any of them is looked at',
    async ([field, value, pointer], { cordboard }) => {
      const body = { phone_number: anyNumber(), provider: 'pia', [field]: value };
      const answer = await cordboard
        .as('operator')
        .request<{ errors: { pointer: string }[] }>('POST', '/v1/phone-numbers', { body });
      expect({ status: answer.status, pointers: answer.body.errors.map((error) => error.pointer) }).toEqual({
        status: 422,
        pointers: [pointer],
      });
    },
  );
});
