import { describe, expect } from 'vitest';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import {
  addAgent,
  addHours,
  addNumber,
  expectProblem,
  getNumber,
  historyOf,
  patchNumber,
  pointersOf,
  putAgent,
} from '#server/testing/given.ts';
import { trunk } from '#server/testing/samples.ts';
import { test, type Caller } from '#server/testing/test-app.ts';

const goBack = (as: Caller, { _id }: PhoneNumber, body: unknown, headers = {}) =>
  as.request('POST', `/v1/phone-numbers/${_id}/restore-version`, { body, headers });
const lostOf = (body: Record<string, unknown>) =>
  ((body['not_restored'] ?? []) as { pointer: string; code: string }[]).map(
    ({ pointer, code }) => `${pointer} ${code}`,
  );

const withHours = (hours: string) => ({
  business_hours_id: hours,
  rules: [{ when: { hours: 'closed' }, destination: { type: 'voicemail' } }],
  fallback: null,
});

describe('an earlier state', () => {
  test('comes back whole as a new version, with its event, and credentials stay', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const { ai_agent_id: agent } = await addAgent(as, 'Asha');
    const { business_hours_id: hours } = await addHours(as);
    const first = await addNumber(as, {
      ...trunk,
      friendly_name: 'Dhaka',
      inbound_agent_id: agent,
      labels: ['vip'],
      metadata: { team: 'a', site: 'x' },
      routing: withHours(hours),
      call_handling: { recording: 'both', max_concurrent_calls: 3 },
    });
    await patchNumber(as, first._id, {
      friendly_name: 'Sylhet',
      inbound_agent_id: null,
      labels: [],
      metadata: { team: 'b', tier: '1' },
      sip_trunk_username: null,
      sip_trunk_password: 'second-secret',
    });
    const third = await patchNumber(as, first._id, {
      routing: null,
      call_handling: { ring_timeout_seconds: 20, recording: null },
      notes: 'new',
    });
    const answer = await goBack(as, first, { version: 1 }, { 'if-match': '"3"' });
    expect(answer.status).toBe(200);
    expect(lostOf(answer.body)).toEqual(['/sip_trunk_password credential_not_restored']);
    const { not_restored: _lost, ...body } = answer.body;
    const { sip_trunk_password_fingerprint } = third as unknown as Record<string, unknown>;
    expect(body).toEqual({
      ...first,
      sip_trunk_password_fingerprint,
      version: 4,
      updated_at: body['updated_at'],
    });
    expect(answer.headers.get('etag')).toBe('"4"');
    const [event] = await historyOf(as, first._id);
    expect(event).toMatchObject({
      action: 'phone_number.updated',
      version: 4,
      detail: 'Restored from version 1',
      changes: { friendly_name: { before: 'Sylhet', after: 'Dhaka' }, notes: { before: 'new', after: null } },
    });
  });

  test('comes back by field, and all else stays', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const first = await addNumber(as, { friendly_name: 'One', notes: 'one' });
    await patchNumber(as, first._id, { friendly_name: 'Two', notes: 'two' });
    await patchNumber(as, first._id, { friendly_name: 'Three' });
    const back = await goBack(as, first, { version: 2, fields: ['friendly_name', 'notes'] });
    expect(back.body).toMatchObject({ version: 4, friendly_name: 'Two', notes: 'two' });
    const further = await goBack(as, first, { version: 1, fields: ['notes'] });
    expect(further.body).toMatchObject({ version: 5, friendly_name: 'Two', notes: 'one' });
  });

  test('of before a deletion and its restoring comes back, too', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const first = await addNumber(as, { friendly_name: 'One', labels: ['vip'] });
    await as.request('DELETE', `/v1/phone-numbers/${first._id}`);
    await as.request('POST', `/v1/phone-numbers/${first._id}/restore`);
    await patchNumber(as, first._id, { friendly_name: 'Two', labels: null });
    expect((await goBack(as, first, { version: 1 })).body).toMatchObject({
      version: 5,
      friendly_name: 'One',
      labels: ['vip'],
    });
    const problem = expectProblem(await goBack(as, first, { version: 2 }), 422, 'version_not_restorable');
    expect(pointersOf(problem)).toEqual(['/version version_not_restorable']);
  });

  test('that is as the number is makes no version', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const first = await addNumber(as, { friendly_name: 'One' });
    await patchNumber(as, first._id, { friendly_name: 'Two' });
    const third = await patchNumber(as, first._id, { friendly_name: 'One' });
    expect((await goBack(as, first, { version: 1 })).body).toEqual(third);
    expect((await goBack(as, first, { version: 3 })).body).toEqual(third);
    expect(await historyOf(as, first._id)).toHaveLength(3);
  });
});

describe('what does not come back', () => {
  test('is said: an agent that is retired, hours that are gone', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const { ai_agent_id: agent } = await addAgent(as, 'Asha');
    const { business_hours_id: hours } = await addHours(as);
    const first = await addNumber(as, {
      friendly_name: 'One',
      inbound_agent_id: agent,
      routing: withHours(hours),
    });
    await patchNumber(as, first._id, { friendly_name: 'Two', inbound_agent_id: null, routing: null });
    await putAgent(as, agent, { agent_status: 'retired' });
    expect((await as.request('DELETE', `/v1/business-hours/${hours}`)).status).toBe(204);
    const { body } = await goBack(as, first, { version: 1 });
    expect(body).toMatchObject({ version: 3, friendly_name: 'One', inbound_agent_id: null, routing: null });
    expect(lostOf(body).toSorted()).toEqual([
      '/inbound_agent_id agent_retired',
      '/routing/business_hours_id business_hours_not_found',
    ]);
    const problem = expectProblem(
      await goBack(as, first, { version: 1, fields: ['inbound_agent_id'] }),
      422,
      'agent_retired',
    );
    expect(pointersOf(problem)).toEqual(['/inbound_agent_id agent_retired']);
    expect((await getNumber(as, first._id)).version).toBe(3);
  });

  test('alone asked for is refused: credentials, what never changes, what other providers have', async ({
    cordboard,
  }) => {
    const as = cordboard.as('operator');
    const first = await addNumber(as, trunk);
    await patchNumber(as, first._id, { sip_trunk_password: 'second-secret' });
    const fields = ['sip_trunk_password', 'sip_infra_region', 'twilio_account_sid'];
    const problem = expectProblem(await goBack(as, first, { version: 1, fields }), 422, 'validation_failed');
    expect(pointersOf(problem)).toEqual([
      '/sip_infra_region read_only',
      '/sip_trunk_password credential_not_restored',
      '/twilio_account_sid field_of_other_provider',
    ]);
    expectProblem(await goBack(as, first, { version: 1 }), 422, 'credential_not_restored');
    expect((await getNumber(as, first._id)).version).toBe(2);
  });

  test.for([
    [{ version: 9 }, '/version version_not_restorable'],
    [{ version: 0 }, '/version too_small'],
    [{}, '/version required'],
    [{ version: 1, fields: [] }, '/fields too_small'],
    [{ version: 1, fields: ['phone_number'] }, '/fields/0 invalid_value'],
  ] as const)('%j is refused by name', async ([body, wrong], { cordboard }) => {
    const as = cordboard.as('operator');
    const problem = expectProblem(
      await goBack(as, await addNumber(as), body),
      422,
      wrong.endsWith('restorable') ? 'version_not_restorable' : 'validation_failed',
    );
    expect(pointersOf(problem)).toEqual([wrong]);
  });

  test('a stale version is refused with the record as it is; a viewer, and a deleted number, too', async ({
    cordboard,
  }) => {
    const as = cordboard.as('operator');
    const first = await addNumber(as, { friendly_name: 'One' });
    const second = await patchNumber(as, first._id, { friendly_name: 'Two' });
    const stale = await goBack(as, first, { version: 1 }, { 'if-match': '"1"' });
    expect(expectProblem(stale, 412, 'version_conflict').current).toEqual(second);
    expectProblem(await goBack(cordboard.as('viewer'), first, { version: 1 }), 403, 'forbidden');
    await as.request('DELETE', `/v1/phone-numbers/${first._id}`);
    expectProblem(await goBack(as, first, { version: 1 }), 404, 'not_found');
  });

  test('asked for again by its key is restored once', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const first = await addNumber(as, { friendly_name: 'One' });
    await patchNumber(as, first._id, { friendly_name: 'Two' });
    const headers = { 'idempotency-key': 'back-once', 'if-match': '"2"' };
    const answer = await goBack(as, first, { version: 1 }, headers);
    expect(answer.body).toMatchObject({ version: 3 });
    expect((await goBack(as, first, { version: 1 }, headers)).body).toEqual(answer.body);
  });
});
