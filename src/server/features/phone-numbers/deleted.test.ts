import { describe, expect } from 'vitest';
import { phoneNumberSchema, type PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import type { Database } from '#server/platform/db/database.ts';
import {
  addAgent,
  addHours,
  addNumber,
  expectProblem,
  getAgent,
  getHours,
  historyOf,
  listNumbers,
  patchNumber,
  pointersOf,
  putAgent,
  walkList,
} from '#server/testing/given.ts';
import { trunk, twilioAccount } from '#server/testing/samples.ts';
import { test, type Caller } from '#server/testing/test-app.ts';

const pathOf = ({ _id }: { _id: string }) => `/v1/phone-numbers/${_id}`;
const remove = (as: Caller, number: PhoneNumber) => as.request('DELETE', pathOf(number));
const restore = (as: Caller, number: PhoneNumber) => as.request('POST', `${pathOf(number)}/restore`);
const readDeleted = async (as: Caller, number: PhoneNumber) => {
  const answer = await as.request('GET', `${pathOf(number)}?include=deleted`);
  expect(answer).toMatchObject({ status: 200 });
  return phoneNumberSchema.parse(answer.body);
};
const makeOlder = (database: Database, { _id }: PhoneNumber, days: number) =>
  database.query(
    `update phone_number set deleted_at = deleted_at - make_interval(hours => $2::int * 24) where id = $1`,
    [_id, days],
  );

describe('a deleted number', () => {
  test('is read on request, with who deleted it, when, and until when it can be restored', async ({
    cordboard,
  }) => {
    const operator = await cordboard.signedInAs('operator');
    const number = await addNumber(operator, { ...trunk, labels: ['vip'] });
    const startedAt = Date.now();
    await remove(operator, number);
    expectProblem(await operator.request('GET', pathOf(number)), 404, 'not_found');
    const deleted = await readDeleted(cordboard.as('viewer'), number);
    const { deleted_at = '', restorable_until = '' } = deleted;
    expect(deleted).toMatchObject({
      phone_number: number.phone_number,
      labels: ['vip'],
      version: 2,
      deleted_by: { kind: 'operator', id: operator.operatorId },
    });
    expect(Math.abs(Date.parse(deleted_at) - startedAt)).toBeLessThan(60_000);
    expect(Date.parse(restorable_until) - Date.parse(deleted_at)).toBe(30 * 86_400_000);
  });

  test('is known by those who are there, too: asked so, they are as always', async ({ cordboard }) => {
    const as = cordboard.as('viewer');
    const number = await addNumber(cordboard.as('operator'));
    expect(await readDeleted(as, number)).toEqual(number);
    expectProblem(
      await as.request('GET', '/v1/phone-numbers/neverexisted?include=deleted'),
      404,
      'not_found',
    );
    expectProblem(await as.request('GET', `${pathOf(number)}?include=gone`), 422, 'validation_failed');
  });

  test('shows no secret and gives none away', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const number = await addNumber(as, trunk);
    await remove(as, number);
    const answer = await as.request('GET', `${pathOf(number)}?include=deleted`);
    expect(JSON.stringify(answer.body)).not.toContain(trunk.sip_trunk_password);
    const reveal = await (
      await cordboard.signedInAs('operator')
    ).request('POST', `${pathOf(number)}/reveal`, { body: { credential: 'sip_trunk_password' } });
    expectProblem(reveal, 404, 'not_found');
  });

  test('holds neither hours nor agents, and counts nowhere', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const { ai_agent_id: agent } = await addAgent(as, 'Asha');
    const { business_hours_id: hours } = await addHours(as);
    const number = await addNumber(as, {
      inbound_agent_id: agent,
      outbound_agent_id: agent,
      labels: ['held'],
      routing: { business_hours_id: hours, rules: [], fallback: null },
    });
    expect(await getHours(as, hours)).toMatchObject({ phone_number_count: 1 });
    await remove(as, number);
    expect(await getHours(as, hours)).toMatchObject({ phone_number_count: 0 });
    expect(await getAgent(as, agent)).toMatchObject({
      inbound_phone_number_count: 0,
      outbound_phone_number_count: 0,
    });
    const found = await listNumbers(as, { label: 'held', include: 'total' });
    expect(found).toMatchObject({ phone_numbers: [], total_count: 0 });
    expect((await as.request('DELETE', `/v1/business-hours/${hours}`)).status).toBe(204);
  });
});

describe('the list of deleted numbers', () => {
  test('has them alone, the newest deletion first, with who and when, page by page', async ({
    cordboard,
  }) => {
    const as = cordboard.as('operator');
    await addNumber(as);
    const numbers: PhoneNumber[] = [];
    for (let at = 0; at < 5; at += 1) numbers.push(await addNumber(as));
    // Not in the order in which they were added.
    const order = [3, 0, 4, 1, 2].map((at) => numbers[at] as PhoneNumber);
    for (const number of order) await remove(as, number);
    const ids = order.map(({ _id }) => _id).toReversed();
    expect(await walkList(as, { deleted: 'true', page_size: '2' })).toEqual(ids);
    const { phone_numbers: all, total_count: total } = await listNumbers(cordboard.as('viewer'), {
      deleted: 'true',
      include: 'total',
    });
    expect(total).toBe(5);
    expect(all.every(({ deleted_at, deleted_by }) => deleted_at && deleted_by?.kind === 'operator')).toBe(
      true,
    );
    expect((await listNumbers(as, { deleted: 'true', skip: '3' })).phone_numbers).toHaveLength(2);
    expect((await listNumbers(as, { deleted: 'false' })).phone_numbers).toHaveLength(1);
  });

  test('is narrowed by words and filters', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const { ai_agent_id: agent } = await addAgent(as, 'Night desk');
    const sip = await addNumber(as, { ...trunk, friendly_name: 'Dhaka desk', labels: ['vip'] });
    const twilio = await addNumber(as, { ...twilioAccount, friendly_name: 'Sylhet desk' });
    const kept = await addNumber(as, { friendly_name: 'Dhaka office', inbound_agent_id: agent });
    const pia = await addNumber(as, { friendly_name: 'Khulna', inbound_agent_id: agent });
    for (const number of [sip, twilio, pia]) await remove(as, number);
    const found = async (query: Record<string, string>) =>
      (await listNumbers(as, { deleted: 'true', include: 'total', ...query })).phone_numbers.map(
        ({ _id }) => _id,
      );
    expect(await found({ q: 'dhaka' })).toEqual([sip._id]);
    expect(await found({ q: 'desk' })).toEqual([pia._id, twilio._id, sip._id]);
    expect(await found({ q: 'night desk' })).toEqual([pia._id]);
    expect(await found({ provider: 'twilio' })).toEqual([twilio._id]);
    expect(await found({ label: 'VIP', provider: 'sip' })).toEqual([sip._id]);
    expect(await found({ agent_id: agent })).toEqual([pia._id]);
    expect((await listNumbers(as, { q: 'dhaka' })).phone_numbers.map(({ _id }) => _id)).toEqual([kept._id]);
  });

  test('refuses what says nothing of a deleted number, by name', async ({ cordboard }) => {
    const as = cordboard.as('viewer');
    const answer = await as.request(
      'GET',
      '/v1/phone-numbers?deleted=true&sort=phone_number&answering_now=none&include=total,answering_now',
    );
    expect(pointersOf(expectProblem(answer, 422, 'validation_failed'))).toEqual([
      '/answering_now not_with_deleted',
      '/include not_with_deleted',
      '/sort not_with_deleted',
    ]);
    expectProblem(await as.request('GET', '/v1/phone-numbers?deleted=yes'), 422, 'validation_failed');
  });

  test('takes no place of the list of those that are there', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    for (let at = 0; at < 3; at += 1) await remove(as, await addNumber(as));
    const { next_page_token: token } = await listNumbers(as, { deleted: 'true', page_size: '1' });
    expectProblem(
      await as.request('GET', `/v1/phone-numbers?page_size=1&page_token=${token}`),
      400,
      'invalid_page_token',
    );
  });

  test('ends after 30 days', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const [kept, late] = [await addNumber(as), await addNumber(as)];
    for (const number of [kept, late]) await remove(as, number);
    await makeOlder(cordboard.database, kept, 29);
    await makeOlder(cordboard.database, late, 30);
    const { phone_numbers: listed } = await listNumbers(as, { deleted: 'true' });
    expect(listed.map(({ _id }) => _id)).toEqual([kept._id]);
    expectProblem(await as.request('GET', `${pathOf(late)}?include=deleted`), 404, 'not_found');
    expectProblem(await restore(as, late), 404, 'not_found');
    expect((await restore(as, kept)).status).toBe(200);
  });
});

describe('restoring what refers to others', () => {
  const night = (agent: string) => ({
    name: 'Night',
    when: { hours: 'closed' },
    destination: { type: 'agent', agent_id: agent },
  });

  test('leaves out what is gone or was retired meanwhile, says so, and records it', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const { ai_agent_id: retired } = await addAgent(as, 'Asha');
    const { ai_agent_id: active } = await addAgent(as, 'Farid');
    const { business_hours_id: hours } = await addHours(as);
    const number = await addNumber(as, {
      friendly_name: 'Dhaka',
      inbound_agent_id: retired,
      outbound_agent_id: active,
      routing: {
        business_hours_id: hours,
        rules: [night(retired), night(active)],
        fallback: { type: 'split', agents: [{ agent_id: retired, weight: 1 }] },
      },
      temporary_reassignment: {
        agent_id: retired,
        starts_at: '2030-01-01T00:00:00Z',
        ends_at: '2030-01-02T00:00:00Z',
      },
    });
    await remove(as, number);
    await putAgent(as, retired, { agent_status: 'retired' });
    await as.request('DELETE', `/v1/business-hours/${hours}`);
    const answer = await restore(as, number);
    expect(answer).toMatchObject({
      status: 200,
      body: {
        version: 3,
        friendly_name: 'Dhaka',
        inbound_agent_id: null,
        outbound_agent_id: active,
        temporary_reassignment: null,
        routing: { business_hours_id: null, rules: [{ enabled: false }, { enabled: true }], fallback: null },
      },
    });
    const lost = answer.body['not_restored'] as { pointer: string; code: string; message: string }[];
    expect(lost.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      '/inbound_agent_id agent_retired',
      '/temporary_reassignment/agent_id agent_retired',
      '/routing/business_hours_id business_hours_not_found',
      '/routing/rules/0/destination/agent_id agent_retired',
      '/routing/fallback/agents/0/agent_id agent_retired',
    ]);
    expect(lost[0]?.message).toBe('“Asha” was retired meanwhile: the inbound agent is empty.');
    const [event] = await historyOf(as, number._id);
    expect(event).toMatchObject({
      action: 'phone_number.restored',
      detail: lost.map(({ message }) => message).join(' '),
    });
    expect(event?.changes).not.toHaveProperty('inbound_agent_id');
  });

  test('keeps an agent that was retired before the deletion, and hours that are there', async ({
    cordboard,
  }) => {
    const as = cordboard.as('operator');
    const { ai_agent_id: agent } = await addAgent(as, 'Asha');
    const { business_hours_id: hours } = await addHours(as);
    const routing = { business_hours_id: hours, rules: [], fallback: null };
    const number = await addNumber(as, { inbound_agent_id: agent, routing });
    await putAgent(as, agent, { agent_status: 'retired' });
    await remove(as, number);
    const { body } = await restore(as, number);
    expect(body).toMatchObject({ inbound_agent_id: agent, routing });
    expect(body).not.toHaveProperty('not_restored');
    // They are held again.
    expectProblem(await as.request('DELETE', `/v1/business-hours/${hours}`), 409, 'business_hours_in_use');
  });

  test('an agent that was retired and reinstated meanwhile comes back', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const { ai_agent_id: agent } = await addAgent(as, 'Asha');
    const number = await addNumber(as, { inbound_agent_id: agent });
    await remove(as, number);
    await putAgent(as, agent, { agent_status: 'retired' });
    await putAgent(as, agent, { agent_status: 'active' });
    expect((await restore(as, number)).body).toMatchObject({ inbound_agent_id: agent });
  });

  test('a retry by its key is told the same', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const { ai_agent_id: agent } = await addAgent(as, 'Asha');
    const number = await addNumber(as, { inbound_agent_id: agent });
    await remove(as, number);
    await putAgent(as, agent, { agent_status: 'retired' });
    const headers = { 'idempotency-key': 'restore-once' };
    const ask = () => as.request('POST', `${pathOf(number)}/restore`, { headers });
    const first = await ask();
    expect(first.body).toHaveProperty('not_restored');
    expect((await ask()).body).toEqual(first.body);
  });

  test('a number that was added again is refused with both', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const number = await addNumber(as);
    await remove(as, number);
    const again = await addNumber(as, { phone_number: number.phone_number });
    const problem = expectProblem(await restore(as, number), 409, 'phone_number_taken');
    expect(problem).toMatchObject({
      deleted_phone_number_id: number._id,
      present_phone_number_id: again._id,
    });
    const adding = await as.request('POST', '/v1/phone-numbers', {
      body: { phone_number: number.phone_number, provider: 'pia' },
    });
    expect(expectProblem(adding, 409, 'phone_number_taken')).toMatchObject({
      present_phone_number_id: again._id,
    });
    await remove(as, again);
    expect((await restore(as, number)).status).toBe(200);
  });

  test('a stale version is refused, and nothing comes back', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const number = await addNumber(as);
    await patchNumber(as, number._id, { notes: 'two' });
    await remove(as, number);
    const answer = await as.request('POST', `${pathOf(number)}/restore`, {
      headers: { 'if-match': '"2"' },
    });
    expectProblem(answer, 412, 'version_conflict');
    expect((await as.request('GET', pathOf(number))).status).toBe(404);
  });
});
