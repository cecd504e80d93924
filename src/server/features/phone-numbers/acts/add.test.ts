import { describe, expect } from 'vitest';
import { MASK } from '#contract/primitives.ts';
import { phoneNumberSchema } from '#contract/numbers/phone-numbers.ts';
import { test } from '#server/testing/test-app.ts';
import {
  addAgent,
  addNumber,
  anyNumber,
  expectProblem,
  getNumber,
  historyOf,
  listNumbers,
  pointersOf,
  putAgent,
  tally,
} from '#server/testing/given.ts';
import { trunk, twilioAccount } from '#server/testing/samples.ts';

const add = '/v1/phone-numbers';

describe('adding a phone number', () => {
  test('answers 201 with the record, its ETag and a masked credential', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const answer = await as.request('POST', add, {
      body: { phone_number: '+880 1711-000001', ...trunk, labels: ['vip', 'Bd'], metadata: { team: 'a' } },
    });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('etag')).toBe('"1"');
    expect(phoneNumberSchema.parse(answer.body)).toMatchObject({
      phone_number: '+8801711000001',
      phone_number_international: '+880 1711 000001',
      country: 'BD',
      provider: 'sip',
      friendly_name: null,
      labels: ['Bd', 'vip'],
      metadata: { team: 'a' },
      notes: null,
      sip_infra_region: 'global',
      sip_trunk_password: MASK,
      version: 1,
    });
  });

  test('gives each provider its own fields and no other', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const sip = await addNumber(as, { ...trunk, sip_infra_region: 'bd_link3' });
    const twilio = await addNumber(as, twilioAccount);
    const pia = await addNumber(as);
    expect(sip).toMatchObject({
      sip_infra_region: 'bd_link3',
      sip_trunk_password_fingerprint: expect.stringMatching(/^[0-9a-f]{8}$/) as string,
    });
    expect(twilio).toMatchObject({ twilio_account_sid: `AC${'0'.repeat(32)}`, twilio_auth_token: MASK });
    expect(Object.keys(pia).filter((field) => /sip|twilio/.test(field))).toEqual([]);
    for (const number of [sip, twilio, pia]) expect(await getNumber(as, number._id)).toEqual(number);
  });

  test.for([
    ['(415) 555-2671', 'has no country code'],
    ['12345', 'is short and has no country'],
    ['+1415555267', 'is one digit short'],
    ['+99912345678', 'has a country code that is none'],
    ['+0155555555', 'begins with zero'],
    ['+8801711000001x5', 'has an extension'],
    ['+88017110000011111', 'is too long'],
    ['', 'is empty'],
    ['+', 'is a plus alone'],
  ])('%s is refused: it %s', async ([phoneNumber], { cordboard }) => {
    const as = cordboard.as('operator');
    const answer = await as.request('POST', add, { body: { phone_number: phoneNumber, provider: 'pia' } });
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ errors: [{ pointer: '/phone_number' }] });
    expect((await listNumbers(as)).phone_numbers).toEqual([]);
  });

  test.for(['+14155552671', '+1 (415) 555-2671', '001 415.555.2671', ' +1\u00a0415–555–2671 '])(
    '%s is the same number again',
    async (spelling, { cordboard }) => {
      const as = cordboard.as('operator');
      await addNumber(as, { phone_number: '+14155552671' });
      const answer = await as.request('POST', add, { body: { phone_number: spelling, provider: 'pia' } });
      expect(pointersOf(expectProblem(answer, 409, 'phone_number_taken'))).toEqual([
        '/phone_number phone_number_taken',
      ]);
      expect((await listNumbers(as)).phone_numbers).toHaveLength(1);
    },
  );

  test('of 20 requests for one number at once, one adds it', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const body = { phone_number: anyNumber(), provider: 'pia' };
    const answers = await Promise.all(Array.from({ length: 20 }, () => as.request('POST', add, { body })));
    expect(tally(answers)).toEqual({ 201: 1, 409: 19 });
  });

  test.for([
    [
      'another provider’s field',
      { sip_termination_uri: 'a.example' },
      ['/sip_termination_uri field_of_other_provider'],
      'field_of_other_provider',
    ],
    [
      'other providers’ masks and regions',
      { twilio_auth_token: MASK, sip_infra_region: 'bd' },
      ['/sip_infra_region field_of_other_provider', '/twilio_auth_token field_of_other_provider'],
      'field_of_other_provider',
    ],
    ['an unknown field', { color: 'red' }, ['/color unknown_field'], 'unknown_field'],
    ['an unknown field with signs in its name', { 'a/b~c': 1 }, ['/a~1b~0c unknown_field'], 'unknown_field'],
    [
      'an unknown field and another provider’s, even null',
      { color: 'red', twilio_account_sid: null },
      ['/color unknown_field', '/twilio_account_sid field_of_other_provider'],
      'validation_failed',
    ],
    ['an unknown provider', { provider: 'gsm' }, ['/provider invalid_value'], 'validation_failed'],
    [
      'an unknown region',
      { provider: 'sip', sip_infra_region: 'mars' },
      ['/sip_infra_region invalid_value'],
      'validation_failed',
    ],
    [
      'a mask for a credential that is not set',
      { provider: 'sip', sip_trunk_password: MASK },
      ['/sip_trunk_password mask_without_credential'],
      'mask_without_credential',
    ],
    [
      'a fingerprint',
      { provider: 'sip', sip_trunk_password_fingerprint: '00000000' },
      ['/sip_trunk_password_fingerprint unknown_field'],
      'unknown_field',
    ],
    [
      'a Twilio number without its account',
      { provider: 'twilio' },
      ['/twilio_account_sid required', '/twilio_auth_token required'],
      'validation_failed',
    ],
    [
      'an account SID and a token of the wrong form',
      { provider: 'twilio', twilio_account_sid: 'AC123', twilio_auth_token: 'z'.repeat(32) },
      ['/twilio_account_sid invalid_format', '/twilio_auth_token invalid_format'],
      'validation_failed',
    ],
    ['a blank label', { friendly_name: '   ' }, ['/friendly_name too_small'], 'validation_failed'],
    ['a label too long', { friendly_name: 'x'.repeat(121) }, ['/friendly_name too_big'], 'validation_failed'],
    [
      'a NUL in the label',
      { friendly_name: 'a\u0000b' },
      ['/friendly_name control_characters'],
      'validation_failed',
    ],
    [
      'a line break in the label',
      { friendly_name: 'a\nb' },
      ['/friendly_name control_characters'],
      'validation_failed',
    ],
    [
      'half a surrogate pair',
      { friendly_name: 'lone \ud800 half' },
      ['/friendly_name control_characters'],
      'validation_failed',
    ],
    ['a bell in the notes', { notes: 'a\u0007b' }, ['/notes control_characters'], 'validation_failed'],
    ['notes too long', { notes: 'x'.repeat(4001) }, ['/notes too_big'], 'validation_failed'],
    [
      'line breaks in the trunk user',
      { provider: 'sip', sip_trunk_username: 'a\r\nb' },
      ['/sip_trunk_username control_characters'],
      'validation_failed',
    ],
    [
      'a line break in the password',
      { provider: 'sip', sip_trunk_password: 'a\nb' },
      ['/sip_trunk_password control_characters'],
      'validation_failed',
    ],
    [
      'a password with a space at its end',
      { provider: 'sip', sip_trunk_password: 'secret ' },
      ['/sip_trunk_password unseen_characters'],
      'validation_failed',
    ],
    [
      'a user that nobody sees the end of',
      { provider: 'sip', sip_trunk_username: 'acme\u200b' },
      ['/sip_trunk_username unseen_characters'],
      'validation_failed',
    ],
    [
      'a mask of another length',
      { provider: 'sip', sip_trunk_password: '•••' },
      ['/sip_trunk_password mask_in_credential'],
      'validation_failed',
    ],
    [
      'asterisks for a token',
      { ...twilioAccount, twilio_auth_token: '*'.repeat(32) },
      ['/twilio_auth_token mask_in_credential'],
      'validation_failed',
    ],
    [
      'a password in the address',
      { provider: 'sip', sip_termination_uri: 'sip:a:b@c.example' },
      ['/sip_termination_uri invalid_sip_uri'],
      'validation_failed',
    ],
    [
      'a password too long',
      { provider: 'sip', sip_trunk_password: 'x'.repeat(257) },
      ['/sip_trunk_password too_big'],
      'validation_failed',
    ],
    [
      'a label twice in another case',
      { labels: ['VIP', 'vip'] },
      ['/labels duplicate_label'],
      'validation_failed',
    ],
    [
      'a label twice in another composition',
      { labels: ['Caf\u00e9', 'cafe\u0301'] },
      ['/labels duplicate_label'],
      'validation_failed',
    ],
    [
      'a label twice but for what nobody sees',
      { labels: ['vip', 'v\u200bip'] },
      ['/labels duplicate_label'],
      'validation_failed',
    ],
    ['an empty label among the labels', { labels: [''] }, ['/labels/0 too_small'], 'validation_failed'],
    ['a label that nobody sees', { labels: ['\u200b\u2060'] }, ['/labels/0 too_small'], 'validation_failed'],
    [
      'a label that nobody sees',
      { friendly_name: '\u200b \ufeff' },
      ['/friendly_name too_small'],
      'validation_failed',
    ],
    [
      'a name that turns what follows round',
      { friendly_name: 'a\u202eb' },
      ['/friendly_name control_characters'],
      'validation_failed',
    ],
    [
      '33 labels',
      { labels: Array.from({ length: 33 }, (_, index) => `l${index}`) },
      ['/labels too_big'],
      'validation_failed',
    ],
    [
      'a metadata key with spaces',
      { metadata: { 'not a key': 'x' } },
      ['/metadata/not a key invalid_key'],
      'validation_failed',
    ],
    [
      'a metadata value that is no text',
      { metadata: { key: 5 } },
      ['/metadata/key invalid_type'],
      'validation_failed',
    ],
    [
      '65 metadata keys',
      { metadata: Object.fromEntries(Array.from({ length: 65 }, (_, index) => [`k${index}`, ''])) },
      ['/metadata too_many_keys'],
      'validation_failed',
    ],
    ['a number that is no text', { phone_number: 5 }, ['/phone_number invalid_type'], 'validation_failed'],
    [
      'an agent nobody knows',
      { inbound_agent_id: 'nobody' },
      ['/inbound_agent_id agent_not_found'],
      'agent_not_found',
    ],
    [
      'an agent id that cannot be one',
      { inbound_agent_id: 'no id at all!' },
      ['/inbound_agent_id agent_not_found'],
      'agent_not_found',
    ],
  ] as const)('%s is refused, naming each field', async ([, wrong, pointers, code], { cordboard }) => {
    const as = cordboard.as('operator');
    const answer = await as.request('POST', add, {
      body: { phone_number: anyNumber(), provider: 'pia', ...wrong },
    });
    expect(pointersOf(expectProblem(answer, 422, code))).toEqual(pointers);
    expect((await listNumbers(as)).phone_numbers).toEqual([]);
  });

  test('a retired agent is refused, in both directions at once', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const agent = await addAgent(as, 'Night desk');
    await putAgent(as, agent.ai_agent_id, { agent_status: 'retired' });
    const body = {
      phone_number: anyNumber(),
      provider: 'pia',
      inbound_agent_id: agent.ai_agent_id,
      outbound_agent_id: agent.ai_agent_id,
    };
    const problem = expectProblem(await as.request('POST', add, { body }), 422, 'agent_retired');
    expect(pointersOf(problem)).toEqual([
      '/inbound_agent_id agent_retired',
      '/outbound_agent_id agent_retired',
    ]);
  });

  test('is recorded by field, with fingerprints where the secrets are', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('operator');
    const number = await addNumber(as, { ...trunk, friendly_name: 'Dhaka sales' });
    const [event] = await historyOf(as, number._id);
    expect(event).toMatchObject({
      action: 'phone_number.added',
      version: 1,
      actor: { kind: 'operator', id: as.operatorId },
      subject: { kind: 'phone_number', id: number._id, name: number.phone_number },
    });
    expect(event?.changes).toEqual({
      phone_number: { before: null, after: number.phone_number },
      provider: { before: null, after: 'sip' },
      friendly_name: { before: null, after: 'Dhaka sales' },
      sip_termination_uri: { before: null, after: 'sip.carrier.example:5060' },
      sip_trunk_username: { before: null, after: 'acme' },
      sip_infra_region: { before: null, after: 'global' },
      sip_trunk_password: {
        secret: true,
        before_fingerprint: null,
        after_fingerprint: number.provider === 'sip' ? number.sip_trunk_password_fingerprint : '',
      },
    });
  });
});
