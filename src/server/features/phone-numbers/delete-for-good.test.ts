import { describe, expect } from 'vitest';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { auditEventListSchema } from '#contract/audit-events.ts';
import { addNumber, expectProblem, historyOf, listNumbers } from '#server/testing/given.ts';
import { trunk } from '#server/testing/samples.ts';
import { test, type Caller } from '#server/testing/test-app.ts';
import { purgeDeletedPhoneNumbers } from '#server/features/phone-numbers/acts/purge.ts';

const pathOf = ({ _id }: { _id: string }) => `/v1/phone-numbers/${_id}`;
const remove = (as: Caller, number: PhoneNumber) => as.request('DELETE', pathOf(number));
const erase = (as: Caller, number: PhoneNumber, headers = {}) =>
  as.request('POST', `${pathOf(number)}/delete-for-good`, { headers });

describe('deleting for good', () => {
  test('leaves nothing of a deleted number but its history, with who did it', async ({ cordboard }) => {
    const admin = await cordboard.signedInAs('admin');
    const number = await addNumber(admin, trunk);
    await remove(admin, number);
    expect(await erase(admin, number)).toMatchObject({ status: 204, body: null });
    for (const path of [`${pathOf(number)}?include=deleted`, pathOf(number)])
      expectProblem(await admin.request('GET', path), 404, 'not_found');
    expectProblem(await admin.request('POST', `${pathOf(number)}/restore`), 404, 'not_found');
    expectProblem(await erase(admin, number), 404, 'not_found');
    expect((await listNumbers(admin, { deleted: 'true' })).phone_numbers).toEqual([]);
    for (const table of ['phone_number', 'credential'])
      expect(await cordboard.database.query(`select 1 from ${table}`)).toEqual([]);
    const [event] = await historyOf(admin, number._id);
    expect(event).toMatchObject({
      action: 'phone_number.deleted_for_good',
      version: 3,
      actor: { id: admin.operatorId },
      subject: { name: number.phone_number },
      changes: { sip_trunk_password: { secret: true, after_fingerprint: null } },
    });
  });

  test('is refused of a number that is there, and at a stale version', async ({ cordboard }) => {
    const admin = cordboard.as('admin');
    const number = await addNumber(admin);
    expectProblem(await erase(admin, number), 409, 'phone_number_not_deleted');
    await remove(admin, number);
    expectProblem(await erase(admin, number, { 'if-match': '"1"' }), 412, 'version_conflict');
    expect((await admin.request('POST', `${pathOf(number)}/restore`)).status).toBe(200);
  });

  test('is for admins alone, and for no key', async ({ cordboard }) => {
    const number = await addNumber(cordboard.as('operator'));
    await remove(cordboard.as('operator'), number);
    for (const who of ['viewer', 'operator', ['numbers:write']] as const)
      expectProblem(await erase(cordboard.as(who), number), 403, 'forbidden');
    expectProblem(await erase(cordboard.as(null), number), 401, 'unauthenticated');
    expect((await listNumbers(cordboard.as('viewer'), { deleted: 'true' })).phone_numbers).toHaveLength(1);
  });

  test('asked for again by its key is done once', async ({ cordboard }) => {
    const admin = cordboard.as('admin');
    const number = await addNumber(admin);
    await remove(admin, number);
    const headers = { 'idempotency-key': 'erase-once' };
    expect((await erase(admin, number, headers)).status).toBe(204);
    expect((await erase(admin, number, headers)).status).toBe(204);
    const erasures = (await historyOf(admin, number._id)).filter(({ action }) => action.endsWith('for_good'));
    expect(erasures).toHaveLength(1);
  });
});

describe('the purge', () => {
  test('takes what is older than 30 days, with its credentials, 500 at a time', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const { database } = cordboard;
    const [kept, late, there] = [await addNumber(as, trunk), await addNumber(as, trunk), await addNumber(as)];
    for (const number of [kept, late]) await remove(as, number);
    await database.query(
      `update phone_number set deleted_at = now() - interval '30 days 1 second' where id = $1`,
      [late._id],
    );
    await database.query(
      `insert into phone_number (id, phone_number, phone_number_international, provider, name_key, search_text, deleted_at)
       select 'old' || n, '+1' || n, '+1' || n, 'pia', '', E'\\n', now() - interval '40 days' from generate_series(1, 500) n`,
    );
    const purge = () => database.transaction(purgeDeletedPhoneNumbers);
    expect(await purge()).toBe(true);
    // The oldest first.
    expect(await database.query('select id from phone_number where id = $1', [late._id])).toHaveLength(1);
    expect(await purge()).toBe(false);
    const left = await database.query<{ id: string }>('select id from phone_number');
    expect(left.map(({ id }) => id).toSorted()).toEqual([kept._id, there._id].toSorted());
    expect(await database.query('select phone_number_id from credential')).toEqual([
      { phone_number_id: kept._id },
    ]);

    expect(await purge()).toBe(false);
    const log = await cordboard.as('admin').request('GET', '/v1/audit-events?action=phone_number.purged');
    // One each, and none where nothing went.
    expect(auditEventListSchema.parse(log.body).audit_events[0]).toMatchObject({
      actor: { kind: 'system', id: null, name: 'Cordboard' },
      subject: { kind: 'phone_number' },
      changes: {},
      detail: 'Deleted more than 30 days before',
    });
    const recorded = `select subject_id from audit_event where action = 'phone_number.purged'`;
    expect(await database.query(recorded)).toHaveLength(501);
  });
});
