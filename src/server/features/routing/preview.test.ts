import { expect } from 'vitest';
import { routePreviewSchema, type RoutePreview } from '#contract/numbers/route.ts';
import {
  addAgent,
  addHours,
  addNumber,
  expectProblem,
  getNumber,
  patchNumber,
  putAgent,
} from '#server/testing/given.ts';
import { test, type Caller } from '#server/testing/test-app.ts';

const preview = async (as: Caller, id: string, body: Record<string, unknown>): Promise<RoutePreview> => {
  const answer = await as.request('POST', `/v1/phone-numbers/${id}/route/preview`, { body });
  expect(answer).toMatchObject({ status: 200 });
  return routePreviewSchema.parse(answer.body);
};

const codes = ({ findings }: RoutePreview) => findings.map(({ code, pointer }) => `${pointer} ${code}`);
const night = '2026-11-25T20:00:00Z';
const day = '2026-11-25T05:00:00Z';

test('decides by what is given over what is saved, and saves nothing', async ({ cordboard }) => {
  const as = cordboard.as('operator');
  const { ai_agent_id: asha } = await addAgent(as, 'Asha');
  const { ai_agent_id: owl } = await addAgent(as, 'Owl');
  const { business_hours_id } = await addHours(as);
  const rules = [{ when: { hours: 'closed' }, destination: { type: 'agent', agent_id: owl } }];
  const call_handling = { max_duration_seconds: 600, recording: 'both' };
  const { _id: id } = await addNumber(as, {
    inbound_agent_id: asha,
    routing: { business_hours_id, rules },
    call_handling,
  });
  const saved = await getNumber(as, id);

  expect(await preview(as, id, { at: night })).toMatchObject({
    agent_id: owl,
    decided_by: 'rule',
    findings: [],
  });
  expect(await preview(as, id, { at: night, routing: { rules: [] } })).toMatchObject({
    agent_id: asha,
    hours: { business_hours_id },
  });
  expect(await preview(as, id, { at: night, routing: { business_hours_id: null } })).toMatchObject({
    agent_id: asha,
    hours: null,
  });
  expect(await preview(as, id, { at: night, routing: null, inbound_agent_id: owl })).toMatchObject({
    agent_id: owl,
    decided_by: 'inbound_agent',
  });
  const unsaved = {
    name: 'Nights',
    time_zone: 'Asia/Dhaka',
    weekly: [{ days: [1, 2, 3, 4, 5, 6, 7], start: '20:00', end: '08:00' }],
  };
  expect(await preview(as, id, { at: night, business_hours: unsaved })).toMatchObject({
    agent_id: asha,
    hours: { business_hours_id: null, name: 'Nights', state: 'open' },
  });
  const handled = await preview(as, id, {
    at: day,
    from: '+19005550100',
    call_handling: { recording: null, blocked_callers: [{ prefix: '+1900' }] },
  });
  expect(handled).toMatchObject({
    decided_by: 'blocked_caller',
    settings: { max_duration_seconds: 600, recording: 'off' },
  });
  const temporary_reassignment = {
    agent_id: owl,
    starts_at: '2026-11-25T00:00:00Z',
    ends_at: '2026-11-26T00:00:00Z',
  };
  expect(await preview(as, id, { at: day, temporary_reassignment })).toMatchObject({
    agent_id: owl,
    decided_by: 'inbound_agent',
  });
  expect(await preview(as, id, { direction: 'outbound', to: '+8801711000000' })).toMatchObject({
    decided_by: 'nobody',
    direction: 'outbound',
  });
  expect(await getNumber(as, id)).toEqual(saved);
});

test('finds what is wrong instead of refusing it, loops through other numbers included', async ({
  cordboard,
}) => {
  const as = cordboard.as('operator');
  const { ai_agent_id: retired } = await addAgent(as, 'Retired');
  await putAgent(as, retired, { agent_status: 'retired' });
  const [one, two, three] = [await addNumber(as), await addNumber(as), await addNumber(as)];
  const forward = (to: string) => ({ rules: [{ when: {}, destination: { type: 'forward', to } }] });
  await patchNumber(as, two._id, { routing: forward(three.phone_number) });
  await patchNumber(as, three._id, { routing: forward(one.phone_number) });
  expect(codes(await preview(as, one._id, { routing: forward(two.phone_number) }))).toContain(
    '/routing/rules/0/destination/to forward_loop',
  );
  expect(codes(await preview(as, one._id, { routing: forward(one.phone_number) }))).toContain(
    '/routing/rules/0/destination/to forward_to_itself',
  );
  const agents = [
    { agent_id: retired, weight: 1 },
    { agent_id: 'f'.repeat(24), weight: 1 },
  ];
  const split = { rules: [{ when: {}, destination: { type: 'split', agents } }] };
  expect(codes(await preview(as, one._id, { routing: split }))).toEqual([
    '/routing/rules/0/destination/agents/0/agent_id retired_agent',
    '/routing/rules/0/destination/agents/1/agent_id missing_agent',
  ]);
  expect(codes(await preview(as, one._id, {}))).toEqual(['/inbound_agent_id nobody_answers']);
});

test('is of a number that is there, and its body is checked like any other', async ({ cordboard }) => {
  const as = cordboard.as(['calls:route']);
  const path = (id: string) => `/v1/phone-numbers/${id}/route/preview`;
  expectProblem(await as.request('POST', path('f'.repeat(24)), { body: {} }), 404, 'not_found');
  const { _id: id } = await addNumber(cordboard.as('operator'));
  const rules = [{ when: { hours: 'sometimes' }, destination: { type: 'voicemail' } }];
  const problem = expectProblem(
    await as.request('POST', path(id), { body: { routing: { rules } } }),
    422,
    'validation_failed',
  );
  expect(problem.errors?.map(({ pointer }) => pointer)).toEqual(['/routing/rules/0/when/hours']);
});

test('a question about a number that cannot be read is refused, with how to write it', async ({
  cordboard,
}) => {
  const as = cordboard.as('operator');
  const number = await addNumber(as, { phone_number: '+442079460958' });
  const ask = (body: object) => as.request('POST', `/v1/phone-numbers/${number._id}/route/preview`, { body });
  const refused = async (body: object) => {
    const { errors } = expectProblem(await ask(body), 422, 'unreadable_number');
    return errors?.map(({ pointer, message }) => `${pointer} ${message}`);
  };
  expect(await refused({ from: 'reception' })).toEqual([
    '/from “reception” cannot be read as a phone number here. Write it with its + and country code, as in +14155552671.',
  ]);
  expect(await refused({ from: '020 7946 0123' })).toEqual([
    expect.stringContaining('as in +442079460123.') as string,
  ]);
  expect(await refused({ to: '201', direction: 'outbound' })).toEqual([
    expect.stringContaining('/to “201” cannot be read') as string,
  ]);
  for (const from of ['anonymous', null, '', '+14155552671', 'sip:+14155552671@pbx.example'])
    expect(await ask({ from })).toMatchObject({ status: 200 });
});

test('moments are told by the number’s clock: of its hours, its one country, or whoever asks', async ({
  cordboard,
}) => {
  const as = cordboard.as('operator');
  const { ai_agent_id: agent_id } = await addAgent(as, 'Owl');
  const { business_hours_id } = await addHours(as, { time_zone: 'America/New_York' });
  const temporary_reassignment = {
    agent_id,
    direction: 'inbound',
    starts_at: '2026-11-24T00:00:00Z',
    ends_at: '2026-11-28T12:00:00Z',
  };
  const told = async (phone_number: string, time_zone?: string, routing?: object) => {
    const { _id: id } = await addNumber(as, { phone_number });
    const { reasons } = await preview(as, id, { at: day, temporary_reassignment, routing, time_zone });
    return /until (.*), answers/.exec(reasons.at(-1) ?? '')?.[1];
  };
  const asking = 'Asia/Calcutta';
  expect(await told('+8801711204418', asking)).toBe('Saturday 28 Nov 2026, 18:00 in Asia/Dhaka');
  expect(await told('+8801711204419', asking, { business_hours_id })).toBe(
    'Saturday 28 Nov 2026, 07:00 in America/New_York',
  );
  expect(await told('+14155550171', asking)).toBe('Saturday 28 Nov 2026, 17:30 in Asia/Kolkata');
  expect(await told('+14155550172')).toBe('Saturday 28 Nov 2026, 12:00 in UTC');
});
