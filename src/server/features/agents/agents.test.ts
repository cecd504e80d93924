import { describe, expect } from 'vitest';
import { agentListSchema, type Agent } from '#contract/agents.ts';
import { auditEventListSchema } from '#contract/audit-events.ts';
import {
  addAgent,
  addNumber,
  expectProblem,
  getAgent,
  getNumber,
  patchNumber,
  pointersOf,
  putAgent,
  tally,
} from '#server/testing/given.ts';
import { test, type Caller } from '#server/testing/test-app.ts';

const listAgents = async (as: Caller, query: Record<string, string> = {}) => {
  const answer = await as.request('GET', `/v2/ai-agents?${new URLSearchParams(query).toString()}`);
  expect(answer).toMatchObject({ status: 200 });
  return agentListSchema.parse(answer.body);
};
const namesOf = (agents: readonly Agent[]) => agents.map(({ agent_name: name }) => name);

const eventsOf = async (as: Caller, id: string) =>
  auditEventListSchema.parse(
    (await as.request('GET', `/v1/audit-events?subject_kind=agent&subject_id=${id}`)).body,
  ).audit_events;

describe('agents', () => {
  test('are added, read, renamed, retired and reinstated, each act recorded under its own name', async ({
    cordboard,
  }) => {
    const as = cordboard.as('admin');
    const answer = await as.request('POST', '/v2/ai-agents', {
      body: { agent_name: ' Óscar ', language_code: 'es-ES' },
    });
    expect(answer.status).toBe(201);
    const agent = (answer.body as { data: Agent }).data;
    expect(agent).toMatchObject({
      agent_name: 'Óscar',
      agent_status: 'active',
      language_code: 'es-ES',
      inbound_phone_number_count: 0,
    });
    const id = agent.ai_agent_id;
    expect(await getAgent(as, id)).toEqual(agent);
    const renamed = await putAgent(as, id, { agent_name: 'Óscar · Ventas' });
    expect(renamed).toEqual({ ...agent, agent_name: 'Óscar · Ventas', modified_at: renamed.modified_at });
    expect(renamed.modified_at >= agent.modified_at).toBe(true);
    await putAgent(as, id, { agent_status: 'retired', language_code: null });
    await putAgent(as, id, { agent_status: 'active' });
    expect((await eventsOf(as, id)).map(({ action, changes }) => [action, Object.keys(changes)])).toEqual([
      ['agent.reinstated', ['agent_status']],
      ['agent.retired', ['agent_status', 'language_code']],
      ['agent.updated', ['agent_name']],
      ['agent.added', ['agent_name', 'agent_status', 'language_code']],
    ]);
  });

  test('that are sent as they are change in nothing', async ({ cordboard }) => {
    const as = cordboard.as('admin');
    const agent = await addAgent(as, 'Night desk');
    expect(
      await putAgent(as, agent.ai_agent_id, {
        agent_name: 'Night desk',
        agent_status: 'active',
        language_code: null,
      }),
    ).toEqual(agent);
    expect(await putAgent(as, agent.ai_agent_id, {})).toEqual(agent);
    expect(await eventsOf(as, agent.ai_agent_id)).toHaveLength(1);
  });

  test('have names of their own, without regard to case', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    await addAgent(as, 'Óscar');
    const other = await addAgent(as, 'Oscar');
    for (const name of ['óscar', 'ÓSCAR', ' Óscar ', 'O\u0301scar', '\u00d3s\u200bcar'])
      expect(
        pointersOf(
          expectProblem(
            await as.request('POST', '/v2/ai-agents', { body: { agent_name: name } }),
            409,
            'agent_name_taken',
          ),
        ),
      ).toEqual(['/agent_name agent_name_taken']);
    expectProblem(
      await as.request('PUT', `/v2/ai-agents/${other.ai_agent_id}`, { body: { agent_name: 'óscar' } }),
      409,
      'agent_name_taken',
    );
    expect((await putAgent(as, other.ai_agent_id, { agent_name: 'OSCAR' })).agent_name).toBe('OSCAR');
  });

  test('of 20 added at once under one name, there is one', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const add = () => as.request('POST', '/v2/ai-agents', { body: { agent_name: 'Race' } });
    expect(tally(await Promise.all(Array.from({ length: 20 }, add)))).toEqual({ 201: 1, 409: 19 });
  });

  test('are added once for one Idempotency-Key', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('operator');
    const add = () =>
      as.request('POST', '/v2/ai-agents', {
        body: { agent_name: 'Once' },
        headers: { 'idempotency-key': 'a' },
      });
    const [first, again] = [await add(), await add()];
    expect([again.status, again.body]).toEqual([first.status, first.body]);
  });

  test.for([
    ['a blank name', { agent_name: ' ' }, ['/agent_name too_small']],
    ['no name', {}, ['/agent_name required']],
    ['a name that nobody sees', { agent_name: '\u200b\u2060' }, ['/agent_name too_small']],
    ['a name that turns what follows round', { agent_name: 'a\u202eb' }, ['/agent_name control_characters']],
    ['a line break in the name', { agent_name: 'a\nb' }, ['/agent_name control_characters']],
    [
      'a language that is none',
      { agent_name: 'a', language_code: 'english please' },
      ['/language_code invalid_format'],
    ],
    ['an unknown field', { agent_name: 'a', agent_status: 'retired' }, ['/agent_status unknown_field']],
  ] as const)('with %s are refused', async ([, body, pointers], { cordboard }) => {
    const answer = await cordboard.request('POST', '/v2/ai-agents', { actor: 'operator', body });
    expect(answer.status).toBe(422);
    expect(pointersOf(answer.body as never)).toEqual(pointers);
  });

  test('that nobody knows are 404', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    expectProblem(await as.request('GET', '/v2/ai-agents/nobody'), 404, 'not_found');
    expectProblem(
      await as.request('PUT', '/v2/ai-agents/nobody', { body: { agent_name: 'x' } }),
      404,
      'not_found',
    );
  });
});

describe('the list of agents', () => {
  test('is by name, pages, searches and filters', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const names = ['alpha', 'Beta', 'Óscar', 'oscar', 'Zed 100%', 'élan'];
    for (const name of names.toReversed()) await addAgent(as, name);
    const all = namesOf((await listAgents(as)).data);
    expect(all).toEqual(['alpha', 'Beta', 'oscar', 'Zed 100%', 'élan', 'Óscar']);
    const walked: string[] = [];
    for (let token: string | null = ''; token !== null;) {
      const page = await listAgents(as, { page_size: '2', ...(token !== '' && { page_token: token }) });
      walked.push(...namesOf(page.data));
      token = page.next_page_token;
    }
    expect(walked).toEqual(all);
    expect(namesOf((await listAgents(as, { q: 'OSC' })).data)).toEqual(['oscar', 'Óscar']);
    expect(namesOf((await listAgents(as, { q: '0%' })).data)).toEqual(['Zed 100%']);
    expect(namesOf((await listAgents(as, { q: '_' })).data)).toEqual([]);
    const [first] = (await listAgents(as)).data;
    await putAgent(as, String(first?.ai_agent_id), { agent_status: 'retired' });
    expect(namesOf((await listAgents(as, { agent_status: 'retired' })).data)).toEqual(['alpha']);
    expect((await listAgents(as, { agent_status: 'active' })).data).toHaveLength(5);
  });

  test('counts the numbers of each in both directions, without those deleted', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const [a, b] = [await addAgent(as, 'A'), await addAgent(as, 'B')];
    const both = { inbound_agent_id: a.ai_agent_id, outbound_agent_id: a.ai_agent_id };
    const [first, second] = [await addNumber(as, both), await addNumber(as, both)];
    await addNumber(as, { outbound_agent_id: b.ai_agent_id });
    const counts = async () =>
      (await listAgents(as)).data.map(
        ({ inbound_phone_number_count: inbound, outbound_phone_number_count: outbound }) => [
          inbound,
          outbound,
        ],
      );
    expect(await counts()).toEqual([
      [2, 2],
      [0, 1],
    ]);
    await patchNumber(as, first._id, { inbound_agent_id: b.ai_agent_id });
    await as.request('DELETE', `/v1/phone-numbers/${second._id}`);
    expect(await counts()).toEqual([
      [0, 1],
      [1, 1],
    ]);
  });
});

describe('retiring an agent', () => {
  test('leaves its numbers as they are', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const { ai_agent_id: id } = await addAgent(as, 'Overflow');
    const number = await addNumber(as, { inbound_agent_id: id });
    expect(await putAgent(as, id, { agent_status: 'retired' })).toMatchObject({
      agent_status: 'retired',
      inbound_phone_number_count: 1,
    });
    expect(await getNumber(as, number._id)).toEqual(number);
  });

  test('while numbers are being given to it: whoever comes after is refused', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const { ai_agent_id: id } = await addAgent(as, 'Overflow');
    const numbers = await Promise.all(Array.from({ length: 12 }, () => addNumber(as)));
    const assign = numbers.map(({ _id }) =>
      as.request('PATCH', `/v1/phone-numbers/${_id}`, { body: { inbound_agent_id: id } }),
    );
    const [answers] = await Promise.all([Promise.all(assign), putAgent(as, id, { agent_status: 'retired' })]);
    const assigned = answers.filter(({ status }) => status === 200).length;
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(12 - assigned);
    // In the log's order nothing was assigned after the retirement.
    const order = await cordboard.database.query<{ action: string }>(
      `select action from audit_event where action in ('agent.retired', 'phone_number.updated') order by id`,
    );
    expect(order.findIndex(({ action }) => action === 'agent.retired')).toBe(assigned);
  });
});
