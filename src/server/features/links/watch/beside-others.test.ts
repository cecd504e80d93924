import { describe, expect, test } from 'vitest';
import { given, openWatched, PATIENCE } from '#server/testing/given-watched.ts';

const {
  cordboard,
  verbex,
  connection,
  read,
  linkOf,
  check,
  pause,
  resume,
  watched,
  linked,
  thereOf,
  patch,
  act,
  drift,
  giveMany,
  lists,
} = openWatched(20);

describe('what waits', () => {
  test('to be sent is left to who sends it', async () => {
    const number = await linked({ friendly_name: 'Old' });
    verbex().decideBy(({ method }) => (method === 'PATCH' ? { does: 'fail', when: 'before' } : null));
    await patch(number, { friendly_name: 'New' });
    await watched();
    expect(await linkOf(number)).toMatchObject({ state: 'retrying' });
    verbex().decideBy(() => null);
    await expect.poll(async () => (await linkOf(number))?.state, PATIENCE).toBe('synced');
    expect(thereOf(number)).toMatchObject({ friendly_name: 'New' });
  });

  test('for somebody is shown as it is there by now, and decided by nobody else', async () => {
    const number = await linked({ friendly_name: 'Both' });
    thereOf(number)['friendly_name'] = 'Theirs';
    await patch(number, { friendly_name: 'Mine' });
    expect(await linkOf(number)).toMatchObject({ state: 'conflict' });
    thereOf(number)['friendly_name'] = 'Theirs by now';
    expect((await act(number, 'take-theirs')).status).toBe(409);
    await watched();
    expect(await linkOf(number)).toMatchObject({ state: 'conflict' });
    expect(await act(number, 'take-theirs')).toMatchObject({ body: { friendly_name: 'Theirs by now' } });
  });

  test('because the number was gone is sent once it is there again', async () => {
    const number = await linked({ friendly_name: 'Old' });
    const there = thereOf(number);
    verbex().state.numbers.delete(String(there['_id']));
    await patch(number, { friendly_name: 'New' });
    expect(await linkOf(number)).toMatchObject({ state: 'gone' });
    verbex().state.numbers.set(String(there['_id']), there);
    await watched();
    await expect.poll(async () => (await linkOf(number))?.state, PATIENCE).toBe('synced');
    expect(there).toMatchObject({ friendly_name: 'New' });
  });
});

test('a save that arrives while the list is being read is no drift', async () => {
  const number = await linked({ friendly_name: 'Old' });
  const late = given();
  verbex().next(null, { does: 'wait', until: late.promise });
  const asked = verbex().requests.length;
  await check();
  // The list has been asked for, with the old name in it.
  await expect.poll(() => verbex().requests.length, PATIENCE).toBe(asked + 2);
  expect((await patch(number, { friendly_name: 'New' })).status).toBe(200);
  late.resolve();
  await expect.poll(async () => (await read()).watched_at, PATIENCE).not.toBeNull();
  expect(await linkOf(number)).toMatchObject({ state: 'synced' });
  expect(thereOf(number)).toMatchObject({ friendly_name: 'New' });
});

describe('the connection', () => {
  test('says when it was read, and when it is read again', async () => {
    expect(connection()).toMatchObject({ watched_at: null, next_watch_at: null });
    const number = await linked();
    const before = Date.now();
    const { watched_at: at, next_watch_at: next } = await watched();
    expect(Date.parse(at ?? '')).toBeGreaterThan(before - 1000);
    const minutes = (Date.parse(next ?? '') - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(4.9);
    expect(minutes).toBeLessThanOrEqual(5);
    // So was each of its numbers, without a word being written of it.
    expect((await linkOf(number))?.seen_at).toBe(at);
  });

  test('is read at once when it is resumed, and not at all while it is paused', async () => {
    const number = await linked({ friendly_name: 'Here' });
    thereOf(number)['friendly_name'] = 'There';
    await pause();
    const asked = verbex().requests.length;
    await check();
    expect(await read()).toMatchObject({ next_watch_at: null });
    expect(await linkOf(number)).toMatchObject({ state: 'synced' });
    expect(verbex().requests).toHaveLength(asked + 1);
    await resume();
    await expect.poll(async () => (await linkOf(number))?.state, PATIENCE).toBe('drift');
  });

  test('that is paused while it is read is asked nothing more', async () => {
    await linked();
    const late = given();
    verbex().state.pages = 'never_end';
    verbex().next(null, { does: 'wait', until: late.promise });
    const asked = verbex().requests.length;
    await check();
    await expect.poll(() => verbex().requests.length, PATIENCE).toBe(asked + 2);
    await pause();
    late.resolve();
    const isHeld = async () =>
      (await cordboard().database.query('select 1 from connection where watch_leased_until is not null'))
        .length;
    await expect.poll(isHeld, PATIENCE).toBe(0);
    expect(verbex().requests).toHaveLength(asked + 2);
  });
});

test('of five hundred numbers those are written that changed, and nothing is locked of the others', async () => {
  await giveMany(500);
  const rows = () =>
    cordboard().database.query<{ id: string; row: string }>(
      `select phone_number_id as id, concat(ctid, ' ', xmin, ' ', xmax) as row from number_link order by 1`,
    );
  const before = await rows();
  const asked = lists().length;
  await watched();
  expect(await rows()).toEqual(before);
  // That of the check, five pages, and the last one, which is empty.
  expect(lists()).toHaveLength(asked + 7);
  expect(verbex().requests.every(({ method }) => method === 'GET')).toBe(true);

  const changed = [...verbex().state.numbers.values()].filter((_, at) => at % 200 === 7);
  for (const record of changed) record['friendly_name'] = 'Changed';
  await watched();
  const after = await rows();
  const written = after.filter(({ row }, at) => row !== before[at]?.row).map(({ id }) => id);
  expect(written).toEqual(changed.map(({ _id }) => _id).toSorted());
  expect((await drift()).map((each) => each.phone_number_id)).toEqual(written);
});
