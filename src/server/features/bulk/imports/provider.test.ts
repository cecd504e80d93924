import { describe, expect } from 'vitest';
import { addNumber, expectProblem, getNumber, listNumbers } from '#server/testing/given.ts';
import {
  JSON_LINES,
  outcomesOf,
  planImport,
  rowsOf,
  runImport,
  sendFile,
} from '#server/testing/given-import.ts';
import { test } from '#server/testing/test-app.ts';

describe('the provider of new numbers', () => {
  const rows = [
    '+14155550100',
    '+14155550101,sip',
    '+14155550102,Platform',
    '+14155550103,gsm',
    '+14155550104,',
  ];

  test('is the one that is said where their rows say none, and no other changes', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('operator');
    const there = await addNumber(as, { phone_number: '+14155550100', provider: 'pia', notes: 'there' });
    const file = ['phone_number,provider', ...rows.map((row) => row.replace(/^[^,]*$/, '$&,')), ''].join(
      '\n',
    );
    const query = { default_provider: 'sip', existing: 'update' };
    expect(await outcomesOf(as, file, query)).toEqual({
      2: 'unchanged',
      3: 'created',
      4: 'created',
      5: ['provider: invalid_value'],
      6: 'created',
    });
    const plan = await planImport(as, file, query);
    expect(plan.options).toMatchObject({ default_provider: 'sip' });
    await runImport(as, plan);
    const { phone_numbers: numbers } = await listNumbers(as, { sort: 'phone_number' });
    expect(numbers.map(({ provider }) => provider)).toEqual(['pia', 'sip', 'pia', 'sip']);
    expect(await getNumber(as, there._id)).toMatchObject({ version: 1 });
  });

  test('is said of files that have no such column, and of JSON lines', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('operator');
    const file = 'phone_number,friendly_name\n+14155550100,One\n';
    const lines = '{"phone_number":"+14155550101"}\n{"phone_number":"+14155550102","provider":"pia"}';
    expect(await outcomesOf(as, file)).toEqual({ 2: ['provider: provider_missing'] });
    expect(await outcomesOf(as, lines, {}, JSON_LINES)).toEqual({
      1: ['provider: provider_missing'],
      2: 'created',
    });
    await runImport(as, await planImport(as, file, { default_provider: 'sip' }));
    await runImport(as, await planImport(as, lines, { default_provider: 'sip' }, JSON_LINES));
    const { phone_numbers: numbers } = await listNumbers(as, { sort: 'phone_number' });
    expect(numbers.map(({ provider }) => provider)).toEqual(['sip', 'sip', 'pia']);
  });

  test('brings what its provider asks for', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('operator');
    const file = 'phone_number\n+14155550100\n';
    expect(await outcomesOf(as, file, { default_provider: 'twilio' })).toEqual({
      2: ['twilio_account_sid: required', 'twilio_auth_token: required'],
    });
    const problem = expectProblem(
      await sendFile(as, file, { default_provider: 'gsm' }),
      422,
      'validation_failed',
    );
    expect(problem.errors).toMatchObject([
      { pointer: '/default_provider', message: 'Write SIP trunk (sip), Twilio (twilio) or Platform (pia).' },
    ]);
  });
});

test('what people see is read as what it stands for, and told where neither is written', async ({
  cordboard,
}) => {
  const as = await cordboard.signedInAs('operator');
  const rows = [
    '+14155550100,sip TRUNK,"Bangladesh,  LINK3"',
    '+14155550101,Platform,',
    '+14155550102,pia trunk,',
    '+14155550103,SIP trunk,Mars',
  ];
  const plan = await planImport(as, ['phone_number,provider,sip_infra_region', ...rows, ''].join('\n'));
  expect(plan.examples.map(({ phone_number: number }) => number)).toEqual(['+14155550100', '+14155550101']);
  expect((await rowsOf(as, plan, { outcome: 'refused' })).map(({ errors }) => errors)).toMatchObject([
    [
      {
        column: 'provider',
        value: 'pia trunk',
        message: 'No provider is called so. Write SIP trunk (sip), Twilio (twilio) or Platform (pia).',
      },
    ],
    [
      {
        column: 'sip_infra_region',
        value: 'Mars',
        message: 'Choose a region: Global (global), Bangladesh (bd) or Bangladesh, Link3 (bd_link3).',
      },
    ],
  ]);
  await runImport(as, plan);
  const { phone_numbers: numbers } = await listNumbers(as, { sort: 'phone_number' });
  expect(numbers).toMatchObject([{ provider: 'sip', sip_infra_region: 'bd_link3' }, { provider: 'pia' }]);
});
