import { describe, expect } from 'vitest';
import { driftListSchema, pendingChangeListSchema } from '#contract/connections/links.ts';
import { addNumber, anyNumber, expectProblem, getNumber, pointersOf } from '#server/testing/given.ts';
import type { Caller, TestAnswer } from '#server/testing/test-app.ts';
import { linkPath, numberOf, test } from '#server/testing/verbex/connected.ts';

const etagOf = ({ headers }: TestAnswer<unknown>) => headers.get('etag');
const pending = async (as: Caller) =>
  pendingChangeListSchema.parse((await as.request('GET', '/v1/pending-changes')).body).pending_changes;
const drift = async (as: Caller) => driftListSchema.parse((await as.request('GET', '/v1/drift')).body).drift;

describe('a number that is linked', () => {
  test('is created there with all it has, once, where it is not found', async ({
    connected: { as, addAgent, link, until, thereOf, writes },
  }) => {
    const agent = await addAgent('Asha', 'agent-1');
    const number = await addNumber(as, {
      provider: 'sip',
      friendly_name: 'Support',
      inbound_agent_id: agent.ai_agent_id,
      sip_termination_uri: 'sip.example.com',
      sip_trunk_password: 'trunk-secret-1',
    });
    const answer = await link(number._id);
    expect(answer).toMatchObject({ status: 202 });
    expect(etagOf(answer)).toBe('"1"');
    expect(numberOf(answer).links).toMatchObject([{ role: 'platform', state: 'pending' }]);
    await until(number._id, 'synced');
    expect(thereOf(number)).toMatchObject({
      provider: 'sip',
      friendly_name: 'Support',
      inbound_agent_id: 'agent-1',
      sip_trunk_password: 'trunk-secret-1',
    });
    expect(writes()).toEqual(['POST']);
    expect(await pending(as)).toEqual([]);
  });

  test('is the one that is found there, and what differs is overwritten on neither side', async ({
    connected: { verbex, as, link, until, writes },
  }) => {
    const number = await addNumber(as, { friendly_name: 'Here' });
    const there = verbex.addNumber({ ...number, friendly_name: 'There', _id: 'up-1', provider: 'pia' });
    await link(number._id);
    await until(number._id, 'drift');
    expect([there.friendly_name, (await getNumber(as, number._id)).friendly_name]).toEqual(['There', 'Here']);
    expect(writes()).toEqual([]);
    expect(await drift(as)).toMatchObject([
      { phone_number_id: number._id, state: 'drift', fields: [{ mine: 'Here', theirs: 'There' }, {}, {}] },
    ]);
  });

  test('is listed with what differs, and without opening what is sealed for it', async ({
    connected: { cordboard, verbex, as, link, until, addAgent },
  }) => {
    await addAgent('Asha', 'agent-1');
    const sip = { provider: 'sip', sip_termination_uri: 'sip.example.com', sip_trunk_password: 'secret-1' };
    const number = await addNumber(as, sip);
    verbex.state.secrets = 'clear';
    verbex.addNumber({ ...number, ...sip, _id: 'up-1', inbound_agent_id: 'agent-1' });
    await link(number._id);
    await until(number._id, 'drift');
    await cordboard.database.query(`update credential set sealed = '\\x00'`);
    const [listed] = await drift(as);
    const fields = new Map(listed?.fields.map((field) => [field.field, field]));
    expect(fields.get('sip_trunk_password')).toMatchObject({ state: 'same', mine: '••••••••' });
    expect(fields.get('inbound_agent_id')).toMatchObject({
      mine: null,
      theirs: 'agent-1',
      mine_agent_id: null,
      theirs_agent_id: expect.any(String),
    });
  });

  test('is refused with an agent that the platform does not know, and one may not be given it', async ({
    connected: { as, connection, addAgent, link, patch, linked, thereOf },
  }) => {
    const agent = await addAgent('Asha');
    const other = await addNumber(as, { inbound_agent_id: agent.ai_agent_id });
    expect(pointersOf(expectProblem(await link(other._id), 422, 'agent_not_upstream'))).toEqual([
      '/inbound_agent_id agent_not_upstream',
    ]);
    const number = await linked();
    expectProblem(
      await patch(number._id, { outbound_agent_id: agent.ai_agent_id }),
      422,
      'agent_not_upstream',
    );
    await as.request('PUT', `/v2/ai-agents/${agent.ai_agent_id}`, {
      body: { upstream_ids: { [connection.connection_id]: 'agent-7' } },
    });
    expect(await patch(number._id, { outbound_agent_id: agent.ai_agent_id })).toMatchObject({ status: 200 });
    expect(thereOf(number)).toMatchObject({ outbound_agent_id: 'agent-7' });
  });

  test('can be linked once in a role, to a connection that is there', async ({
    connected: { as, link, linked },
  }) => {
    const number = await linked();
    expectProblem(await link(number._id), 409, 'already_linked');
    const other = await addNumber(as);
    expectProblem(
      await link(other._id, { connection_id: 'ffffffffffffffffffffffff' }),
      422,
      'connection_not_found',
    );
    expectProblem(await link(other._id, { role: 'carrier' }), 422, 'connection_not_found');
  });

  test('is forgotten without a word to the platform', async ({
    connected: { verbex, as, patch, linked },
  }) => {
    const number = await linked();
    const before = verbex.requests.length;
    expect((await as.request('DELETE', linkPath(number._id))).status).toBe(204);
    expect((await patch(number._id, { friendly_name: 'Alone' })).status).toBe(200);
    expect(verbex.requests).toHaveLength(before);
    expect((await getNumber(as, number._id)).links).toEqual([]);
  });
});

describe('a linked number that is deleted', () => {
  const remove = (as: Caller, id: string, query = '') =>
    as.request('DELETE', `/v1/phone-numbers/${id}${query}`);
  const restore = (as: Caller, id: string) => as.request('POST', `/v1/phone-numbers/${id}/restore`);

  test('is forgotten here alone, and comes back linked', async ({
    connected: { as, until, linked, thereOf },
  }) => {
    const number = await linked();
    expect((await remove(as, number._id)).status).toBe(204);
    expect(thereOf(number)).toBeDefined();
    await restore(as, number._id);
    await until(number._id, 'synced');
  });

  test('is deleted there, where that is asked for, and comes back unlinked', async ({
    connected: { as, linked, thereOf },
  }) => {
    const number = await linked();
    expect((await remove(as, number._id, '?platform=delete')).status).toBe(204);
    await expect.poll(() => thereOf(number)).toBeUndefined();
    await expect.poll(async () => pending(as)).toEqual([]);
    await restore(as, number._id);
    expect((await getNumber(as, number._id)).links).toEqual([]);
  });

  test('is not deleted there any more once it is restored', async ({
    connected: { as, connection, until, linked, thereOf },
  }) => {
    const number = await linked();
    await as.request('POST', `/v1/connections/${connection.connection_id}/pause`);
    await remove(as, number._id, '?platform=delete');
    await restore(as, number._id);
    await as.request('POST', `/v1/connections/${connection.connection_id}/resume`);
    await until(number._id, 'synced');
    expect(thereOf(number)).toBeDefined();
  });

  test('needs the right to the connection, too', async ({ connected: { cordboard, as } }) => {
    const number = await addNumber(as, { phone_number: anyNumber() });
    const key = await cordboard.withKey(['numbers:write']);
    expectProblem(
      await key.request('DELETE', `/v1/phone-numbers/${number._id}?platform=delete`),
      403,
      'forbidden',
    );
  });
});
