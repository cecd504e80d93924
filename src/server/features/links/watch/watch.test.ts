import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { agentAnswerSchema } from '#contract/agents.ts';
import { connectionSchema, type Connection } from '#contract/connections/connections.ts';
import { driftListSchema } from '#contract/connections/links.ts';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { addNumber, getNumber } from '#server/testing/given.ts';
import { openTestApp, type Caller, type TestApp } from '#server/testing/test-app.ts';
import { startVerbex, type VerbexStandIn } from '#server/testing/verbex/start-verbex.ts';

let cordboard: TestApp;
let reset: () => Promise<void>;
let verbex: VerbexStandIn;
let as: Caller;
let connection: Connection;

beforeAll(async () => {
  ({ test: cordboard, reset } = await openTestApp({ unsafeAllowLoopback: true }, { watchPaceMs: 20 }));
});
afterAll(() => cordboard.app.close());
beforeEach(async () => {
  await reset();
  verbex = await startVerbex({ secrets: 'clear' });
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

const path = () => `/v1/connections/${connection.connection_id}`;
const read = async () => connectionSchema.parse((await as.request('GET', path())).body);
const PATIENCE = { timeout: 8000, interval: 20 };

/** Reads all numbers there once, from now on, and to an end, be it a good one or not. */
const watched = async (): Promise<Connection> => {
  expect((await as.request('POST', `${path()}/check`)).status).toBe(200);
  const untilDue = () =>
    cordboard.database.query<{ is_due: boolean }>('select watch_due_at < now() as is_due from connection');
  await expect.poll(async () => (await untilDue())[0]?.is_due, PATIENCE).toBe(false);
  return read();
};
const linked = async (body: Record<string, unknown> = {}): Promise<PhoneNumber> => {
  const number = await addNumber(as, body);
  await as.request('POST', `/v1/phone-numbers/${number._id}/links`, {
    body: { role: 'platform', connection_id: connection.connection_id },
  });
  const state = async () => (await getNumber(as, number._id)).links[0]?.state;
  await expect.poll(state, PATIENCE).toBe('synced');
  return getNumber(as, number._id);
};
const thereOf = ({ phone_number: number }: PhoneNumber): Record<string, unknown> => {
  const found = [...verbex.state.numbers.values()].find((record) => record.phone_number === number);
  if (found === undefined) throw new Error('It is not there');
  return found;
};
const linkOf = async ({ _id: id }: PhoneNumber) => (await getNumber(as, id)).links[0];
const drift = async () => driftListSchema.parse((await as.request('GET', '/v1/drift')).body).drift;
const act = (number: PhoneNumber, name: string, body: object = {}) =>
  as.request('POST', `/v1/phone-numbers/${number._id}/links/platform/${name}`, { body });

const sip = {
  provider: 'sip',
  sip_termination_uri: 'sip.example.com',
  sip_trunk_username: 'user',
  sip_trunk_password: 'trunk-secret-1',
};

describe('what is changed there', () => {
  test('alone is drift, listed with both values, until it is as here again', async () => {
    const number = await linked({ friendly_name: 'Here' });
    thereOf(number)['friendly_name'] = 'There';
    await watched();
    expect(await linkOf(number)).toMatchObject({ state: 'drift', reason: 'changed_there' });
    const [listed] = await drift();
    expect(listed).toMatchObject({ phone_number_id: number._id, state: 'drift' });
    expect(listed?.fields[0]).toMatchObject({ mine: 'Here', theirs: 'There', seen: 'Here', state: 'theirs' });
    expect(await read()).toMatchObject({ drifted_numbers: 1 });

    thereOf(number)['friendly_name'] = 'Here';
    await watched();
    expect(await linkOf(number)).toMatchObject({ state: 'synced', reason: null, message: null });
    expect(await drift()).toEqual([]);
  });

  test('is taken over as it was last read, and again where it changes once more', async () => {
    const number = await linked({ friendly_name: 'Here' });
    thereOf(number)['friendly_name'] = 'There';
    await watched();
    thereOf(number)['friendly_name'] = 'There again';
    expect((await act(number, 'take-theirs')).status).toBe(409);
    await watched();
    expect(await act(number, 'take-theirs')).toMatchObject({
      status: 200,
      body: { friendly_name: 'There again', links: [{ state: 'synced' }] },
    });
  });

  test('and here, where nothing waits to be sent, is a conflict', async () => {
    const number = await linked({ friendly_name: 'Both' });
    // As after a restart from an older copy: it is other here, and nobody sends it.
    await cordboard.database.query(`update phone_number set friendly_name = 'Mine' where id = $1`, [
      number._id,
    ]);
    thereOf(number)['friendly_name'] = 'Theirs';
    await watched();
    expect(await linkOf(number)).toMatchObject({ state: 'conflict', reason: 'changed_on_both_sides' });
    expect(await drift()).toMatchObject([{ fields: [{ state: 'both' }, {}, {}] }]);
  });

  test('may be an agent: by the id that it has there', async () => {
    const added = await as.request('POST', '/v2/ai-agents', {
      body: { agent_name: 'Asha', upstream_ids: { [connection.connection_id]: 'agent-1' } },
    });
    const { ai_agent_id: agent } = agentAnswerSchema.parse(added.body).data;
    const number = await linked({ inbound_agent_id: agent });
    await watched();
    expect(await linkOf(number)).toMatchObject({ state: 'synced' });
    thereOf(number)['inbound_agent_id'] = 'agent-2';
    await watched();
    expect((await linkOf(number))?.message).toContain('Changed there');
  });

  test('may be a secret, known by its mark alone', async () => {
    const number = await linked(sip);
    await watched();
    expect(await linkOf(number)).toMatchObject({ state: 'synced' });
    thereOf(number)['sip_trunk_password'] = 'canary-of-theirs';
    await watched();
    expect(await linkOf(number)).toMatchObject({ state: 'drift', reason: 'changed_there' });
    const stored = await cordboard.database.query(
      'select seen, seen_marks, theirs, theirs_marks from number_link',
    );
    expect(JSON.stringify([stored, await drift(), cordboard.logLines])).not.toContain('canary-of-theirs');
    expect((await act(number, 'take-theirs')).status).toBe(200);
    await watched();
    expect(await linkOf(number)).toMatchObject({ state: 'synced' });
  });

  test('in fields that a platform withholds cannot be seen, and what is missing here is held', async () => {
    const number = await linked(sip);
    verbex.state.secrets = 'withheld';
    thereOf(number)['sip_trunk_password'] = 'another';
    await watched();
    expect(await linkOf(number)).toMatchObject({ state: 'synced' });
    // As an import leaves it.
    await cordboard.database.query('delete from credential');
    await cordboard.database.query(`update phone_number set credential_fingerprints = '{}'`);
    await watched();
    expect(await linkOf(number)).toMatchObject({ state: 'held', reason: 'credential_missing' });
  });
});

describe('a number that is not there any more', () => {
  test.for([404, 500] as const)(
    'is gone, said by %i, deleted nowhere, and may come back',
    async (missing) => {
      verbex.state.missing = missing;
      const [number, other] = [await linked({ friendly_name: 'Kept' }), await linked()];
      const there = thereOf(number);
      verbex.state.numbers.delete(String(there['_id']));
      const before = verbex.requests.length;
      await watched();
      expect(await linkOf(number)).toMatchObject({ state: 'gone', reason: 'gone' });
      expect(await linkOf(other)).toMatchObject({ state: 'synced' });
      expect(await getNumber(as, number._id)).toMatchObject({ friendly_name: 'Kept' });
      expect(await drift()).toMatchObject([{ phone_number_id: number._id, state: 'gone' }]);
      // The check, the list, and the number itself: the list is not read again for it.
      expect(verbex.requests.slice(before).map(({ path: asked }) => asked)).toEqual([
        '/v1/phone-numbers',
        '/v1/phone-numbers',
        `/v1/phone-numbers/${String(there['_id'])}`,
      ]);
      await watched();
      expect(await linkOf(number)).toMatchObject({ state: 'gone' });

      verbex.state.numbers.set(String(there['_id']), there as never);
      await watched();
      expect(await linkOf(number)).toMatchObject({ state: 'synced' });
    },
  );

  test('is not gone where the list ends too early: it is asked for, and compared', async () => {
    const number = await linked({ friendly_name: 'Here' });
    thereOf(number)['friendly_name'] = 'There';
    verbex.decideBy(({ path: asked }) =>
      asked === '/v1/phone-numbers'
        ? { does: 'answer', status: 200, body: { phone_numbers: [], next_page_token: null } }
        : null,
    );
    await watched();
    expect(await linkOf(number)).toMatchObject({ state: 'drift', reason: 'changed_there' });
  });

  test.for<[string, () => void]>([
    ['fails', () => verbex.next(null, { does: 'fail', when: 'before' })],
    ['is no list', () => verbex.next(null, { does: 'answer', status: 200, body: { detail: 'later' } })],
    ['is HTML', () => verbex.next(null, { does: 'answer_html', when: 'before' })],
    ['never ends', () => void (verbex.state.pages = 'never_end')],
  ])('is not gone where the list %s', async ([, spoil]) => {
    const number = await linked();
    const there = thereOf(number);
    verbex.state.numbers.delete(String(there['_id']));
    spoil();
    const { watched_at: at, state } = await watched();
    expect([at, state]).toEqual([null, 'ok']);
    expect(await linkOf(number)).toMatchObject({ state: 'synced' });
  });

  test('is not gone because the key is refused, which the connection says', async () => {
    const number = await linked();
    verbex.state.numbers.clear();
    verbex.next(null, { does: 'answer', status: 401, body: { message: 'API key has expired' } });
    await as.request('POST', `${path()}/check`);
    await expect.poll(async () => (await read()).state, PATIENCE).toBe('refused');
    expect(await read()).toMatchObject({ reason: 'credentials_refused', next_watch_at: null });
    expect(await linkOf(number)).toMatchObject({ state: 'synced' });
  });
});
