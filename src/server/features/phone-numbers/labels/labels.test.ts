import { describe, expect } from 'vitest';
import { labelListSchema } from '#contract/numbers/list/label-list.ts';
import { addNumber, expectProblem, patchNumber, searchOf, type Query } from '#server/testing/given.ts';
import { test, type Caller } from '#server/testing/test-app.ts';
import { sumLabelCounts } from './labels-store.ts';

const listLabels = async (as: Caller, query: Query = {}) => {
  const answer = await as.request('GET', `/v1/labels?${searchOf(query)}`);
  expect(answer).toMatchObject({ status: 200 });
  return labelListSchema.parse(answer.body);
};

/** `VIP 2, night 1` */
const wordsOf = async (as: Caller, query: Query = {}) =>
  (await listLabels(as, query)).labels.map(({ label, count }) => `${label} ${count}`).join(', ');

describe('the labels', () => {
  test('are listed with how many numbers carry each, as most of them write it', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    expect(await listLabels(as)).toEqual({ labels: [], next_page_token: null });
    const first = await addNumber(as, { labels: ['vip', 'Night'] });
    await addNumber(as, { labels: ['VIP'] });
    await addNumber(as, { labels: ['VIP', 'b2b'] });
    expect(await wordsOf(as)).toBe('b2b 1, Night 1, VIP 3');
    expect(await wordsOf(cordboard.as(['numbers:read']))).toBe('b2b 1, Night 1, VIP 3');
    await patchNumber(as, first._id, { notes: 'nothing of labels', friendly_name: 'x' });
    expect(await wordsOf(as)).toBe('b2b 1, Night 1, VIP 3');
    await patchNumber(as, first._id, { labels: ['VIP', 'day'] });
    expect(await wordsOf(as)).toBe('b2b 1, day 1, VIP 3');
  });

  test('of a deleted number count no more, and again once it is restored', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const { _id: id } = await addNumber(as, { labels: ['vip', 'rare'] });
    await addNumber(as, { labels: ['vip'] });
    await as.request('DELETE', `/v1/phone-numbers/${id}`);
    expect(await wordsOf(as)).toBe('vip 1');
    await as.request('POST', `/v1/phone-numbers/${id}/restore`);
    expect(await wordsOf(as)).toBe('rare 1, vip 2');
  });

  test('are the same after they were summed up, and each is then one row', async ({ cordboard }) => {
    const { database } = cordboard;
    const as = cordboard.as('operator');
    for (const labels of [['vip'], ['Vip', 'a'], ['vip', 'b'], ['c']]) await addNumber(as, { labels });
    const gone = await addNumber(as, { labels: ['gone'] });
    await patchNumber(as, gone._id, { labels: [] });
    const before = await wordsOf(as);
    await database.transaction(sumLabelCounts);
    await database.transaction(sumLabelCounts);
    expect(await wordsOf(as)).toBe(before);
    const rows = await database.query<{ label: string }>('select label from label_count order by label');
    expect(rows.map(({ label }) => label)).toEqual(['Vip', 'a', 'b', 'c', 'vip']);
  });

  test('are counted right by whoever changes many at once', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const numbers = await Promise.all(Array.from({ length: 8 }, () => addNumber(as, { labels: ['one'] })));
    await Promise.all(
      numbers.map(({ _id }, at) => patchNumber(as, _id, { labels: at % 2 === 0 ? ['two'] : ['one', 'two'] })),
    );
    expect(await wordsOf(as)).toBe('one 4, two 8');
  });

  test('are found by any part, without regard to case and accents, and paged', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const labels = ['Café du Nord', 'cafeteria', '100%', 'a_b', 'axb', '\ufb01ne'];
    for (const label of labels) await as.request('POST', '/v1/phone-numbers', { body: numberWith(label) });
    expect(await wordsOf(as, { q: 'CAFE' })).toBe('cafeteria 1, Café du Nord 1');
    expect(await wordsOf(as, { q: 'é du' })).toBe('Café du Nord 1');
    expect(await wordsOf(as, { q: '%' })).toBe('100% 1');
    expect(await wordsOf(as, { q: 'a_b' })).toBe('a_b 1');
    expect(await wordsOf(as, { q: 'fine' })).toBe('\ufb01ne 1');
    expect(await wordsOf(as, { q: ' \u0000 ' })).toBe(await wordsOf(as));
    expect(await wordsOf(as, { q: 'nothing' })).toBe('');
    const seen: string[] = [];
    let token: string | null = null;
    do {
      const page = await listLabels(as, { page_size: '2', ...(token !== null && { page_token: token }) });
      seen.push(...page.labels.map(({ label }) => label));
      token = page.next_page_token;
    } while (token !== null);
    expect(seen.join()).toBe((await listLabels(as)).labels.map(({ label }) => label).join());
    expect(seen).toHaveLength(6);
  });

  test('are sought among very many a part at a time: a page may be empty, and leads on', async ({
    cordboard,
  }) => {
    const as = cordboard.as('operator');
    await addNumber(as, { labels: ['zz needle', 'aa needle'] });
    await cordboard.database.query(
      `insert into label_count (label, label_key, numbers)
       select 'many ' || n, 'many ' || lpad(n::text, 6, '0'), 1 from generate_series(1, 45000) n`,
    );
    const found: string[][] = [];
    let token: string | null | undefined;
    while (token !== null) {
      const page = await listLabels(as, { q: 'NEEDLE', ...(token !== undefined && { page_token: token }) });
      found.push(page.labels.map(({ label }) => label));
      token = page.next_page_token;
    }
    expect(found).toEqual([['aa needle'], [], ['zz needle']]);
    expect((await listLabels(as, { page_size: '1' })).labels).toEqual([{ label: 'aa needle', count: 1 }]);
  });

  test('come by 50, and a token of another search is refused', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    for (const at of [0, 1])
      await addNumber(as, { labels: Array.from({ length: 30 }, (_, each) => `label ${at}${each}`) });
    const first = await listLabels(as);
    expect(first.labels).toHaveLength(50);
    const token = String(first.next_page_token);
    expect((await listLabels(as, { page_token: token })).labels).toHaveLength(10);
    const foreign = await as.request('GET', `/v1/labels?${searchOf({ page_token: token, q: 'x' })}`);
    expectProblem(foreign, 400, 'invalid_page_token');
    expectProblem(await as.request('GET', '/v1/labels?page_size=0'), 422, 'validation_failed');
    expectProblem(await cordboard.as(null).request('GET', '/v1/labels'), 401, 'unauthenticated');
    expectProblem(await cordboard.as(['calls:route']).request('GET', '/v1/labels'), 403, 'forbidden');
  });
});

let given = 0;
const numberWith = (label: string) => ({
  phone_number: `+880181${String(++given).padStart(7, '0')}`,
  provider: 'pia',
  labels: [label],
});
