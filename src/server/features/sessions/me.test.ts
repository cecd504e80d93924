import { describe, expect } from 'vitest';
import { defaultColumns } from '#contract/numbers/list/list-columns.ts';
import { meSchema } from '#contract/sessions.ts';
import { expectProblem } from '#server/testing/given.ts';
import { TEST_PASSWORD } from '#server/testing/test-actors.ts';
import { test, type Caller } from '#server/testing/test-app.ts';

const readMe = async (as: Caller) => meSchema.parse((await as.request('GET', '/v1/me')).body);
const patch = (as: Caller, body: object) => as.request('PATCH', '/v1/me', { body });

const columns = ['phone_number', 'country', 'friendly_name'];

describe('how the list of numbers looks', () => {
  test('is the default at first, is kept as chosen, and null is the default again', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('viewer');
    expect(await readMe(as)).toMatchObject({ list_columns: null, compact_rows: false });
    const chosen = await patch(as, { list_columns: columns });
    expect(chosen).toMatchObject({
      status: 200,
      body: { operator_id: as.operatorId, list_columns: columns },
    });
    expect(await readMe(as)).toEqual(meSchema.parse(chosen.body));
    // What is left out stays.
    expect((await patch(as, { compact_rows: true })).body).toMatchObject({
      list_columns: columns,
      compact_rows: true,
    });
    expect((await patch(as, {})).body).toMatchObject({ list_columns: columns, compact_rows: true });
    expect((await patch(as, { list_columns: null })).body).toMatchObject({
      list_columns: null,
      compact_rows: true,
    });
    expect((await patch(as, { compact_rows: null })).body).toMatchObject({ compact_rows: false });
    expect(await cordboard.database.query('select 1 from audit_event')).toEqual([]);
  });

  test('is the operator’s own, in every session of theirs', async ({ cordboard }) => {
    const [one, other] = await Promise.all([cordboard.signedInAs('admin'), cordboard.signedInAs('operator')]);
    await patch(one, { list_columns: [...defaultColumns].reverse(), compact_rows: true });
    expect(await readMe(other)).toMatchObject({ list_columns: null, compact_rows: false });
    const elsewhere = await cordboard.request('POST', '/v1/sign-in', {
      body: { email: one.email, password: TEST_PASSWORD },
    });
    expect(elsewhere).toMatchObject({
      status: 200,
      body: { list_columns: [...defaultColumns].reverse(), compact_rows: true },
    });
  });

  test('is refused, and stays, where a column is unknown or named twice, or the number is missing', async ({
    cordboard,
  }) => {
    const as = await cordboard.signedInAs('operator');
    await patch(as, { list_columns: columns });
    const refusals: [object, string][] = [
      [{ list_columns: ['phone_number', 'shoe_size'] }, '/list_columns/1'],
      [{ list_columns: ['phone_number', 'labels', 'labels'] }, '/list_columns'],
      [{ list_columns: ['labels'] }, '/list_columns'],
      [{ list_columns: [] }, '/list_columns'],
      [{ list_columns: 'phone_number' }, '/list_columns'],
      [{ compact_rows: 'yes' }, '/compact_rows'],
    ];
    for (const [body, pointer] of refusals) {
      const { errors } = expectProblem(await patch(as, body), 422, 'validation_failed');
      expect(errors?.map((error) => error.pointer)).toEqual([pointer]);
    }
    expectProblem(await patch(as, { role: 'admin' }), 422, 'unknown_field');
    expect(await readMe(as)).toMatchObject({ list_columns: columns, role: 'operator' });
  });

  test('is no matter of API keys', async ({ cordboard }) => {
    const key = await cordboard.withKey(['numbers:read', 'numbers:write']);
    expectProblem(await patch(key, { compact_rows: true }), 403, 'forbidden');
    expect(Object.keys(await readMe(key))).not.toContain('list_columns');
  });
});
