import { describe, expect } from 'vitest';
import { addNumber, getNumber } from '#server/testing/given.ts';
import { planImport, rowsOf, runImport } from '#server/testing/given-import.ts';
import { test, type Caller, type TestApp } from '#server/testing/test-app.ts';

const SECRET = 'correct-horse';
const heading = 'phone_number,provider,sip_trunk_password';
const table = (...rows: string[]) => [heading, ...rows, ''].join('\n');

const reveal = async (as: Caller, id: string) =>
  (await as.request('POST', `/v1/phone-numbers/${id}/reveal`, { body: { credential: 'sip_trunk_password' } }))
    .body['value'];

const everythingKept = async ({ database }: TestApp) =>
  JSON.stringify([
    await database.query('select * from bulk_plan'),
    await database.query('select * from bulk_row'),
    await database.query('select * from audit_event'),
    await database.query('select plan_id, place from held_secret'),
  ]);
const held = async ({ database }: TestApp) =>
  (await database.query<{ count: number }>('select count(*)::integer as count from held_secret'))[0]?.count;

describe('credentials of an import', () => {
  test('are sealed on arrival, told nowhere, and gone once it has run', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('operator');
    const { _id } = await addNumber(as, {
      phone_number: '+14155550100',
      provider: 'sip',
      sip_trunk_password: 'the old one',
    });
    const plan = await planImport(as, table(`+14155550100,sip,${SECRET}`, `12345,sip,${SECRET}`), {
      existing: 'update',
    });
    expect(plan).toMatchObject({ counts: { changed: 1, refused: 1 } });
    expect(plan.examples[0]?.changes).toEqual({
      sip_trunk_password: { secret: true, before_fingerprint: null, after_fingerprint: null },
    });
    expect(await everythingKept(cordboard)).not.toContain(SECRET);
    // The row that cannot be imported keeps none.
    expect(await held(cordboard)).toBe(1);
    expect(JSON.stringify([plan, await rowsOf(as, plan)])).not.toContain(SECRET);
    await runImport(as, plan);
    expect(await held(cordboard)).toBe(0);
    expect(await everythingKept(cordboard)).not.toContain(SECRET);
    expect(cordboard.logLines.join('\n')).not.toContain(SECRET);
    expect(await reveal(as, _id)).toBe(SECRET);
  });

  test('that are not valid are refused without being told', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('operator');
    const plan = await planImport(
      as,
      'phone_number,provider,twilio_account_sid,twilio_auth_token\n+14155550100,twilio,AC0123456789abcdef0123456789abcdef,correct-horse\n',
    );
    expect(await rowsOf(as, plan)).toMatchObject([
      { outcome: 'refused', errors: [{ column: 'twilio_auth_token', value: null, code: 'invalid_format' }] },
    ]);
    expect(await everythingKept(cordboard)).not.toContain(SECRET);
  });

  test('are unchanged by the mask, which a new number cannot have', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('operator');
    const { _id } = await addNumber(as, {
      phone_number: '+14155550100',
      provider: 'sip',
      sip_trunk_password: 'the old one',
    });
    const plan = await planImport(as, table('+14155550100,sip,••••••••', '+14155550101,sip,••••••••'), {
      existing: 'update',
    });
    expect((await rowsOf(as, plan)).map(({ outcome, errors }) => [outcome, errors[0]?.code])).toEqual([
      ['unchanged', undefined],
      ['refused', 'mask_without_credential'],
    ]);
    await runImport(as, plan);
    expect(await reveal(as, _id)).toBe('the old one');
    expect(await getNumber(as, _id)).toMatchObject({ version: 1 });
  });

  test('tell who may not reveal nothing: a number that is given one counts as changed', async ({
    cordboard,
  }) => {
    const operator = await cordboard.signedInAs('operator');
    for (const number of ['+14155550100', '+14155550101'])
      await addNumber(operator, {
        phone_number: number,
        provider: 'sip',
        sip_trunk_password: number.endsWith('0') ? SECRET : 'another',
      });
    const file = table(`+14155550100,sip,${SECRET}`, `+14155550101,sip,${SECRET}`);
    const key = cordboard.as(['numbers:write', 'numbers:read']);
    const outcomes = async (as: Caller) =>
      (await rowsOf(as, await planImport(as, file, { existing: 'update' }))).map(({ outcome }) => outcome);
    expect(await outcomes(key)).toEqual(['changed', 'changed']);
    expect(await outcomes(operator)).toEqual(['unchanged', 'changed']);
  });
});
