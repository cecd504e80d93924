import { describe, expect } from 'vitest';
import { linkDetailSchema, pendingChangeListSchema } from '#contract/connections/links.ts';
import { addNumber, expectProblem, getNumber } from '#server/testing/given.ts';
import type { Caller, TestAnswer } from '#server/testing/test-app.ts';
import { linkPath, numberOf, stateOf, test } from '#server/testing/verbex/connected.ts';

const etagOf = ({ headers }: TestAnswer<unknown>) => headers.get('etag');
const pending = async (as: Caller) =>
  pendingChangeListSchema.parse((await as.request('GET', '/v1/pending-changes')).body).pending_changes;
const detailOf = async (as: Caller, id: string) =>
  linkDetailSchema.parse((await as.request('GET', linkPath(id))).body);

describe('a save of a linked number', () => {
  test('answers 200 once the platform has it, and keeps there what is not known here', async ({
    connected: { patch, linked, thereOf },
  }) => {
    const number = await linked({ friendly_name: 'Before' });
    const answer = await patch(number._id, { friendly_name: 'After', notes: 'stays here' });
    expect(answer).toMatchObject({ status: 200 });
    expect(etagOf(answer)).toBe('"2"');
    expect(stateOf(numberOf(answer))).toBe('synced');
    expect(thereOf(number)).toMatchObject({ friendly_name: 'After', workspace_id: 'w-7' });
    expect(thereOf(number)).not.toHaveProperty('notes');
  });

  test('wipes nothing there, whatever the platform wipes', async ({
    connected: { verbex, patch, linked, thereOf },
  }) => {
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

  test('sends what the platform leaves out while it is empty', async ({
    connected: { verbex, addAgent, patch, linked, thereOf },
  }) => {
    verbex.state.omitsNulls = true;
    const agent = await addAgent('Asha', 'agent-1');
    const number = await linked({ friendly_name: 'Named' });
    expect((await patch(number._id, { outbound_agent_id: agent.ai_agent_id })).status).toBe(200);
    expect(thereOf(number)).toMatchObject({ outbound_agent_id: 'agent-1', friendly_name: 'Named' });
    expect((await patch(number._id, { outbound_agent_id: null })).status).toBe(200);
    expect(thereOf(number)).toMatchObject({ outbound_agent_id: null });
  });

  test('sends a credential that is typed where the platform tells none', async ({
    connected: { as, verbex, patch, link, until, thereOf },
  }) => {
    verbex.state.secrets = 'withheld';
    const number = await addNumber(as, { provider: 'sip' });
    verbex.addNumber({
      phone_number: number.phone_number,
      provider: 'sip',
      sip_trunk_password: 'known-there',
    });
    await link(number._id);
    // What is left out could be wiped, so nothing is written without it.
    await until(number._id, 'held');
    expect((await patch(number._id, { friendly_name: 'Named' })).status).toBe(202);
    expect(thereOf(number)).toMatchObject({ friendly_name: null, sip_trunk_password: 'known-there' });
    expect((await patch(number._id, { sip_trunk_password: 'typed-here' })).status).toBe(200);
    expect(thereOf(number)).toMatchObject({ friendly_name: 'Named', sip_trunk_password: 'typed-here' });
  });

  test('answers 202 where it is not there, and is there later', async ({
    connected: { verbex, as, patch, until, linked, thereOf },
  }) => {
    const number = await linked();
    verbex.decideBy(() => ({ does: 'fail', when: 'before' }));
    const answer = await patch(number._id, { friendly_name: 'Later' });
    expect(answer).toMatchObject({ status: 202 });
    expect(etagOf(answer)).toBe('"2"');
    expect(numberOf(answer)).toMatchObject({ friendly_name: 'Later', links: [{ state: 'retrying' }] });
    expect(await pending(as)).toMatchObject([{ act: 'push', fields: ['friendly_name'], attempt: 1 }]);
    verbex.decideBy(() => null);
    await until(number._id, 'synced');
    expect(thereOf(number)).toMatchObject({ friendly_name: 'Later' });
  });

  test.for([
    { does: 'drop', when: 'after' },
    { does: 'fail', when: 'after' },
    { does: 'answer_html', when: 'after' },
  ] as const)(
    'whose answer is lost is read back, and sent once: %j',
    async (fault, { connected: { verbex, patch, linked, writes } }) => {
      const number = await linked();
      verbex.next(null, fault);
      expect((await patch(number._id, { friendly_name: 'Once' })).status).toBe(200);
      expect(writes().filter((method) => method === 'PATCH')).toHaveLength(1);
    },
  );

  test('overwrites nothing that was changed there: a conflict, resolved either way', async ({
    connected: { as, act, patch, linked, thereOf },
  }) => {
    const number = await linked({ friendly_name: 'Both' });
    const there = thereOf(number);
    if (there) there['friendly_name'] = 'Theirs';
    const answer = await patch(number._id, { friendly_name: 'Mine' });
    expect(answer.status).toBe(202);
    expect(stateOf(numberOf(answer))).toBe('conflict');
    expect(there).toMatchObject({ friendly_name: 'Theirs' });
    const detail = await detailOf(as, number._id);
    expect(detail.fields[0]).toMatchObject({ mine: 'Mine', theirs: 'Theirs', seen: 'Both', state: 'both' });
    const kept = await act(number._id, 'keep-mine', { fields: ['friendly_name'] });
    expect(kept.status).toBe(200);
    expect(there).toMatchObject({ friendly_name: 'Mine' });

    if (there) there['friendly_name'] = 'Theirs again';
    await patch(number._id, { friendly_name: 'Mine again' });
    const taken = await act(number._id, 'take-theirs', {});
    expect(taken).toMatchObject({ status: 200, body: { friendly_name: 'Theirs again' } });
    expect(there).toMatchObject({ friendly_name: 'Theirs again' });
    expect(await pending(as)).toEqual([]);
  });

  test('of another field goes on, and what was changed there is told', async ({
    connected: { addAgent, patch, linked, thereOf },
  }) => {
    const agent = await addAgent('Asha', 'agent-1');
    const number = await linked({ friendly_name: 'Mine' });
    const there = thereOf(number);
    if (there) there['friendly_name'] = 'Theirs';
    const answer = await patch(number._id, { inbound_agent_id: agent.ai_agent_id });
    expect(answer.status).toBe(202);
    expect(numberOf(answer).links).toMatchObject([{ state: 'drift', reason: 'changed_there' }]);
    expect(there).toMatchObject({ friendly_name: 'Theirs', inbound_agent_id: 'agent-1' });
  });

  test('that the platform refuses waits for somebody, and says why', async ({
    connected: { verbex, act, patch, linked, thereOf },
  }) => {
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

  test('stops with the key, and goes on with another', async ({
    connected: { verbex, as, connection, patch, until, linked, thereOf },
  }) => {
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

  test('that one key may not make is tried again, and holds up no other', async ({
    connected: { as, connection, verbex, patch, linked },
  }) => {
    const number = await linked();
    const other = await linked();
    verbex.next(null, { does: 'answer', status: 403 });
    const answer = await patch(number._id, { friendly_name: 'Not this one' });
    expect(numberOf(answer).links).toMatchObject([{ state: 'retrying', reason: 'forbidden' }]);
    expect((await patch(other._id, { friendly_name: 'This one' })).status).toBe(200);
    const path = `/v1/connections/${connection.connection_id}`;
    expect((await as.request('GET', path)).body).not.toMatchObject({ state: 'refused' });
  });

  test('of another field does not hide that the platform does not know an agent', async ({
    connected: { as, connection, verbex, addAgent, patch, linked, thereOf },
  }) => {
    const agent = await addAgent('Asha', 'agent-1');
    const number = await linked({ inbound_agent_id: agent.ai_agent_id });
    await as.request('PUT', `/v2/ai-agents/${agent.ai_agent_id}`, {
      body: { upstream_ids: { [connection.connection_id]: null } },
    });
    const there = thereOf(number);
    if (there) there['inbound_agent_id'] = null;
    const answer = await patch(number._id, { friendly_name: 'Another field' });
    expect([answer.status, stateOf(numberOf(answer))]).toEqual([202, 'conflict']);
    expect(thereOf(number)).toMatchObject({ friendly_name: 'Another field', inbound_agent_id: null });
    expect(verbex.state.numbers.size).toBe(1);
  });

  test('waits as long as the platform asks', async ({ connected: { verbex, patch, until, linked } }) => {
    const number = await linked();
    verbex.next({ does: 'answer', status: 429, headers: { 'retry-after': '1' } });
    const answer = await patch(number._id, { friendly_name: 'Patient' });
    expect(answer.status).toBe(202);
    expect(numberOf(answer).links).toMatchObject([{ state: 'retrying', reason: 'rate_limited' }]);
    await until(number._id, 'synced');
  });

  test('may send its links back, whatever they became, and no others', async ({
    connected: { patch, linked },
  }) => {
    const number = await linked();
    const links = number.links.map((each) => ({ ...each, state: 'gone', since: '2026-01-01T00:00:00.000Z' }));
    expect((await patch(number._id, { friendly_name: 'Whole', links })).status).toBe(200);
    const other = [{ role: 'platform', connection_id: 'ffffffffffffffffffffffff' }];
    expectProblem(await patch(number._id, { links: other }), 422, 'read_only');
    expectProblem(await patch(number._id, { links: [] }), 422, 'read_only');
  });

  test('asked for again with its key answers the record as it is', async ({
    connected: { patch, linked },
  }) => {
    const number = await linked();
    const headers = { 'idempotency-key': 'save-1' };
    expect((await patch(number._id, { friendly_name: 'Once' }, headers)).status).toBe(200);
    const again = await patch(number._id, { friendly_name: 'Once' }, headers);
    expect(again).toMatchObject({ status: 200, body: { friendly_name: 'Once' } });
    expect(etagOf(again)).toBe('"2"');
  });

  test('is put back to what the platform had before', async ({
    connected: { as, act, patch, linked, thereOf },
  }) => {
    const number = await linked({ friendly_name: 'First' });
    await patch(number._id, { friendly_name: 'Second' });
    expect((await detailOf(as, number._id)).before_images).toHaveLength(1);
    expect(await act(number._id, 'restore', {})).toMatchObject({
      status: 200,
      body: { friendly_name: 'First' },
    });
    expect(thereOf(number)).toMatchObject({ friendly_name: 'First' });
  });

  test('of a number that is gone there says so, and deletes nothing', async ({
    connected: { verbex, as, patch, linked },
  }) => {
    const number = await linked();
    verbex.state.numbers.clear();
    const answer = await patch(number._id, { friendly_name: 'Gone' });
    expect(answer.status).toBe(202);
    expect(stateOf(numberOf(answer))).toBe('gone');
    expect(await getNumber(as, number._id)).toMatchObject({ friendly_name: 'Gone' });
  });
});
