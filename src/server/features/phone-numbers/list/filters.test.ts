import { describe, expect } from 'vitest';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { test, type Caller } from '#server/testing/test-app.ts';
import {
  addAgent,
  addNumber,
  expectProblem,
  listNumbers,
  patchNumber,
  pointersOf,
  searchOf,
  type Query,
} from '#server/testing/given.ts';
import { trunk, twilioAccount } from '#server/testing/samples.ts';

const path = '/v1/phone-numbers';

/** Names of what a query finds, each counted. */
const finder = (as: Caller) => async (query: Query) => {
  const list = await listNumbers(as, { ...query, sort: 'friendly_name', include: 'total' });
  expect(list).toMatchObject({ total_count: list.phone_numbers.length, total_is_exact: true });
  return list.phone_numbers.map(({ friendly_name: name }: PhoneNumber) => name).join(' ');
};

const giveEstate = async (as: Caller) => {
  const [a, b] = [(await addAgent(as, 'Asha')).ai_agent_id, (await addAgent(as, 'Ben')).ai_agent_id];
  await addNumber(as, {
    ...trunk,
    friendly_name: 'dhaka',
    sip_infra_region: 'bd',
    inbound_agent_id: a,
    labels: ['VIP', 'Night'],
  });
  await addNumber(as, {
    ...trunk,
    phone_number: '+14155552671',
    friendly_name: 'frisco',
    sip_trunk_password: null,
    outbound_agent_id: b,
    labels: ['vip'],
  });
  await addNumber(as, {
    ...twilioAccount,
    phone_number: '+442079460958',
    friendly_name: 'london',
    inbound_agent_id: b,
    outbound_agent_id: a,
  });
  await addNumber(as, { phone_number: '+80012345678', friendly_name: 'free', labels: ['Café'] });
  return { a, b };
};

describe('a filter', () => {
  test('takes several values, and means any of them', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const { a, b } = await giveEstate(as);
    const found = finder(as);
    expect(await found({ provider: ['sip', 'pia'] })).toBe('dhaka free frisco');
    expect(await found({ region: ['bd', 'global'] })).toBe('dhaka frisco');
    expect(await found({ inbound_agent_id: [a, b] })).toBe('dhaka london');
    expect(await found({ inbound_agent_id: ['none', b] })).toBe('free frisco london');
    expect(await found({ outbound_agent_id: ['none', a] })).toBe('dhaka free london');
    expect(await found({ agent_id: [a, 'none'] })).toBe('dhaka free london');
    expect(await found({ agent_id: [b, 'none'] })).toBe('free frisco london');
    expect(await found({ country: ['GB', 'us'] })).toBe('frisco london');
    expect(await found({ country: ['BD', 'none'] })).toBe('dhaka free');
    expect(await found({ answering_now: ['none', a] })).toBe('dhaka free frisco');
    expect(await found({ provider: ['sip', 'twilio'], agent_id: [b], country: ['GB'] })).toBe('london');
  });

  test('finds labels: any of them, all of them, none of them, or whether there are any', async ({
    cordboard,
  }) => {
    const as = cordboard.as('operator');
    await giveEstate(as);
    const found = finder(as);
    expect(await found({ label_any: ['vip', 'cafe\u0301'] })).toBe('dhaka free frisco');
    expect(await found({ label_all: ['Vip', 'night'] })).toBe('dhaka');
    expect(await found({ label_none: ['VIP', 'vip\u200b'] })).toBe('free london');
    expect(await found({ label_any: 'vip', label_none: 'night' })).toBe('frisco');
    expect(await found({ label: 'vip', label_all: 'night' })).toBe('dhaka');
    expect(await found({ has_labels: 'true' })).toBe('dhaka free frisco');
    expect(await found({ has_labels: 'false' })).toBe('london');
    expect(await found({ label_any: 'constructor' })).toBe('');
  });

  test('finds by credential and by the moment of the last change, in any zone', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    await giveEstate(as);
    const found = finder(as);
    expect(await found({ has_credential: 'true' })).toBe('dhaka london');
    expect(await found({ has_credential: 'false' })).toBe('free frisco');
    const [first] = (await listNumbers(as, { sort: 'created_at' })).phone_numbers;
    const { updated_at: changed } = await patchNumber(as, String(first?._id), { notes: 'touched' });
    expect(await found({ changed_since: changed })).toBe('dhaka');
    const later = new Date(Date.parse(changed) + 1).toISOString();
    expect(await found({ changed_since: later })).toBe('');
    const inDhaka = `${new Date(Date.parse(changed) + 6 * 3_600_000).toISOString().slice(0, -1)}+06:00`;
    expect(await found({ changed_since: inDhaka })).toBe('dhaka');
  });

  test('repeated in another order, or with a value twice, is the same list', async ({ cordboard }) => {
    const as = cordboard.as('viewer');
    await giveEstate(cordboard.as('operator'));
    const ask = { sort: 'provider', page_size: '1' };
    const first = await listNumbers(as, { ...ask, provider: ['sip', 'pia', 'sip'], country: ['us', 'none'] });
    const rest = { page_token: String(first.next_page_token), country: ['none', 'US'] };
    const next = await listNumbers(as, { ...ask, ...rest, provider: ['pia', 'sip'] });
    expect([...first.phone_numbers, ...next.phone_numbers].map(({ friendly_name: name }) => name)).toEqual([
      'free',
      'frisco',
    ]);
    expectProblem(
      await as.request('GET', `${path}?${searchOf({ ...ask, ...rest, provider: ['pia'] })}`),
      400,
      'invalid_page_token',
    );
  });

  test.for([
    ['provider=sip&provider=gsm', '/provider invalid_value'],
    ['provider=', '/provider invalid_value'],
    ['provider=gsm&provider=fax', '/provider invalid_value'],
    ['agent_id=none&agent_id=no%20id', '/agent_id invalid_format'],
    ['outbound_agent_id=', '/outbound_agent_id invalid_format'],
    ['answering_now=', '/answering_now invalid_format'],
    ['region=', '/region invalid_value'],
    ['country=XQ', '/country unknown_country'],
    ['country=Bangladesh', '/country invalid_format'],
    ['label_any=', '/label_any too_small'],
    ['label_all=vip&label_all=%E2%80%8B', '/label_all too_small'],
    ['label_none=%00', '/label_none control_characters'],
    ['label=a&label=b', '/label duplicate_parameter'],
    ['has_labels=yes', '/has_labels invalid_value'],
    ['has_credential=', '/has_credential invalid_value'],
    ['has_credential=true&has_credential=false', '/has_credential duplicate_parameter'],
    ['changed_since=yesterday', '/changed_since invalid_format'],
    ['changed_since=2026-02-30T00:00:00Z', '/changed_since invalid_format'],
    ['changed_since=0000-01-01T00:00:00Z', '/changed_since invalid'],
    ['changed_since=9999-12-31T23:59:59-12:00', '/changed_since invalid'],
    ['include=total&include=total', '/include duplicate_parameter'],
    ['__proto__=1&constructor=2', '/__proto__ unknown_field'],
  ] as const)('%s is refused', async ([query, pointer], { cordboard }) => {
    const answer = await cordboard.request('GET', `${path}?${query}`, { actor: 'viewer' });
    expect(answer.status).toBe(422);
    expect(pointersOf(answer.body as never)).toContain(pointer);
  });

  test('takes 50 values and no more, however hostile', async ({ cordboard }) => {
    const as = cordboard.as('viewer');
    await giveEstate(cordboard.as('operator'));
    const hostile = ["'; drop table phone_number; --", '{a,b}', '"', '\\', '%', '_', 'NULL', '$1', '🏳️‍🌈'];
    const many = (count: number) => Array.from({ length: count }, (_, at) => `${hostile[at % 9]}${at}`);
    for (const name of ['label_any', 'label_all', 'label_none']) {
      const answer = await as.request('GET', `${path}?${searchOf({ [name]: many(50) })}`);
      expect(answer.status).toBe(200);
      const refused = await as.request('GET', `${path}?${searchOf({ [name]: many(51) })}`);
      expect(pointersOf(expectProblem(refused, 422, 'validation_failed'))).toEqual([`/${name} too_big`]);
    }
    const ids = (count: number) => Array.from({ length: count }, (_, at) => `agent${at}`);
    for (const name of ['inbound_agent_id', 'agent_id', 'answering_now']) {
      expect((await listNumbers(as, { [name]: ids(50) })).phone_numbers).toEqual([]);
      const refused = await as.request('GET', `${path}?${searchOf({ [name]: ids(51) })}`);
      expect(pointersOf(expectProblem(refused, 422, 'validation_failed'))).toEqual([`/${name} too_big`]);
    }
  });
});

describe('the orders by provider and by country', () => {
  test('are walked both ways, numbers of no one country last', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    await giveEstate(as);
    const names = async (sort: string) =>
      (await listNumbers(as, { sort })).phone_numbers.map(({ friendly_name: name }) => name).join(' ');
    expect(await names('country')).toBe('dhaka london frisco free');
    expect(await names('-country')).toBe('free frisco london dhaka');
    expect(await names('provider')).toMatch(/^free (?:dhaka frisco|frisco dhaka) london$/);
    expect(await names('-provider')).toMatch(/^london (?:dhaka frisco|frisco dhaka) free$/);
  });
});
