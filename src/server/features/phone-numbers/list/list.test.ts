import { describe, expect } from 'vitest';
import { phoneNumberSorts } from '#contract/numbers/list/list-filters.ts';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { test } from '#server/testing/test-app.ts';
import {
  addAgent,
  addNumber,
  anyNumber,
  expectProblem,
  listNumbers,
  patchNumber,
  pointersOf,
  walkList,
} from '#server/testing/given.ts';
import { trunk, twilioAccount } from '#server/testing/samples.ts';

const path = '/v1/phone-numbers';
const namesOf = ({ phone_numbers: rows }: { phone_numbers: PhoneNumber[] }) =>
  rows.map(({ friendly_name: name }) => name);

describe('the list', () => {
  test('is newest first, 20 to a page, with and without a trailing slash', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const added = [];
    for (let index = 0; index < 22; index++) added.push((await addNumber(as))._id);
    const first = await listNumbers(as);
    expect(first.phone_numbers).toHaveLength(20);
    expect(first.total_count).toBeUndefined();
    expect(await walkList(as, { page_size: '7' })).toHaveLength(22);
    expect(new Set(await walkList(as, {}))).toEqual(new Set(added));
    expect((await as.request('GET', `${path}/`)).body).toEqual(first);
  });

  test('sorts by each field both ways; numbers without a friendly name sort last, and ties are broken', async ({
    cordboard,
  }) => {
    const as = cordboard.as('operator');
    const ids: Record<string, string> = {};
    for (const name of ['beta', 'Älpha', 'alpha2', null, 'beta', null]) {
      const number = await addNumber(as, name === null ? {} : { friendly_name: name });
      ids[number._id] = name ?? 'none';
    }
    const names = async (sort: string) => (await walkList(as, { sort, page_size: '2' })).map((id) => ids[id]);
    expect(await names('friendly_name')).toEqual(['Älpha', 'alpha2', 'beta', 'beta', 'none', 'none']);
    expect(await names('-friendly_name')).toEqual(['none', 'none', 'beta', 'beta', 'alpha2', 'Älpha']);
    for (const field of phoneNumberSorts) {
      const up = await walkList(as, { sort: field, page_size: '1' });
      expect(up).toHaveLength(6);
      expect(await walkList(as, { sort: `-${field}`, page_size: '1' })).toEqual(up.toReversed());
    }
  });

  test('what was changed last comes first under -updated_at', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const [first] = [await addNumber(as), await addNumber(as), await addNumber(as)];
    await patchNumber(as, first._id, { notes: 'touched' });
    expect((await listNumbers(as, { sort: '-updated_at' })).phone_numbers[0]?._id).toBe(first._id);
  });

  test('can be entered in its middle', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    for (let index = 0; index < 9; index++) await addNumber(as);
    const all = await walkList(as, { sort: 'phone_number' });
    const middle = await listNumbers(as, { sort: 'phone_number', skip: '4', page_size: '3' });
    expect(middle.phone_numbers.map(({ _id }) => _id)).toEqual(all.slice(4, 7));
    const next = await listNumbers(as, {
      sort: 'phone_number',
      page_token: String(middle.next_page_token),
      skip: '1',
      page_size: '5',
    });
    expect(next.phone_numbers.map(({ _id }) => _id)).toEqual(all.slice(8));
    expect((await listNumbers(as, { skip: '100' })).phone_numbers).toEqual([]);
  });

  test('filters by provider, region, agent, label and fingerprint, and counts what it leaves', async ({
    cordboard,
  }) => {
    const as = cordboard.as('operator');
    const [asha, ben] = [await addAgent(as, 'Asha'), await addAgent(as, 'Ben')];
    const [a, b] = [asha.ai_agent_id, ben.ai_agent_id];
    const sip = await addNumber(as, {
      ...trunk,
      friendly_name: 'sip',
      sip_infra_region: 'bd',
      inbound_agent_id: a,
      labels: ['VIP'],
    });
    await addNumber(as, {
      ...twilioAccount,
      friendly_name: 'twilio',
      outbound_agent_id: a,
      inbound_agent_id: b,
    });
    await addNumber(as, { friendly_name: 'pia', labels: ['vip', 'night'] });
    const found = async (query: Record<string, string>) => {
      const list = await listNumbers(as, { ...query, sort: 'friendly_name', include: 'total' });
      expect(list).toMatchObject({ total_count: list.phone_numbers.length, total_is_exact: true });
      return namesOf(list);
    };
    expect(await found({})).toEqual(['pia', 'sip', 'twilio']);
    expect(await found({ provider: 'twilio' })).toEqual(['twilio']);
    expect(await found({ region: 'bd' })).toEqual(['sip']);
    expect(await found({ region: 'global' })).toEqual([]);
    expect(await found({ inbound_agent_id: a })).toEqual(['sip']);
    expect(await found({ outbound_agent_id: a })).toEqual(['twilio']);
    expect(await found({ agent_id: a })).toEqual(['sip', 'twilio']);
    expect(await found({ inbound_agent_id: 'none' })).toEqual(['pia']);
    expect(await found({ outbound_agent_id: 'none' })).toEqual(['pia', 'sip']);
    expect(await found({ agent_id: 'none' })).toEqual(['pia']);
    expect(await found({ agent_id: 'nobody' })).toEqual([]);
    expect(await found({ label: 'Vip' })).toEqual(['pia', 'sip']);
    expect(
      await found({ fingerprint: sip.provider === 'sip' ? String(sip.sip_trunk_password_fingerprint) : '' }),
    ).toEqual(['sip']);
    expect(await found({ provider: 'sip', label: 'vip', q: 'carrier' })).toEqual(['sip']);
  });

  test.for([
    ['page_size=0', '/page_size too_small'],
    ['page_size=101', '/page_size too_big'],
    ['page_size=ten', '/page_size invalid_type'],
    ['skip=-1', '/skip too_small'],
    ['sort=color', '/sort invalid_value'],
    ['provider=gsm', '/provider invalid_value'],
    ['region=mars', '/region invalid_value'],
    ['fingerprint=xyz', '/fingerprint invalid_format'],
    ['inbound_agent_id=no%20id', '/inbound_agent_id invalid_format'],
    ['colour=red', '/colour unknown_field'],
    ['page_size=5&page_size=6', '/page_size duplicate_parameter'],
  ] as const)('%s is refused', async ([query, pointer], { cordboard }) => {
    const answer = await cordboard.request('GET', `${path}?${query}`, { actor: 'viewer' });
    expect(answer.status).toBe(422);
    expect(pointersOf(answer.body as never)).toEqual([pointer]);
  });
});

describe('a page token', () => {
  test('from another list, order or filter, made up or changed is refused', async ({ cordboard }) => {
    const as = cordboard.as('admin');
    for (let index = 0; index < 3; index++) await addNumber(as);
    const token = String((await listNumbers(as, { page_size: '1', sort: 'phone_number' })).next_page_token);
    const flipped = (token.startsWith('A') ? 'B' : 'A') + token.slice(1);
    const ask = (query: Record<string, string>) =>
      as.request('GET', `${path}?${new URLSearchParams(query).toString()}`);
    expect((await ask({ page_token: token, sort: 'phone_number', page_size: '2' })).status).toBe(200);
    const foreign: Record<string, string>[] = [
      { page_token: token },
      { page_token: token, sort: '-phone_number' },
      { page_token: token, sort: 'phone_number', provider: 'pia' },
      { page_token: token, sort: 'phone_number', has_labels: 'false' },
      { page_token: token, sort: 'phone_number', q: 'x' },
      { page_token: flipped, sort: 'phone_number' },
      { page_token: `${token}=`, sort: 'phone_number' },
      { page_token: `${token} `, sort: 'phone_number' },
      { page_token: token.slice(0, -1), sort: 'phone_number' },
      { page_token: 'made-up', sort: 'phone_number' },
      { page_token: Buffer.from('["+1","x"]').toString('base64url'), sort: 'phone_number' },
    ];
    for (const query of foreign) expectProblem(await ask(query), 400, 'invalid_page_token');
    expectProblem(await as.request('GET', `/v1/audit-events?page_token=${token}`), 400, 'invalid_page_token');
    expectProblem(await as.request('GET', `/v2/ai-agents?page_token=${token}`), 400, 'invalid_page_token');
  });
});

describe('paging while rows come and go', () => {
  // Whatever is there from first page to last is seen exactly once, whatever is added or deleted between the
  // pages.
  test.for([
    'phone_number',
    '-phone_number',
    'friendly_name',
    '-friendly_name',
    'created_at',
    '-created_at',
    'provider',
    '-country',
  ] as const)('by %s, no row repeats and none that stays is hidden', async (sort, { cordboard }) => {
    const as = cordboard.as('operator');
    const names = ['a', 'b', 'c', null];
    const addOne = async () => {
      const name = names[Math.floor(Math.random() * names.length)];
      return (
        await addNumber(as, { phone_number: anyNumber(), ...(name !== null && { friendly_name: name }) })
      )._id;
    };
    const staying: string[] = [];
    const leaving: string[] = [];
    for (let index = 0; index < 40; index++) (index % 3 === 0 ? leaving : staying).push(await addOne());
    const seen = await walkList(as, { sort, page_size: '6' }, async () => {
      const gone = leaving.splice(Math.floor(Math.random() * leaving.length), 2);
      for (const id of gone) await as.request('DELETE', `${path}/${id}`);
      await addOne();
      await addOne();
    });
    expect(new Set(seen).size).toBe(seen.length);
    expect(staying.filter((id) => !seen.includes(id))).toEqual([]);
  });
});
