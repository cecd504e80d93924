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
