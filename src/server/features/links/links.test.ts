import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { agentAnswerSchema, type Agent } from '#contract/agents.ts';
import { connectionSchema, type Connection } from '#contract/connections/connections.ts';
import { driftListSchema, linkDetailSchema, pendingChangeListSchema } from '#contract/connections/links.ts';
import { phoneNumberSchema, type PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { addNumber, anyNumber, expectProblem, getNumber, pointersOf } from '#server/testing/given.ts';
import { openTestApp, type Caller, type TestAnswer, type TestApp } from '#server/testing/test-app.ts';
import { startVerbex, type VerbexStandIn } from '#server/testing/verbex/start-verbex.ts';

let cordboard: TestApp;
let reset: () => Promise<void>;
let verbex: VerbexStandIn;
let as: Caller;
let connection: Connection;

beforeAll(async () => {
  ({ test: cordboard, reset } = await openTestApp({ unsafeAllowLoopback: true }));
});
afterAll(() => cordboard.app.close());
beforeEach(async () => {
  await reset();
  verbex = await startVerbex();
  as = await cordboard.signedInAs('admin');
  const answer = await as.request('POST', '/v1/connections', {
    body: {
      kind: 'verbex',
      name: 'Verbex',
      settings: { base_url: verbex.url },
      credentials: { api_key: verbex.state.key },
    },
  });
  connection = connectionSchema.parse(answer.body);
});
afterEach(() => verbex.close());

const numberOf = ({ body }: TestAnswer<unknown>): PhoneNumber => phoneNumberSchema.parse(body);
const etagOf = ({ headers }: TestAnswer<unknown>) => headers.get('etag');
const stateOf = ({ links }: PhoneNumber) => links[0]?.state;
const addAgent = async (name: string, upstreamId?: string): Promise<Agent> => {
  const answer = await as.request('POST', '/v2/ai-agents', {
    body: {
      agent_name: name,
      ...(upstreamId !== undefined && { upstream_ids: { [connection.connection_id]: upstreamId } }),
    },
  });
  expect(answer.status).toBe(201);
  return agentAnswerSchema.parse(answer.body).data;
};
const link = (id: string, body: object = {}) =>
  as.request('POST', `/v1/phone-numbers/${id}/links`, {
    body: { role: 'platform', connection_id: connection.connection_id, ...body },
  });
const linkPath = (id: string, act = '') => `/v1/phone-numbers/${id}/links/platform${act && `/${act}`}`;
const act = (id: string, name: string, body?: object) =>
  as.request('POST', linkPath(id, name), body === undefined ? {} : { body });
const patch = (id: string, body: object, headers: Record<string, string> = {}) =>
  as.request('PATCH', `/v1/phone-numbers/${id}`, { body, headers });
const detailOf = async (id: string) => linkDetailSchema.parse((await as.request('GET', linkPath(id))).body);
const pending = async () =>
  pendingChangeListSchema.parse((await as.request('GET', '/v1/pending-changes')).body).pending_changes;
const drift = async () => driftListSchema.parse((await as.request('GET', '/v1/drift')).body).drift;

const until = async (id: string, state: string): Promise<PhoneNumber> => {
  await expect.poll(async () => stateOf(await getNumber(as, id)), { timeout: 8000 }).toBe(state);
  return getNumber(as, id);
};
/** Linked to what is there, equal on both sides. */
const linked = async (body: Record<string, unknown> = {}): Promise<PhoneNumber> => {
  const number = await addNumber(as, body);
  expect((await link(number._id)).status).toBe(202);
  return until(number._id, 'synced');
};
const thereOf = ({ phone_number: number }: PhoneNumber) =>
  [...verbex.state.numbers.values()].find((record) => record.phone_number === number);
const writes = () => verbex.requests.filter(({ method }) => method !== 'GET');

describe('a number that is linked', () => {
  test('is created there with all it has, once, where it is not found', async () => {
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
    expect(writes().map(({ method }) => method)).toEqual(['POST']);
    expect(await pending()).toEqual([]);
  });

  test('is the one that is found there, and what differs is overwritten on neither side', async () => {
    const number = await addNumber(as, { friendly_name: 'Here' });
    const there = verbex.addNumber({ ...number, friendly_name: 'There', _id: 'up-1', provider: 'pia' });
    await link(number._id);
    await until(number._id, 'drift');
    expect([there.friendly_name, (await getNumber(as, number._id)).friendly_name]).toEqual(['There', 'Here']);
    expect(writes()).toEqual([]);
    expect(await drift()).toMatchObject([
      { phone_number_id: number._id, state: 'drift', fields: [{ mine: 'Here', theirs: 'There' }, {}, {}] },
    ]);
  });

  test('is refused with an agent that the platform does not know, and one may not be given it', async () => {
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

  test('can be linked once in a role, to a connection that is there', async () => {
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

  test('is forgotten without a word to the platform', async () => {
    const number = await linked();
    const before = verbex.requests.length;
    expect((await as.request('DELETE', linkPath(number._id))).status).toBe(204);
    expect((await patch(number._id, { friendly_name: 'Alone' })).status).toBe(200);
    expect(verbex.requests).toHaveLength(before);
    expect((await getNumber(as, number._id)).links).toEqual([]);
  });
});

describe('a save of a linked number', () => {
  test('answers 200 once the platform has it, and keeps there what is not known here', async () => {
    const number = await linked({ friendly_name: 'Before' });
    const answer = await patch(number._id, { friendly_name: 'After', notes: 'stays here' });
    expect(answer).toMatchObject({ status: 200 });
    expect(etagOf(answer)).toBe('"2"');
    expect(stateOf(numberOf(answer))).toBe('synced');
    expect(thereOf(number)).toMatchObject({ friendly_name: 'After', workspace_id: 'w-7' });
    expect(thereOf(number)).not.toHaveProperty('notes');
  });

  test('wipes nothing there, whatever the platform wipes', async () => {
    const number = await linked({
      provider: 'sip',
      sip_termination_uri: 'sip.example.com',
      sip_trunk_username: 'user',
      sip_trunk_password: 'trunk-secret-2',
    });
    for (const secrets of ['clear', 'masked', 'withheld'] as const) {
      verbex.state.secrets = secrets;
      expect((await patch(number._id, { friendly_name: `With ${secrets}` })).status).toBe(200);
      expect(thereOf(number)).toMatchObject({
        friendly_name: `With ${secrets}`,
        sip_termination_uri: 'sip.example.com',
        sip_trunk_username: 'user',
        sip_trunk_password: 'trunk-secret-2',
      });
    }
    expect((await patch(number._id, { sip_trunk_password: 'trunk-secret-3' })).status).toBe(200);
    expect(thereOf(number)).toMatchObject({ sip_trunk_password: 'trunk-secret-3' });
  });

  test('answers 202 where it is not there, and is there later', async () => {
    const number = await linked();
    verbex.decideBy(() => ({ does: 'fail', when: 'before' }));
    const answer = await patch(number._id, { friendly_name: 'Later' });
    expect(answer).toMatchObject({ status: 202 });
    expect(etagOf(answer)).toBe('"2"');
    expect(numberOf(answer)).toMatchObject({ friendly_name: 'Later', links: [{ state: 'retrying' }] });
    expect(await pending()).toMatchObject([{ act: 'push', fields: ['friendly_name'], attempt: 1 }]);
    verbex.decideBy(() => null);
    await until(number._id, 'synced');
    expect(thereOf(number)).toMatchObject({ friendly_name: 'Later' });
  });

  test.for([
    { does: 'drop', when: 'after' },
    { does: 'fail', when: 'after' },
    { does: 'answer_html', when: 'after' },
  ] as const)('whose answer is lost is read back, and sent once: %j', async (fault) => {
    const number = await linked();
    verbex.next(null, fault);
    expect((await patch(number._id, { friendly_name: 'Once' })).status).toBe(200);
    expect(writes().filter(({ method }) => method === 'PATCH')).toHaveLength(1);
  });

  test('overwrites nothing that was changed there: a conflict, resolved either way', async () => {
    const number = await linked({ friendly_name: 'Both' });
    const there = thereOf(number);
    if (there) there['friendly_name'] = 'Theirs';
    const answer = await patch(number._id, { friendly_name: 'Mine' });
    expect(answer.status).toBe(202);
    expect(stateOf(numberOf(answer))).toBe('conflict');
    expect(there).toMatchObject({ friendly_name: 'Theirs' });
    const detail = await detailOf(number._id);
    expect(detail.fields[0]).toMatchObject({ mine: 'Mine', theirs: 'Theirs', seen: 'Both', state: 'both' });
    const kept = await act(number._id, 'keep-mine', { fields: ['friendly_name'] });
    expect(kept.status).toBe(200);
    expect(there).toMatchObject({ friendly_name: 'Mine' });

    if (there) there['friendly_name'] = 'Theirs again';
    await patch(number._id, { friendly_name: 'Mine again' });
    const taken = await act(number._id, 'take-theirs', {});
    expect(taken).toMatchObject({ status: 200, body: { friendly_name: 'Theirs again' } });
    expect(there).toMatchObject({ friendly_name: 'Theirs again' });
    expect(await pending()).toEqual([]);
  });

  test('of another field goes on, and what was changed there is told', async () => {
    const agent = await addAgent('Asha', 'agent-1');
    const number = await linked({ friendly_name: 'Mine' });
    const there = thereOf(number);
    if (there) there['friendly_name'] = 'Theirs';
    const answer = await patch(number._id, { inbound_agent_id: agent.ai_agent_id });
    expect(answer.status).toBe(202);
    expect(numberOf(answer).links).toMatchObject([{ state: 'drift', reason: 'changed_there' }]);
    expect(there).toMatchObject({ friendly_name: 'Theirs', inbound_agent_id: 'agent-1' });
  });

  test('that the platform refuses waits for somebody, and says why', async () => {
    const number = await linked();
    verbex.next(null, {
      does: 'answer',
      status: 422,
      body: { detail: [{ loc: ['body', 'friendly_name'], msg: 'Too rude' }] },
    });
    const answer = await patch(number._id, { friendly_name: 'Rude' });
    expect(answer.status).toBe(202);
    expect(numberOf(answer).links).toMatchObject([
      { state: 'refused', reason: 'rejected', message: expect.stringContaining('Too rude') as string },
    ]);
    expect((await act(number._id, 'retry')).status).toBe(200);
    expect(thereOf(number)).toMatchObject({ friendly_name: 'Rude' });
  });

  test('stops with the key, and goes on with another', async () => {
    const number = await linked();
    const old = verbex.state.key;
    verbex.state.key = 'another';
    expect((await patch(number._id, { friendly_name: 'Kept' })).status).toBe(202);
    const path = `/v1/connections/${connection.connection_id}`;
    expect((await as.request('GET', path)).body).toMatchObject({ state: 'refused' });
    const asked = verbex.requests.length;
    expect((await patch(number._id, { friendly_name: 'Kept too' })).status).toBe(202);
    expect(verbex.requests).toHaveLength(asked);
    expect(old).not.toBe('another');
    const body = { settings: { base_url: verbex.url }, credentials: { api_key: 'another' } };
    expect((await as.request('PATCH', path, { body })).status).toBe(200);
    await until(number._id, 'synced');
    expect(thereOf(number)).toMatchObject({ friendly_name: 'Kept too' });
  });

  test('waits as long as the platform asks', async () => {
    const number = await linked();
    verbex.next({ does: 'answer', status: 429, headers: { 'retry-after': '1' } });
    const answer = await patch(number._id, { friendly_name: 'Patient' });
    expect(answer.status).toBe(202);
    expect(numberOf(answer).links).toMatchObject([{ state: 'retrying', reason: 'rate_limited' }]);
    await until(number._id, 'synced');
  });

  test('may send its links back, whatever they became, and no others', async () => {
    const number = await linked();
    const links = number.links.map((each) => ({ ...each, state: 'gone', since: '2026-01-01T00:00:00.000Z' }));
    expect((await patch(number._id, { friendly_name: 'Whole', links })).status).toBe(200);
    const other = [{ role: 'platform', connection_id: 'ffffffffffffffffffffffff' }];
    expectProblem(await patch(number._id, { links: other }), 422, 'read_only');
    expectProblem(await patch(number._id, { links: [] }), 422, 'read_only');
  });

  test('asked for again with its key answers the record as it is', async () => {
    const number = await linked();
    const headers = { 'idempotency-key': 'save-1' };
    expect((await patch(number._id, { friendly_name: 'Once' }, headers)).status).toBe(200);
    const again = await patch(number._id, { friendly_name: 'Once' }, headers);
    expect(again).toMatchObject({ status: 200, body: { friendly_name: 'Once' } });
    expect(etagOf(again)).toBe('"2"');
  });

  test('is put back to what the platform had before', async () => {
    const number = await linked({ friendly_name: 'First' });
    await patch(number._id, { friendly_name: 'Second' });
    expect((await detailOf(number._id)).before_images).toHaveLength(1);
    expect(await act(number._id, 'restore', {})).toMatchObject({
      status: 200,
      body: { friendly_name: 'First' },
    });
    expect(thereOf(number)).toMatchObject({ friendly_name: 'First' });
  });

  test('of a number that is gone there says so, and deletes nothing', async () => {
    const number = await linked();
    verbex.state.numbers.clear();
    const answer = await patch(number._id, { friendly_name: 'Gone' });
    expect(answer.status).toBe(202);
    expect(stateOf(numberOf(answer))).toBe('gone');
    expect(await getNumber(as, number._id)).toMatchObject({ friendly_name: 'Gone' });
  });
});

describe('a linked number that is deleted', () => {
  const remove = (id: string, query = '') => as.request('DELETE', `/v1/phone-numbers/${id}${query}`);
  const restore = (id: string) => as.request('POST', `/v1/phone-numbers/${id}/restore`);

  test('is forgotten here alone, and comes back linked', async () => {
    const number = await linked();
    expect((await remove(number._id)).status).toBe(204);
    expect(thereOf(number)).toBeDefined();
    await restore(number._id);
    await until(number._id, 'synced');
  });

  test('is deleted there, where that is asked for, and comes back unlinked', async () => {
    const number = await linked();
    expect((await remove(number._id, '?platform=delete')).status).toBe(204);
    await expect.poll(() => thereOf(number)).toBeUndefined();
    await expect.poll(async () => pending()).toEqual([]);
    await restore(number._id);
    expect((await getNumber(as, number._id)).links).toEqual([]);
  });

  test('is not deleted there any more once it is restored', async () => {
    const number = await linked();
    await as.request('POST', `/v1/connections/${connection.connection_id}/pause`);
    await remove(number._id, '?platform=delete');
    await restore(number._id);
    await as.request('POST', `/v1/connections/${connection.connection_id}/resume`);
    await until(number._id, 'synced');
    expect(thereOf(number)).toBeDefined();
  });

  test('needs the right to the connection, too', async () => {
    const number = await addNumber(as, { phone_number: anyNumber() });
    const key = await cordboard.withKey(['numbers:write']);
    expectProblem(
      await key.request('DELETE', `/v1/phone-numbers/${number._id}?platform=delete`),
      403,
      'forbidden',
    );
  });
});
