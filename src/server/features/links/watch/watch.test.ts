import { describe, expect, test } from 'vitest';
import { agentAnswerSchema } from '#contract/agents.ts';
import { getNumber } from '#server/testing/given.ts';
import { openWatched, PATIENCE } from '#server/testing/given-watched.ts';

const {
  cordboard,
  verbex,
  as,
  connection,
  read,
  linkOf,
  request,
  check,
  watched,
  linked,
  thereOf,
  act,
  drift,
} = openWatched(20);

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
    await cordboard().database.query(`update phone_number set friendly_name = 'Mine' where id = $1`, [
      number._id,
    ]);
    thereOf(number)['friendly_name'] = 'Theirs';
    await watched();
    expect(await linkOf(number)).toMatchObject({ state: 'conflict', reason: 'changed_on_both_sides' });
    expect(await drift()).toMatchObject([{ fields: [{ state: 'both' }, {}, {}] }]);
  });

  test('may be an agent: by the id that it has there', async () => {
    const added = await request('POST', '/v2/ai-agents', {
      agent_name: 'Asha',
      upstream_ids: { [connection().connection_id]: 'agent-1' },
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
    const stored = await cordboard().database.query(
      'select seen, seen_marks, theirs, theirs_marks from number_link',
    );
    expect(JSON.stringify([stored, await drift(), cordboard().logLines])).not.toContain('canary-of-theirs');
    expect((await act(number, 'take-theirs')).status).toBe(200);
    await watched();
    expect(await linkOf(number)).toMatchObject({ state: 'synced' });
  });

  test('in fields that a platform withholds cannot be seen, and what is missing here is held', async () => {
    const number = await linked(sip);
    verbex().state.secrets = 'withheld';
    thereOf(number)['sip_trunk_password'] = 'another';
    await watched();
    expect(await linkOf(number)).toMatchObject({ state: 'synced' });
    // As an import leaves it.
    await cordboard().database.query('delete from credential');
    await cordboard().database.query(`update phone_number set credential_fingerprints = '{}'`);
    await watched();
    expect(await linkOf(number)).toMatchObject({ state: 'held', reason: 'credential_missing' });
  });
});

describe('a number that is not there any more', () => {
  test.for([404, 500] as const)(
    'is gone, said by %i, deleted nowhere, and may come back',
    async (missing) => {
      verbex().state.missing = missing;
      const [number, other] = [await linked({ friendly_name: 'Kept' }), await linked()];
      const there = thereOf(number);
      verbex().state.numbers.delete(String(there['_id']));
      const before = verbex().requests.length;
      await watched();
      expect(await linkOf(number)).toMatchObject({ state: 'gone', reason: 'gone' });
      expect(await linkOf(other)).toMatchObject({ state: 'synced' });
      expect(await getNumber(as(), number._id)).toMatchObject({ friendly_name: 'Kept' });
      expect(await drift()).toMatchObject([{ phone_number_id: number._id, state: 'gone' }]);
      // The check, the list, and the number itself: the list is not read again for it.
      expect(
        verbex()
          .requests.slice(before)
          .map(({ path: asked }) => asked),
      ).toEqual(['/v1/phone-numbers', '/v1/phone-numbers', `/v1/phone-numbers/${String(there['_id'])}`]);
      await watched();
      expect(await linkOf(number)).toMatchObject({ state: 'gone' });

      verbex().state.numbers.set(String(there['_id']), there);
      await watched();
      expect(await linkOf(number)).toMatchObject({ state: 'synced' });
    },
  );

  test('is not gone where the list ends too early: it is asked for, and compared', async () => {
    const number = await linked({ friendly_name: 'Here' });
    thereOf(number)['friendly_name'] = 'There';
    verbex().decideBy(({ path: asked }) =>
      asked === '/v1/phone-numbers'
        ? { does: 'answer', status: 200, body: { phone_numbers: [], next_page_token: null } }
        : null,
    );
    await watched();
    expect(await linkOf(number)).toMatchObject({ state: 'drift', reason: 'changed_there' });
  });

  test.for<[string, () => void]>([
    ['fails', () => verbex().next(null, { does: 'fail', when: 'before' })],
    ['is no list', () => verbex().next(null, { does: 'answer', status: 200, body: { detail: 'later' } })],
    ['is HTML', () => verbex().next(null, { does: 'answer_html', when: 'before' })],
    ['never ends', () => void (verbex().state.pages = 'never_end')],
  ])('is not gone where the list %s', async ([, spoil]) => {
    const number = await linked();
    const there = thereOf(number);
    verbex().state.numbers.delete(String(there['_id']));
    spoil();
    const { watched_at: at, state } = await watched();
    expect([at, state]).toEqual([null, 'ok']);
    expect(await linkOf(number)).toMatchObject({ state: 'synced' });
  });

  test('is not gone because the key is refused, which the connection says', async () => {
    const number = await linked();
    verbex().state.numbers.clear();
    verbex().next(null, { does: 'answer', status: 401, body: { message: 'API key has expired' } });
    await check();
    await expect.poll(async () => (await read()).state, PATIENCE).toBe('refused');
    expect(await read()).toMatchObject({ reason: 'credentials_refused', next_watch_at: null });
    expect(await linkOf(number)).toMatchObject({ state: 'synced' });
  });
});
