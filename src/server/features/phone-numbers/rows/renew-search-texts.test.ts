import { describe, expect, vi } from 'vitest';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import type { Database } from '#server/platform/db/database.ts';
import { openLog } from '#server/log.ts';
import { addNumber, anyNumber, getNumber, historyOf, listNumbers } from '#server/testing/given.ts';
import { trunk } from '#server/testing/samples.ts';
import { test, type Caller, type TestApp } from '#server/testing/test-app.ts';
import { renewBatch, startRenewal } from './renew-search-texts.ts';
import { takeRenewal } from './search-text-store.ts';

const log = openLog('silent');

/** Texts as the version before wrote them: one line, without the labels. */
const makeOlder = (database: Database) =>
  database.query(`update phone_number set search_text =
    lower(concat_ws(' ', phone_number, friendly_name, settings ->> 'sip_termination_uri', settings ->> 'sip_trunk_username'))`);
const textsOf = (database: Database) =>
  database.query<{ id: string; search_text: string }>('select id, search_text from phone_number order by id');
const countOlder = async (database: Database) =>
  (await textsOf(database)).filter(({ search_text: text }) => !text.startsWith('\n')).length;

const giveOlder = async ({ database, as }: TestApp, count: number) => {
  const operator = as('operator');
  for (let at = 0; at < count; at += 1)
    await addNumber(operator, {
      phone_number: anyNumber(),
      friendly_name: `Lobby desk ${at}`,
      labels: ['Overflow'],
      ...trunk,
    });
  const renewed = await textsOf(database);
  await makeOlder(database);
  return { operator, renewed };
};
const countFound = async (as: Caller, q: string) =>
  (await listNumbers(as, { q, page_size: '100' })).phone_numbers.length;

describe('older search texts', () => {
  test('are renewed in batches, by whoever goes on, and nobody sees it but who searches', async ({
    cordboard,
  }) => {
    const { database } = cordboard;
    const { operator, renewed } = await giveOlder(cordboard, 7);
    const ids = renewed.map(({ id }) => id);
    const before: PhoneNumber[] = await Promise.all(ids.map((id) => getNumber(operator, id)));
    await operator.request('DELETE', `/v1/phone-numbers/${ids[6]}`);

    expect(await renewBatch(database, '', 3)).toEqual({ upTo: ids[2], count: 3 });
    // What was found before is found, renewed or not.
    for (const q of ['lobby', 'lo', 'lo de', 'carrier.example'])
      expect([q, await countFound(operator, q)]).toEqual([q, 6]);
    // Ids of one second are in no order: which desk was deleted is known by its number alone.
    for (const { friendly_name: q } of before.slice(0, 6))
      expect([q, await countFound(operator, q ?? '')]).toEqual([q, 1]);
    expect(await countFound(operator, 'overflow')).toBe(3);
    // Another start knows nothing of the first.
    expect(await renewBatch(database, '', 3)).toEqual({ upTo: ids[5], count: 3 });
    expect(await renewBatch(database, '', 3)).toEqual({ upTo: ids[6], count: 1 });
    expect(await renewBatch(database, '', 3)).toBe('done');
    expect(await textsOf(database)).toEqual(renewed);
    expect(await countFound(operator, 'overflow')).toBe(6);

    for (const number of before.slice(0, 6)) {
      expect(await getNumber(operator, number._id)).toEqual(number);
      expect(await historyOf(operator, number._id)).toHaveLength(1);
    }
  });

  test('of a batch that fails stay as they were, and the next start goes on', async ({ cordboard }) => {
    const { database } = cordboard;
    const { renewed } = await giveOlder(cordboard, 5);
    await renewBatch(database, '', 2);
    const broken: Database = {
      ...database,
      transaction: (work) =>
        database.transaction(async (tx) => {
          await work(tx);
          throw new Error('killed before the commit');
        }),
    };
    await expect(renewBatch(broken, '', 2)).rejects.toThrow('killed');
    expect(await countOlder(database)).toBe(3);
    const stop = startRenewal({ database, log });
    await vi.waitFor(async () => expect(await countOlder(database)).toBe(0), 10_000);
    stop();
    expect(await textsOf(database)).toEqual(renewed);
  });

  test('do not overwrite what is written meanwhile', async ({ cordboard }) => {
    const { database } = cordboard;
    const { operator, renewed } = await giveOlder(cordboard, 40);
    const stop = startRenewal({ database, log });
    await Promise.all(
      renewed.map(({ id }, at) =>
        operator.request('PATCH', `/v1/phone-numbers/${id}`, {
          body: { friendly_name: `Renamed ${at} times` },
        }),
      ),
    );
    await vi.waitFor(async () => expect(await countOlder(database)).toBe(0), 10_000);
    stop();
    expect((await textsOf(database)).filter(({ search_text: text }) => !text.includes('renamed'))).toEqual(
      [],
    );
    expect(await countFound(operator, 'lobby')).toBe(0);
  });

  test('are left alone while another server renews them', async ({ cordboard, skip }) => {
    const { database } = cordboard;
    skip(database.isOneSession, 'one session takes turns');
    await giveOlder(cordboard, 3);
    let leave = () => {};
    const left = new Promise<void>((resolve) => (leave = resolve));
    let hold = () => {};
    const held = new Promise<void>((resolve) => (hold = resolve));
    const other = database.transaction(async (tx) => {
      expect(await takeRenewal(tx)).toBe(true);
      hold();
      await left;
    });
    await held;
    expect(await renewBatch(database, '')).toBe('busy');
    expect(await countOlder(database)).toBe(3);
    leave();
    await other;
    expect(await renewBatch(database, '')).toMatchObject({ count: 3 });
  });

  test('are not begun after a stop', async ({ cordboard }) => {
    const { database } = cordboard;
    await giveOlder(cordboard, 3);
    let batches = 0;
    const counted: Database = {
      ...database,
      transaction: async (work) => {
        batches += 1;
        return database.transaction(work);
      },
    };
    const stop = startRenewal({ database: counted, log });
    stop();
    await vi.waitFor(async () => expect(await countOlder(database)).toBe(0), 10_000);
    expect(batches).toBe(1);
  });
});
