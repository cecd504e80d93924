import { describe, expect } from 'vitest';
import { test } from '#server/testing/test-app.ts';
import {
  addNumber,
  anyNumber,
  expectProblem,
  getNumber,
  historyOf,
  listNumbers,
  patchNumber,
  tally,
} from '#server/testing/given.ts';
import { trunk } from '#server/testing/samples.ts';

const pathOf = ({ _id }: { _id: string }) => `/v1/phone-numbers/${_id}`;

describe('versions', () => {
  test('a stale version is refused with the record as it is and what changed since, and the row is unchanged', async ({
    cordboard,
  }) => {
    const as = cordboard.as('operator');
    const first = await addNumber(as, trunk);
    await patchNumber(as, first._id, { friendly_name: 'two' }, { 'if-match': '"1"' });
    const third = await patchNumber(as, first._id, { sip_trunk_password: 'other', notes: 'three' });
    const answer = await as.request('PATCH', pathOf(first), {
      body: { friendly_name: 'stale' },
      headers: { 'if-match': '"1"' },
    });
    const problem = expectProblem(answer, 412, 'version_conflict');
    expect(problem.current).toEqual(third);
    expect(problem.changed_fields).toEqual(['friendly_name', 'notes', 'sip_trunk_password']);
    expect(await getNumber(as, first._id)).toEqual(third);
  });

  test('a version from the future is stale too', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const number = await addNumber(as);
    const answer = await as.request('PATCH', pathOf(number), { body: {}, headers: { 'if-match': '"9"' } });
    expect(expectProblem(answer, 412, 'version_conflict').changed_fields).toEqual([]);
  });

  test('of 32 writers who hold the same version, one wins', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const number = await addNumber(as);
    const write = (writer: number) =>
      as.request('PATCH', pathOf(number), {
        body: { notes: `writer ${writer}` },
        headers: { 'if-match': '"1"' },
      });
    const answers = await Promise.all(Array.from({ length: 32 }, (_, writer) => write(writer)));
    expect(tally(answers)).toEqual({ 200: 1, 412: 31 });
    expect((await getNumber(as, number._id)).version).toBe(2);
  });

  test('64 writers who hold none make 64 versions in one line, each with its event', async ({
    cordboard,
  }) => {
    const as = cordboard.as('operator');
    const number = await addNumber(as);
    await Promise.all(
      Array.from({ length: 64 }, (_, writer) => patchNumber(as, number._id, { notes: `writer ${writer}` })),
    );
    const events = await historyOf(as, number._id);
    expect(events.map(({ version }) => version)).toEqual(
      Array.from({ length: 65 }, (_, index) => 65 - index),
    );
    // Each begins with what the one before it left.
    const notes = events
      .slice(0, -1)
      .map(({ changes }) => changes['notes'] as { before: unknown; after: unknown });
    for (const [index, { before }] of notes.slice(0, -1).entries())
      expect(before).toBe(notes[index + 1]?.after);
  });
});

describe('deleting', () => {
  test('answers 204, hides the number and frees it', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const number = await addNumber(as);
    const answer = await as.request('DELETE', pathOf(number));
    expect([answer.status, answer.body]).toEqual([204, null]);
    expectProblem(await as.request('GET', pathOf(number)), 404, 'not_found');
    expectProblem(await as.request('DELETE', pathOf(number)), 404, 'not_found');
    expectProblem(await as.request('PATCH', pathOf(number), { body: {} }), 404, 'not_found');
    expect((await listNumbers(as)).phone_numbers).toEqual([]);
    await addNumber(as, { phone_number: number.phone_number });
  });

  test('a stale version is refused', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const number = await addNumber(as);
    await patchNumber(as, number._id, { notes: 'new' });
    expectProblem(
      await as.request('DELETE', pathOf(number), { headers: { 'if-match': '"1"' } }),
      412,
      'version_conflict',
    );
    expect((await getNumber(as, number._id)).version).toBe(2);
  });

  test('leaves the history readable, also when the row is gone for good', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const number = await addNumber(as, { friendly_name: 'Dhaka' });
    await as.request('DELETE', pathOf(number));
    await cordboard.database.query('delete from phone_number');
    const [deleted, added] = await historyOf(as, number._id);
    expect(deleted).toMatchObject({
      action: 'phone_number.deleted',
      version: 2,
      changes: { friendly_name: { before: 'Dhaka', after: null } },
    });
    expect(added).toMatchObject({ action: 'phone_number.added', version: 1 });
    expectProblem(await as.request('GET', '/v1/phone-numbers/neverexisted/history'), 404, 'not_found');
  });
});

describe('restoring', () => {
  const restore = (id: string) => `/v1/phone-numbers/${id}/restore`;

  test('brings the number back as it was, credential and all', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const before = await addNumber(as, { ...trunk, labels: ['vip'] });
    await as.request('DELETE', pathOf(before));
    const answer = await as.request('POST', restore(before._id));
    expect(answer.status).toBe(200);
    const after = await getNumber(as, before._id);
    expect(answer.body).toEqual(after);
    expect(after).toEqual({ ...before, version: 3, updated_at: after.updated_at });
    expect((await historyOf(as, before._id)).map(({ action }) => action)).toEqual([
      'phone_number.restored',
      'phone_number.deleted',
      'phone_number.added',
    ]);
  });

  test('of a number that is there changes nothing', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const number = await addNumber(as);
    expect((await as.request('POST', restore(number._id))).body).toEqual(number);
  });

  test('is refused when the number was added again meanwhile', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const number = await addNumber(as, { phone_number: anyNumber() });
    await as.request('DELETE', pathOf(number));
    await addNumber(as, { phone_number: number.phone_number });
    expectProblem(await as.request('POST', restore(number._id)), 409, 'phone_number_taken');
  });
});
