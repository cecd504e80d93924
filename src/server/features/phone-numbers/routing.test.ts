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
  tally,
} from '#server/testing/given.ts';
import { test, type Caller } from '#server/testing/test-app.ts';

const send = (as: Caller, id: string, body: unknown) =>
  as.request('PATCH', `/v1/phone-numbers/${id}`, { body });

const refusedAt = async (as: Caller, number: Pick<PhoneNumber, '_id'>, body: unknown): Promise<string[]> => {
  const answer = await send(as, number._id, body);
  expect(answer.status).toBe(422);
  return pointersOf(answer.body as never);
};

const closed = { hours: 'closed' };
const anyCall = {
  hours: 'any',
  caller_countries: null,
  caller_prefixes: null,
  caller_in: null,
  anonymous: 'any',
};
const voicemail = { type: 'voicemail', greeting: null };

describe('routing', () => {
  test('is stored with its defaults, and merges by its keys', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const { ai_agent_id: night } = await addAgent(as, 'Night');
    const { business_hours_id: hours } = await addHours(as);
    const { _id: id } = await addNumber(as);
    const first = await patchNumber(as, id, {
      routing: { rules: [{ when: closed, destination: { type: 'agent', agent_id: night } }] },
    });
    const rule = {
      id: expect.any(String) as string,
      name: null,
      enabled: true,
      when: { ...anyCall, hours: 'closed' },
      destination: { type: 'agent', agent_id: night },
    };
    expect(first.routing).toEqual({ business_hours_id: null, rules: [rule], fallback: null });
    const second = await patchNumber(as, id, {
      routing: { business_hours_id: hours, fallback: { type: 'voicemail' } },
    });
    expect(second.routing).toEqual({ ...first.routing, business_hours_id: hours, fallback: voicemail });
    const third = await patchNumber(as, id, { routing: { rules: null, fallback: null } });
    expect(third.routing).toEqual({ business_hours_id: hours, rules: [], fallback: null });
    expect((await patchNumber(as, id, { routing: { business_hours_id: null } })).routing).toBeNull();
  });

  test('and call handling read, sent back whole, change nothing', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const rules = [
      {
        name: 'All',
        when: { caller_prefixes: ['+880 17'], caller_countries: ['in', 'bd'] },
        destination: { type: 'message', text: 'Closed.' },
      },
    ];
    const record = await addNumber(as, {
      routing: { rules },
      call_handling: {
        max_duration_seconds: 60,
        blocked_callers: [{ prefix: '+1900' }, { number: '+14155552671', reason: 'Spam' }],
      },
      temporary_reassignment: null,
    });
    expect(record.call_handling).toMatchObject({
      max_duration_seconds: 60,
      recording: null,
      blocked_callers: [{ prefix: '+1900', reason: null }, { reason: 'Spam' }],
    });
    expect(record.routing?.rules[0]?.when).toMatchObject({
      caller_prefixes: ['+88017'],
      caller_countries: ['BD', 'IN'],
    });
    expect(await patchNumber(as, record._id, await getNumber(as, record._id))).toMatchObject({ version: 1 });
    expect(await patchNumber(as, record._id, { routing: { rules } })).toMatchObject({
      version: 1,
      routing: record.routing,
    });
    expect(await historyOf(as, record._id)).toHaveLength(1);
  });

  test('of call handling, null is the default again, and the last one clears all', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const { _id: id } = await addNumber(as, {
      call_handling: { ring_timeout_seconds: 20, recording: 'both' },
    });
    expect((await patchNumber(as, id, { call_handling: { recording: null } })).call_handling).toMatchObject({
      ring_timeout_seconds: 20,
      recording: null,
    });
    expect(
      (await patchNumber(as, id, { call_handling: { ring_timeout_seconds: null } })).call_handling,
    ).toBeNull();
    const [last] = await historyOf(as, id);
    expect(last?.changes).toEqual({ call_handling: { before: { ring_timeout_seconds: 20 }, after: null } });
  });

  test('names agents and hours that exist; a retired agent may stay, but not come', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const { ai_agent_id: agent } = await addAgent(as, 'Asha');
    const { ai_agent_id: retired } = await addAgent(as, 'Retired');
    const number = await addNumber(as, { routing: { fallback: { type: 'agent', agent_id: agent } } });
    await putAgent(as, retired, { agent_status: 'retired' });
    const rules = [
      {
        when: {},
        destination: {
          type: 'split',
          agents: [
            { agent_id: agent, weight: 1 },
            { agent_id: retired, weight: 1 },
          ],
        },
      },
    ];
    expect(await refusedAt(as, number, { routing: { rules } })).toEqual([
      '/routing/rules/0/destination/agents/1/agent_id agent_retired',
    ]);
    expect(await refusedAt(as, number, { routing: { business_hours_id: 'f'.repeat(24) } })).toEqual([
      '/routing/business_hours_id business_hours_not_found',
    ]);
    await putAgent(as, agent, { agent_status: 'retired' });
    expect(
      await patchNumber(as, number._id, {
        routing: { rules: [{ when: closed, destination: { type: 'agent', agent_id: agent } }] },
      }),
    ).toMatchObject({ version: 2 });
  });

  test('never forwards a number to itself or around, not even through others', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const [a, b, c] = [await addNumber(as), await addNumber(as), await addNumber(as)];
    const to = (number: PhoneNumber) => ({
      routing: {
        rules: [{ when: {}, destination: { type: 'forward', to: number.phone_number_international } }],
      },
    });
    expect(await refusedAt(as, a, to(a))).toEqual(['/routing/rules/0/destination/to forward_to_itself']);
    await patchNumber(as, a._id, to(b));
    await patchNumber(as, b._id, to(c));
    expect(await refusedAt(as, c, to(a))).toEqual(['/routing/rules/0/destination/to forward_loop']);
    expect(
      await refusedAt(as, c, { routing: { fallback: { type: 'forward', to: a.phone_number } } }),
    ).toEqual(['/routing/fallback/to forward_loop']);
    expectProblem(await send(as, c._id, to(a)), 422, 'forward_loop');
    await patchNumber(as, b._id, { routing: null });
    await patchNumber(as, c._id, to(a));
  });

  test('is not restored into a loop that was closed while it was deleted', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const [a, b] = [await addNumber(as), await addNumber(as)];
    const to = ({ phone_number: number }: PhoneNumber) => ({
      routing: { fallback: { type: 'forward', to: number } },
    });
    await patchNumber(as, a._id, to(b));
    await as.request('DELETE', `/v1/phone-numbers/${a._id}`);
    await patchNumber(as, b._id, to(a));
    expectProblem(await as.request('POST', `/v1/phone-numbers/${a._id}/restore`), 422, 'forward_loop');
    await patchNumber(as, b._id, { routing: null });
    expect((await as.request('POST', `/v1/phone-numbers/${a._id}/restore`)).status).toBe(200);
  });

  test('forwards on through so many numbers and no more', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const to = (number: string) => ({ routing: { fallback: { type: 'forward', to: number } } });
    let last = await addNumber(as);
    for (let hop = 0; hop < 20; hop += 1) last = await addNumber(as, to(last.phone_number));
    const answer = await as.request('POST', '/v1/phone-numbers', {
      body: { phone_number: '+8801911000001', provider: 'pia', ...to(last.phone_number) },
    });
    expect(pointersOf(expectProblem(answer, 422, 'forward_loop'))).toEqual([
      '/routing/fallback/to forward_loop',
    ]);
  });

  test('of two that are set to forward to each other at once, refuses one', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const [a, b] = [await addNumber(as), await addNumber(as)];
    const to = ({ phone_number: number }: PhoneNumber) => ({
      routing: { fallback: { type: 'forward', to: number } },
    });
    const answers = await Promise.all([send(as, a._id, to(b)), send(as, b._id, to(a))]);
    expect(tally(answers)).toEqual({ 200: 1, 422: 1 });
  });

  test('is found wrong at its very place', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const number = await addNumber(as);
    const { ai_agent_id: agent } = await addAgent(as, 'Asha');
    const rule = (destination: unknown, when: unknown = {}) => ({ when, destination });
    const good = rule({ type: 'reject' });
    expect(
      await refusedAt(as, number, {
        routing: { rules: [good, good, rule({ type: 'split', agents: [{ agent_id: agent, weight: 0 }] })] },
      }),
    ).toEqual(['/routing/rules/2/destination/agents/0/weight too_small']);
    expect(
      await refusedAt(as, number, { routing: { rules: [rule({ type: 'forward', to: 'the desk' })] } }),
    ).toEqual(['/routing/rules/0/destination/to invalid_forward_target']);
    expect(
      await refusedAt(as, number, {
        routing: { rules: [rule({ type: 'reject' }, { caller_countries: ['ZZZ'], hours: 'sometimes' })] },
      }),
    ).toEqual([
      '/routing/rules/0/when/caller_countries/0 invalid_format',
      '/routing/rules/0/when/hours invalid_value',
    ]);
    expect(
      await refusedAt(as, number, { routing: { rules: Array.from({ length: 51 }, () => good) } }),
    ).toEqual(['/routing/rules too_big']);
    expect(
      await refusedAt(as, number, {
        routing: {
          rules: [
            { id: 'same', ...good },
            { id: 'same', ...good },
          ],
        },
      }),
    ).toEqual(['/routing/rules/1/id duplicate_rule']);
    expect(await refusedAt(as, number, { routing: { surprise: 1 } })).toEqual([
      '/routing/surprise unknown_field',
    ]);
    const callers = (from: number) =>
      Array.from({ length: 500 }, (_, at) => `+880171${String(from + at).padStart(7, '0')}`);
    const crowd = [0, 500, 1000, 1500, 2000].map((from) =>
      rule({ type: 'reject' }, { caller_in: callers(from) }),
    );
    expect(await refusedAt(as, number, { routing: { rules: crowd } })).toEqual([
      '/routing/rules too_many_entries',
    ]);
    const blocked = Array.from({ length: 501 }, (_, at) => ({
      number: `+8801711${String(at).padStart(6, '0')}`,
    }));
    expect(await refusedAt(as, number, { call_handling: { blocked_callers: blocked } })).toEqual([
      '/call_handling/blocked_callers too_big',
    ]);
    expect(
      await refusedAt(as, number, { call_handling: { max_duration_seconds: 9, recording: 'maybe' } }),
    ).toEqual(['/call_handling/max_duration_seconds too_small', '/call_handling/recording invalid_value']);
    expect(
      await refusedAt(as, number, {
        temporary_reassignment: {
          agent_id: agent,
          starts_at: '2026-11-27T18:00:00Z',
          ends_at: '2026-11-27T18:00:00Z',
        },
      }),
    ).toEqual(['/temporary_reassignment/ends_at end_before_start']);
  });
});
