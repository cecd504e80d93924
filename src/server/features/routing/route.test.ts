import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect } from 'vitest';
import { routeAnswerSchema, type RouteAnswer } from '#contract/numbers/route.ts';
import {
  addAgent,
  addHours,
  addNumber,
  anyNumber,
  expectProblem,
  patchNumber,
  putAgent,
} from '#server/testing/given.ts';
import { giveKey } from '#server/testing/test-actors.ts';
import { openTestApp, test, type Caller } from '#server/testing/test-app.ts';

const ask = (as: Caller, body: Record<string, unknown>) => as.request('POST', '/v1/route', { body });

const route = async (as: Caller, to: string, more: Record<string, unknown> = {}): Promise<RouteAnswer> => {
  const answer = await ask(as, { to, from: '+14155552671', ...more });
  expect(answer).toMatchObject({ status: 200 });
  return routeAnswerSchema.parse(answer.body);
};

const PATIENCE = { timeout: 20_000, interval: 20 };

/**
 * Waits until memory answers for the number: as the database's own, an answer is never older than the
 * question.
 */
const remembered = (as: Caller, to: string) =>
  expect
    .poll(async () => {
      const askedAt = Date.now();
      return Date.parse((await route(as, to)).data.as_of) < askedAt;
    }, PATIENCE)
    .toBe(true);

const wednesday = '2026-11-25T05:00:00Z';
const night = '2026-11-25T20:00:00Z';

describe('the decision', () => {
  test('asks the database for what is sent slowly as for anything else', async ({ cordboard }) => {
    const { headers } = await giveKey(cordboard.database, ['calls:route']);
    const text = JSON.stringify({ to: anyNumber() });
    const slowly = async function* () {
      yield text.slice(0, 5);
      await delay(1000);
      yield text.slice(5);
    };
    const answer = await cordboard.app.hono.request('/v1/route', {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: ReadableStream.from(slowly()).pipeThrough(new TextEncoderStream()),
      duplex: 'half',
    } as RequestInit);
    expect(answer.status).toBe(404);
  });

  test('is by rules and hours, found by number and by SIP URI, and says why', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const { ai_agent_id: day } = await addAgent(as, 'Day');
    const { ai_agent_id: owl } = await addAgent(as, 'Owl');
    const hours = await addHours(as);
    const rules = [
      { name: 'Night', when: { hours: 'closed' }, destination: { type: 'agent', agent_id: owl } },
    ];
    const routing = { business_hours_id: hours.business_hours_id, rules };
    const number = await addNumber(as, {
      inbound_agent_id: day,
      routing,
      call_handling: { max_duration_seconds: 600 },
    });
    const runtime = cordboard.as(['calls:route']);

    const open = await route(runtime, number.phone_number, { at: wednesday });
    expect(open).toMatchObject({
      phone_number_id: number._id,
      phone_number: number.phone_number,
      direction: 'inbound',
      at: '2026-11-25T05:00:00.000Z',
      destination: { type: 'agent', agent_id: day },
      agent_id: day,
      decided_by: 'inbound_agent',
      rule: null,
      hours: {
        business_hours_id: hours.business_hours_id,
        time_zone: 'Asia/Dhaka',
        state: 'open',
        exception: null,
        local_time: '2026-11-25T11:00',
      },
      settings: { max_duration_seconds: 600, ring_timeout_seconds: 30, recording: 'off' },
      version: 1,
      data: { max_staleness_seconds: 60 },
    });
    expect(open.reasons.join(' ')).toContain('Day, the inbound agent, answers');
    const closed = await route(runtime, `sip:${number.phone_number}@pbx.example;transport=tls`, {
      at: night,
    });
    expect(closed).toMatchObject({
      agent_id: owl,
      decided_by: 'rule',
      rule: { name: 'Night', position: 1 },
      hours: { state: 'closed' },
    });
    await remembered(runtime, number.phone_number);
    expect({ ...(await route(runtime, number.phone_number, { at: wednesday })), data: null }).toEqual({
      ...open,
      data: null,
    });
  });

  test('knows no number that is not ours, and takes now for the moment where none is given', async ({
    cordboard,
  }) => {
    const as = cordboard.as('operator');
    for (const to of [anyNumber(), `sip:00${anyNumber().slice(1)}@pbx.example`])
      expectProblem(await ask(as, { to }), 404, 'not_found');
    expectProblem(await ask(as, { to: '' }), 422, 'validation_failed');
    const { phone_number: to } = await addNumber(as);
    const before = Date.now();
    const { at, decided_by } = await route(as, to);
    expect(Date.parse(at)).toBeGreaterThanOrEqual(before);
    expect(decided_by).toBe('nobody');
  });

  test('declines who is blocked or from elsewhere; a withheld number is of no country', async ({
    cordboard,
  }) => {
    const as = cordboard.as('operator');
    const { ai_agent_id: agent } = await addAgent(as, 'Asha');
    const call_handling = {
      blocked_callers: [{ prefix: '+1900', reason: 'Spam' }],
      inbound_countries: ['BD', 'US'],
    };
    const { phone_number: to } = await addNumber(as, { inbound_agent_id: agent, call_handling });
    const decided = async (from: string | null) => (await route(as, to, { from })).decided_by;
    expect(await decided('+19005550100')).toBe('blocked_caller');
    expect(await decided('+14155552671')).toBe('inbound_agent');
    expect(await decided('+442079460958')).toBe('inbound_countries');
    expect(await decided(null)).toBe('inbound_countries');
    expect(await decided('sip:anonymous@anonymous.invalid')).toBe('inbound_countries');
  });

  test('outbound is by the number that calls, and the countries it may call', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const { ai_agent_id: agent } = await addAgent(as, 'Dialler');
    const { phone_number: from } = await addNumber(as, {
      outbound_agent_id: agent,
      call_handling: { outbound_countries: ['BD'] },
    });
    const outbound = { from, direction: 'outbound' };
    expect(await route(as, '+8801711000000', outbound)).toMatchObject({
      phone_number: from,
      agent_id: agent,
      decided_by: 'outbound_agent',
    });
    expect(await route(as, '+442079460958', outbound)).toMatchObject({
      agent_id: null,
      decided_by: 'outbound_countries',
    });
    expectProblem(await ask(as, { to: from, direction: 'outbound' }), 422, 'unreadable_number');
    expectProblem(
      await ask(as, { to: from, from: '+8801799999999', direction: 'outbound' }),
      404,
      'not_found',
    );
  });
});

test('moments are told by the clock of the number’s country, from the database and from memory', async ({
  cordboard,
}) => {
  const as = cordboard.as('operator');
  const { ai_agent_id: agent_id } = await addAgent(as, 'Owl');
  const temporary_reassignment = {
    agent_id,
    direction: 'inbound',
    starts_at: '2026-11-24T00:00:00Z',
    ends_at: '2026-11-28T12:00:00Z',
  };
  const { phone_number: to } = await addNumber(as, {
    phone_number: '+8801711299418',
    temporary_reassignment,
  });
  const words = 'until Saturday 28 Nov 2026, 18:00 in Asia/Dhaka, answers.';
  const told = async () => (await route(as, to, { at: wednesday })).reasons.at(-1);
  expect(await told()).toContain(words);
  await remembered(as, to);
  expect(await told()).toContain(words);
});

describe('what is remembered', () => {
  test('follows each change, whichever instance makes it', async ({ cordboard }) => {
    const other = await openTestApp();
    try {
      const [as, elsewhere] = [cordboard.as('operator'), other.test.as('operator')];
      const { ai_agent_id: first } = await addAgent(as, 'First');
      const { ai_agent_id: second } = await addAgent(as, 'Second');
      const hours = await addHours(as);
      const number = await addNumber(as, { inbound_agent_id: first });
      const { phone_number: to, _id: id } = number;
      await remembered(as, to);

      await patchNumber(elsewhere, id, { inbound_agent_id: second });
      await expect.poll(async () => (await route(as, to)).agent_id, PATIENCE).toBe(second);

      const rules = [{ when: { hours: 'closed' }, destination: { type: 'voicemail' } }];
      await patchNumber(elsewhere, id, { routing: { business_hours_id: hours.business_hours_id, rules } });
      await expect
        .poll(async () => (await route(as, to, { at: night })).destination.type, PATIENCE)
        .toBe('voicemail');

      const path = `/v1/business-hours/${hours.business_hours_id}`;
      await elsewhere.request('PATCH', path, {
        body: { weekly: [{ days: [1, 2, 3, 4, 5, 6, 7], start: '00:00', end: '24:00' }] },
      });
      await expect.poll(async () => (await route(as, to, { at: night })).agent_id, PATIENCE).toBe(second);

      await putAgent(elsewhere, second, { agent_name: 'Renamed' });
      await expect.poll(async () => (await route(as, to)).reasons.join(' '), PATIENCE).toContain('Renamed');

      await elsewhere.request('DELETE', `/v1/phone-numbers/${id}`);
      await expect.poll(async () => (await ask(as, { to })).status, PATIENCE).toBe(404);
      await elsewhere.request('POST', `/v1/phone-numbers/${id}/restore`);
      await expect.poll(async () => (await ask(as, { to })).status, PATIENCE).toBe(200);
      await elsewhere.request('DELETE', `/v1/phone-numbers/${id}`);
      const again = await addNumber(elsewhere, { phone_number: to, inbound_agent_id: first });
      await expect.poll(async () => (await route(as, to)).phone_number_id, PATIENCE).toBe(again._id);
      await remembered(as, to);
    } finally {
      other.test.app.close();
    }
  });

  test('is read anew where many changed at once, without a word of each', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const { ai_agent_id: agent } = await addAgent(as, 'Mass');
    const numbers = [await addNumber(as), await addNumber(as), await addNumber(as)];
    for (const { phone_number: to } of numbers) await remembered(as, to);
    const [kept, changed, gone] = numbers.map(({ phone_number: to }) => to) as [string, string, string];
    await cordboard.database.transaction(async (tx) => {
      await tx.query(
        'update phone_number set inbound_agent_id = $2, version = version + 1 where phone_number = $1',
        [changed, agent],
      );
      await tx.query('delete from phone_number where phone_number = $1', [gone]);
      const change = {
        subject: 'phone_number',
        id: numbers[0]?._id,
        change: 'updated',
        version: 2,
        many: true,
      };
      await tx.query('select pg_notify($1, $2)', ['cordboard_change', JSON.stringify(change)]);
    });
    await expect.poll(async () => (await route(as, changed)).agent_id, PATIENCE).toBe(agent);
    await remembered(as, kept);
    expect((await ask(as, { to: gone })).status).toBe(404);
    expect(await route(as, changed)).toMatchObject({ agent_id: agent, version: 2 });
  });
});
