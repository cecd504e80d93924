import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createEgress } from '#server/platform/egress/egress.ts';
import type { Page, UpstreamClient } from '#server/features/connections/kinds/upstream/connection-kind.ts';
import { startVerbex, type VerbexStandIn } from '#server/testing/verbex/start-verbex.ts';
import { readNumber } from './read-records.ts';
import { verbex } from './verbex.ts';

const egress = createEgress({ allowedNetworks: [], allowLoopback: true });
let platform: VerbexStandIn;
let client: UpstreamClient;
beforeEach(async () => {
  platform = await startVerbex();
  client = { egress, baseUrl: platform.url, credentials: { api_key: platform.state.key } };
});
afterEach(() => platform.close());

const pagesOf = async <T>(list: AsyncIterable<Page<T>>) => {
  const pages: Page<T>[] = [];
  for await (const page of list) pages.push(page);
  return pages;
};
const itemsOf = async <T>(list: AsyncIterable<Page<T>>) =>
  (await pagesOf(list)).flatMap(({ items }) => items);
const addSip = (given: Record<string, unknown> = {}) =>
  platform.addNumber({ phone_number: '+14155552671', provider: 'sip', friendly_name: 'Desk', ...given });

describe('lists', () => {
  test.for([0, 1, 99, 100, 200, 250])('%i numbers are read by the hundred, each once', async (many) => {
    for (let at = 0; at < many; at++) addSip({ phone_number: `+1415555${1000 + at}` });
    const read = await itemsOf(verbex.listNumbers(client));
    expect(read.map(({ id }) => id)).toEqual([...platform.state.numbers.keys()]);
    // Where the last page is full, an empty one follows.
    expect(platform.requests.length).toBe(Math.floor(many / 100) + 1);
    expect(
      platform.requests.every(({ method, query }) => method === 'GET' && query.get('page_size') === '100'),
    ).toBe(true);
  });

  test('agents come with their names, and lists under any base address', async () => {
    platform.addAgent('agent-1', 'Ada');
    expect(await itemsOf(verbex.listAgents({ ...client, baseUrl: `${platform.url}/` }))).toEqual([
      {
        id: 'agent-1',
        name: 'Ada',
        status: 'active',
        language: 'en',
        raw: { ai_agent_id: 'agent-1', agent_name: 'Ada', agent_status: 'active', language_code: 'en' },
      },
    ]);
  });

  test('one record that cannot be read does not keep the others away', async () => {
    addSip();
    const broken = addSip({ phone_number: '+14155552672', friendly_name: 7 });
    addSip({ _id: '..', phone_number: '+14155552673' });
    const [page] = await pagesOf(verbex.listNumbers(client));
    expect(page?.items.map(({ phone_number }) => phone_number)).toEqual(['+14155552671']);
    expect(page?.unusable).toEqual([
      { id: broken._id, why: 'friendly_name is missing, or is not what it should be.' },
      { id: '..', why: '_id is missing, or is not what it should be.' },
    ]);
  });

  test.for(['a\0b', 'a\ud800b'])('nor does one that holds %j, which no database keeps', async (text) => {
    const named = addSip({ friendly_name: text });
    const secret = addSip({ phone_number: '+14155552672', sip_trunk_password: text });
    platform.state.secrets = 'clear';
    addSip({ _id: text, phone_number: '+14155552673' });
    addSip({ phone_number: '+14155552674', something_else: text });
    const [page] = await pagesOf(verbex.listNumbers(client));
    expect(page?.items.map(({ phone_number }) => phone_number)).toEqual(['+14155552674']);
    expect(page?.unusable.map(({ id, why }) => [id, why.split(' ')[0]])).toEqual([
      [named._id, 'friendly_name'],
      [secret._id, 'sip_trunk_password'],
      [null, '_id'],
    ]);
    platform.addAgent('agent-1', text);
    const [agents] = await pagesOf(verbex.listAgents(client));
    expect(agents).toMatchObject({ items: [], unusable: [{ id: 'agent-1' }] });
  });

  test.for(['same_token', 'never_end'] as const)(
    'a list that does not end (%s) is given up',
    async (pages) => {
      addSip();
      platform.state.pages = pages;
      await expect(itemsOf(verbex.listNumbers(client))).rejects.toMatchObject({ code: 'endless_pages' });
      expect(platform.requests.length).toBeLessThan(6);
    },
  );
});

describe('a number', () => {
  test('is read with its fields by name, and everything else is kept', async () => {
    const { _id } = addSip({ sip_trunk_password: 'hunter2', new_field: { deep: [1] } });
    expect(await verbex.getNumber(client, _id)).toEqual({
      id: _id,
      phone_number: '+14155552671',
      provider: 'sip',
      fields: {
        friendly_name: 'Desk',
        inbound_agent_id: null,
        outbound_agent_id: null,
        sip_termination_uri: null,
        sip_trunk_username: null,
        sip_infra_region: 'global',
      },
      secrets: { sip_trunk_password: { state: 'withheld' } },
      raw: { ...platform.state.numbers.get(_id), sip_trunk_password: '********' },
    });
  });

  test.for([
    ['clear', 'hunter2', { state: 'clear', value: 'hunter2' }],
    ['clear', '', { state: 'none' }],
    ['clear', null, { state: 'none' }],
    ['clear', 'hu***er2', { state: 'withheld' }],
    ['clear', '••••••••', { state: 'withheld' }],
    ['masked', 'hunter2', { state: 'withheld' }],
    ['masked', null, { state: 'none' }],
    ['withheld', 'hunter2', { state: 'withheld' }],
  ] as const)('a secret answered %s (%j) is known as %j', async ([manner, password, known]) => {
    platform.state.secrets = manner;
    const { _id } = addSip({ sip_trunk_password: password });
    expect((await verbex.getNumber(client, _id)).secrets).toEqual({ sip_trunk_password: known });
  });

  test('is changed as a whole, and what is left out is wiped there', async () => {
    const { _id } = addSip({ sip_trunk_password: 'hunter2' });
    const changed = await verbex.patchNumber(client, _id, { friendly_name: 'Front desk' });
    expect(changed.fields['friendly_name']).toBe('Front desk');
    expect(platform.state.numbers.get(_id)).toMatchObject({
      friendly_name: 'Front desk',
      sip_trunk_password: null,
    });
  });

  test('is created once, and a second time refused at its field', async () => {
    const input = { phone_number: '+14155552699', provider: 'sip', fields: { friendly_name: 'New' } };
    const { id } = await verbex.createNumber(client, input);
    expect(platform.state.numbers.get(id)).toMatchObject({ friendly_name: 'New' });
    await expect(verbex.createNumber(client, input)).rejects.toMatchObject({
      code: 'rejected',
      mayHaveChanged: false,
      problems: [{ field: 'phone_number', message: 'already registered' }],
    });
  });

  test('is deleted, and then not there', async () => {
    const { _id } = addSip();
    await verbex.deleteNumber(client, _id);
    await expect(verbex.deleteNumber(client, _id)).rejects.toMatchObject({ code: 'not_found' });
  });

  test.for([404, 500] as const)(
    'that is missing (%i) is gone only where the list is without it',
    async (missing) => {
      platform.state.missing = missing;
      await expect(verbex.getNumber(client, 'gone')).rejects.toMatchObject({
        code: 'not_found',
        status: missing,
      });

      const { _id } = addSip();
      platform.next({ does: 'answer', status: missing });
      await expect(verbex.getNumber(client, _id)).rejects.toMatchObject({ code: 'unavailable' });

      // Everything is "not found" where the platform is not.
      platform.decideBy(() => ({ does: 'answer', status: missing, body: { detail: 'Not Found' } }));
      await expect(verbex.getNumber(client, _id)).rejects.toMatchObject({
        code: missing === 404 ? 'wrong_address' : 'unavailable',
      });
    },
  );

  test('has no field that it merely inherits', () => {
    Reflect.defineProperty(Object.prototype, 'friendly_name', { value: 7, configurable: true });
    try {
      expect(readNumber({ _id: 'a', phone_number: '+14155552671', provider: 'pia' })).toMatchObject({
        isUsable: true,
      });
    } finally {
      Reflect.deleteProperty(Object.prototype, 'friendly_name');
    }
  });

  test('has an id that is one part of a path, whatever it is', async () => {
    const { _id } = addSip({ _id: 'a/../b?c#d' });
    expect((await verbex.getNumber(client, _id)).id).toBe(_id);
  });
});

describe('the check', () => {
  test('says what it saw', async () => {
    addSip();
    expect(await verbex.check(client)).toEqual({
      state: 'ok',
      reason: null,
      message: null,
      keyExpiresAt: null,
      numbersSeen: 1,
    });
  });

  test('reads the end of a key that says it', async () => {
    const claims = Buffer.from(JSON.stringify({ exp: 1_800_000_000 })).toString('base64url');
    for (const [key, end] of [
      [`e30.${claims}.sig`, '2027-01-15T08:00:00.000Z'],
      ['a.b.c', null],
      [`e30.${Buffer.from('{"exp":1e300}').toString('base64url')}.s`, null],
      [`e30.${Buffer.from('{"exp":253402300799}').toString('base64url')}.s`, '9999-12-31T23:59:59.000Z'],
      // In milliseconds.
      [`e30.${Buffer.from('{"exp":1800000000000}').toString('base64url')}.s`, null],
    ] as const) {
      platform.state.key = key;
      expect(await verbex.check({ ...client, credentials: { api_key: key } })).toMatchObject({
        state: 'ok',
        keyExpiresAt: end,
      });
    }
  });

  test('tells a wrong key, an expired one and one that may not from a platform that is away', async () => {
    const wrong = { ...client, credentials: { api_key: 'vbx-hunter2-wrong' } };
    expect(await verbex.check(wrong)).toMatchObject({
      state: 'refused',
      reason: 'credentials_refused',
      message: 'The platform refuses the API key: it has expired, was revoked, or is not written right.',
    });
    platform.state.isKeyExpired = true;
    expect(await verbex.check(client)).toMatchObject({
      state: 'refused',
      reason: 'credentials_refused',
      message: 'The API key has expired: make a new one on the platform, and enter it here.',
    });
    platform.next({ does: 'answer', status: 403, body: { detail: 'Forbidden' } });
    expect(await verbex.check(client)).toMatchObject({ state: 'refused', reason: 'forbidden' });
    const away = { ...client, baseUrl: `${platform.url}/elsewhere` };
    platform.state.isKeyExpired = false;
    expect(await verbex.check(away)).toMatchObject({ state: 'unreachable', reason: 'wrong_address' });
    const nowhere = { ...client, baseUrl: 'https://a.example:99999' };
    expect(await verbex.check(nowhere)).toMatchObject({ state: 'unreachable', reason: 'invalid_url' });
    const safe = createEgress({ allowedNetworks: [], allowLoopback: false });
    const local = { ...client, egress: safe, baseUrl: 'https://127.0.0.1:1' };
    expect(await verbex.check(local)).toMatchObject({
      state: 'unreachable',
      reason: 'forbidden_address',
      message: '127.0.0.1:1 must not be reached: it is this machine itself.',
    });
  });
});
