import { describe, expect } from 'vitest';
import { agentUseListSchema, type AgentUse, type AgentUseList } from '#contract/agent-uses.ts';
import { addAgent, addNumber, expectProblem, patchNumber, putAgent } from '#server/testing/given.ts';
import { test, type Caller } from '#server/testing/test-app.ts';

const uses = async (as: Caller, id: string, query: Record<string, string>): Promise<AgentUseList> => {
  const answer = await as.request('GET', `/v2/ai-agents/${id}/uses?${new URLSearchParams(query).toString()}`);
  expect(answer).toMatchObject({ status: 200 });
  return agentUseListSchema.parse(answer.body);
};

const placesOf = ({ places }: AgentUse) =>
  places.map(({ pointer, rule_name, is_enabled, share }) => [pointer, rule_name, is_enabled, share]);

const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();

describe('what names an agent', () => {
  test('are numbers, in each direction, in the order of the numbers and with their count', async ({
    cordboard,
  }) => {
    const as = cordboard.as('operator');
    const [{ ai_agent_id: id }, { ai_agent_id: other }] = [await addAgent(as, 'A'), await addAgent(as, 'B')];
    const both = await addNumber(as, {
      inbound_agent_id: id,
      outbound_agent_id: id,
      friendly_name: 'Desk',
    });
    const inbound = await addNumber(as, { inbound_agent_id: id });
    await addNumber(as, { inbound_agent_id: other });
    const gone = await addNumber(as, { inbound_agent_id: id });
    await as.request('DELETE', `/v1/phone-numbers/${gone._id}`);
    const found = await uses(cordboard.as(['numbers:read']), id, { kind: 'inbound', include: 'total' });
    expect(found).toMatchObject({ next_page_token: null, total_count: 2, total_is_exact: true });
    expect(found.data.map(({ phone_number: { _id } }) => _id)).toEqual([both._id, inbound._id]);
    expect(found.data[0]).toEqual({
      phone_number: {
        _id: both._id,
        phone_number_international: both.phone_number_international,
        friendly_name: 'Desk',
      },
      places: [{ pointer: '/inbound_agent_id', rule_name: null, is_enabled: true, share: null }],
      temporary_reassignment: null,
    });
    const dialled = await uses(as, id, { kind: 'outbound' });
    expect(dialled.data.map(placesOf)).toEqual([[['/outbound_agent_id', null, true, null]]]);
    expect(dialled.total_count).toBeUndefined();
  });

  test('are rules, switched on or off, splits and fallbacks, each with its place', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const [{ ai_agent_id: id }, { ai_agent_id: other }] = [await addAgent(as, 'A'), await addAgent(as, 'B')];
    const agent = { type: 'agent', agent_id: id };
    const split = {
      type: 'split',
      agents: [
        { agent_id: other, weight: 3 },
        { agent_id: id, weight: 1 },
      ],
    };
    const number = await addNumber(as, {
      inbound_agent_id: other,
      routing: {
        rules: [
          { name: 'Night', enabled: false, when: {}, destination: agent },
          { when: {}, destination: { type: 'voicemail' } },
          { when: {}, destination: split },
        ],
        fallback: agent,
      },
    });
    await addNumber(as, { routing: { fallback: { type: 'agent', agent_id: other } } });
    const found = await uses(as, id, { kind: 'routing', include: 'total' });
    expect(found.total_count).toBe(1);
    expect(found.data[0]?.phone_number._id).toBe(number._id);
    expect(found.data.map(placesOf)).toEqual([
      [
        ['/routing/rules/0/destination/agent_id', 'Night', false, null],
        ['/routing/rules/2/destination/agents/1/agent_id', null, true, 0.25],
        ['/routing/fallback/agent_id', null, true, null],
      ],
    ]);
  });

  test('are stand-ins in any direction, now and to come, and none that is over', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const { ai_agent_id: id } = await addAgent(as, 'A');
    const standIn = (direction: string, from: number, until: number) => ({
      temporary_reassignment: {
        agent_id: id,
        direction,
        starts_at: inHours(from),
        ends_at: inHours(until),
      },
    });
    const now = await addNumber(as);
    const later = await addNumber(as);
    const over = await addNumber(as);
    await patchNumber(as, now._id, standIn('outbound', -1, 1));
    const planned = await patchNumber(as, later._id, standIn('both', 1, 2));
    await patchNumber(as, over._id, standIn('inbound', -2, -1));
    // Retired since, it still stands there.
    await putAgent(as, id, { agent_status: 'retired' });
    const { data } = await uses(as, id, { kind: 'stand_in' });
    expect(data.map(({ phone_number: { _id } }) => _id)).toEqual([now._id, later._id]);
    expect(data[1]).toMatchObject({
      places: [{ pointer: '/temporary_reassignment/agent_id' }],
      temporary_reassignment: planned.temporary_reassignment,
    });
  });

  test('comes in pages, each number once', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const { ai_agent_id: id } = await addAgent(as, 'A');
    const added: string[] = [];
    for (let n = 0; n < 5; n += 1) added.push((await addNumber(as, { inbound_agent_id: id }))._id);
    const ids: string[] = [];
    const sizes: number[] = [];
    for (let token: string | null | undefined; token !== null;) {
      const page: AgentUseList = await uses(as, id, {
        kind: 'inbound',
        page_size: '2',
        ...(token && { page_token: token }),
      });
      sizes.push(page.data.length);
      ids.push(...page.data.map(({ phone_number: { _id } }) => _id));
      token = page.next_page_token;
    }
    expect(sizes).toEqual([2, 2, 1]);
    expect(ids).toEqual(added);
  });
});

test('a token serves no other list, and what is asked wrongly is named', async ({ cordboard }) => {
  const as = cordboard.as('operator');
  const [{ ai_agent_id: id }, { ai_agent_id: other }] = [await addAgent(as, 'A'), await addAgent(as, 'B')];
  for (let n = 0; n < 2; n += 1) await addNumber(as, { inbound_agent_id: id });
  const { next_page_token: token } = await uses(as, id, { kind: 'inbound', page_size: '1' });
  const path = (agentId: string, query: string) => `/v2/ai-agents/${agentId}/uses?${query}`;
  for (const elsewhere of [
    path(id, `kind=outbound&page_token=${token}`),
    path(other, `kind=inbound&page_token=${token}`),
  ])
    expectProblem(await as.request('GET', elsewhere), 400, 'invalid_page_token');
  for (const wrong of ['', 'kind=everything', 'kind=inbound&page_size=101'])
    expectProblem(await as.request('GET', path(id, wrong)), 422, 'validation_failed');
  expectProblem(await as.request('GET', path(id, 'kind=inbound&colour=1')), 422, 'unknown_field');
  expectProblem(await as.request('GET', path('0'.repeat(24), 'kind=inbound')), 404, 'not_found');
});
