import { describe, expect } from 'vitest';
import { MASK } from '#contract/primitives.ts';
import { test } from '#server/testing/test-app.ts';
import {
  addAgent,
  addNumber,
  expectProblem,
  getNumber,
  historyOf,
  patchNumber,
  pointersOf,
  putAgent,
} from '#server/testing/given.ts';
import { trunk, twilioAccount } from '#server/testing/samples.ts';

const pathOf = ({ _id }: { _id: string }) => `/v1/phone-numbers/${_id}`;

describe('a merge patch', () => {
  test('changes what it names and nothing else', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const before = await addNumber(as, {
      ...trunk,
      friendly_name: 'Dhaka',
      notes: 'one\n\ttwo',
      labels: ['vip'],
    });
    const after = await patchNumber(as, before._id, { sip_termination_uri: '203.0.113.24:5080' });
    expect(after).toEqual({
      ...before,
      sip_termination_uri: '203.0.113.24:5080',
      version: 2,
      updated_at: after.updated_at,
    });
    expect(after.updated_at >= before.updated_at).toBe(true);
    expect(await getNumber(as, before._id)).toEqual(after);
  });

  test('clears with null', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const agent = await addAgent(as, 'Night desk');
    const body = {
      ...trunk,
      friendly_name: 'Dhaka',
      notes: 'x',
      labels: ['vip'],
      metadata: { a: '1' },
      inbound_agent_id: agent.ai_agent_id,
    };
    const { _id: id } = await addNumber(as, body);
    const cleared = {
      friendly_name: null,
      notes: null,
      inbound_agent_id: null,
      sip_termination_uri: null,
      sip_trunk_username: null,
      sip_trunk_password: null,
    };
    expect(await patchNumber(as, id, { ...cleared, labels: null, metadata: null })).toMatchObject({
      ...cleared,
      labels: [],
      metadata: {},
      sip_trunk_password_fingerprint: null,
      version: 2,
    });
  });

  test('merges metadata by key', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const { _id: id } = await addNumber(as, { metadata: { keep: '1', drop: '2', change: '3' } });
    const { metadata } = await patchNumber(as, id, { metadata: { drop: null, change: 'three', add: '4' } });
    expect(metadata).toEqual({ keep: '1', change: 'three', add: '4' });
  });

  test('may not grow the metadata beyond 64 keys', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const number = await addNumber(as, {
      metadata: Object.fromEntries(Array.from({ length: 64 }, (_, index) => [`k${index}`, ''])),
    });
    const answer = await as.request('PATCH', pathOf(number), { body: { metadata: { one_more: '' } } });
    expect(pointersOf(expectProblem(answer, 422, 'validation_failed'))).toEqual(['/metadata too_many_keys']);
  });

  test.for([
    ['that is empty', {}],
    [
      'of what is already so',
      { friendly_name: ' Dhaka ', labels: ['VIP', 'bd'], metadata: { a: '1', gone: null }, notes: null },
    ],
    ['with the same secret', { sip_trunk_password: 'first-secret' }],
    ['with the mask', { sip_trunk_password: MASK }],
    ['with spaces around the mask', { sip_trunk_password: ` ${MASK} ` }],
  ] as const)('%s changes nothing: no version, no event', async ([, body], { cordboard }) => {
    const as = cordboard.as('operator');
    const before = await addNumber(as, {
      ...trunk,
      friendly_name: 'Dhaka',
      labels: ['bd', 'VIP'],
      metadata: { a: '1' },
    });
    expect(await patchNumber(as, before._id, body)).toEqual(before);
    expect(await historyOf(as, before._id)).toHaveLength(1);
  });

  test('replaces a secret that is not the mask, and shows it by the fingerprint alone', async ({
    cordboard,
  }) => {
    const as = cordboard.as('operator');
    const before = await addNumber(as, trunk);
    const after = await patchNumber(as, before._id, { sip_trunk_password: 'second-secret' });
    expect(after).toMatchObject({ sip_trunk_password: MASK, version: 2 });
    const [event] = await historyOf(as, before._id);
    expect(event?.changes).toEqual({
      sip_trunk_password: {
        secret: true,
        before_fingerprint: before.provider === 'sip' && before.sip_trunk_password_fingerprint,
        after_fingerprint: after.provider === 'sip' && after.sip_trunk_password_fingerprint,
      },
    });
    expect(JSON.stringify(event)).not.toContain('secret":"');
  });

  test('sets a login of 256 characters as it was sent, in any composition', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const key = await cordboard.withKey(['credentials:reveal']);
    const { _id: id } = await addNumber(as, trunk);
    const secret = `e\u0301 \u{1f642}${'s'.repeat(252)}`;
    const user = 'u'.repeat(256);
    expect(await patchNumber(as, id, { sip_trunk_password: secret, sip_trunk_username: user })).toMatchObject(
      {
        sip_trunk_username: user,
        version: 2,
      },
    );
    const revealed = await key.request('POST', `${pathOf({ _id: id })}/reveal`, {
      body: { credential: 'sip_trunk_password' },
    });
    expect(revealed.body).toMatchObject({ value: secret });
  });

  test.for([`${MASK}typed`, `typed${MASK}`, '••••', '********', `${MASK}${MASK}`])(
    '%s is no secret, and says so',
    async (typed, { cordboard }) => {
      const as = cordboard.as('operator');
      const before = await addNumber(as, trunk);
      const problem = expectProblem(
        await as.request('PATCH', pathOf(before), { body: { sip_trunk_password: typed } }),
        422,
        'validation_failed',
      );
      expect(pointersOf(problem)).toEqual(['/sip_trunk_password mask_in_credential']);
      expect(problem.errors?.[0]?.message).toMatch(/hidden credential/);
      expect(await getNumber(as, before._id)).toEqual(before);
    },
  );

  test('equal secrets have equal fingerprints, on other numbers too', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const [one, same, other] = [
      await addNumber(as, trunk),
      await addNumber(as, trunk),
      await addNumber(as, { ...trunk, sip_trunk_password: 'x' }),
    ];
    const fingerprints = [one, same, other].map(
      (number) => number.provider === 'sip' && number.sip_trunk_password_fingerprint,
    );
    expect(fingerprints[0]).toBe(fingerprints[1]);
    expect(fingerprints[0]).not.toBe(fingerprints[2]);
  });

  test.for([
    [
      'a read-only field changed',
      { version: 7, phone_number: '+14155552671' },
      ['/phone_number read_only', '/version read_only'],
      'read_only',
    ],
    ['the region changed', { sip_infra_region: 'bd' }, ['/sip_infra_region read_only'], 'read_only'],
    [
      'the fingerprint changed',
      { sip_trunk_password_fingerprint: '00000000' },
      ['/sip_trunk_password_fingerprint read_only'],
      'read_only',
    ],
    [
      'another provider’s field',
      { twilio_account_sid: null },
      ['/twilio_account_sid field_of_other_provider'],
      'field_of_other_provider',
    ],
    [
      'another provider’s mask',
      { twilio_auth_token: MASK },
      ['/twilio_auth_token field_of_other_provider'],
      'field_of_other_provider',
    ],
    ['an unknown field', { color: 1 }, ['/color unknown_field'], 'unknown_field'],
    [
      'a field of every object',
      { constructor: 1, hasOwnProperty: 1 },
      ['/constructor unknown_field', '/hasOwnProperty unknown_field'],
      'unknown_field',
    ],
    [
      'several mistakes at once',
      { version: 7, color: 1, notes: '\u0000' },
      ['/color unknown_field', '/notes control_characters', '/version read_only'],
      'validation_failed',
    ],
    ['an empty password', { sip_trunk_password: '' }, ['/sip_trunk_password too_small'], 'validation_failed'],
    [
      'an unknown agent',
      { outbound_agent_id: '0'.repeat(24) },
      ['/outbound_agent_id agent_not_found'],
      'agent_not_found',
    ],
  ] as const)(
    'with %s is refused and leaves the row as it was',
    async ([, body, pointers, code], { cordboard }) => {
      const as = cordboard.as('operator');
      const before = await addNumber(as, trunk);
      const answer = await as.request('PATCH', pathOf(before), {
        body: { ...body, friendly_name: 'lost otherwise' },
      });
      expect(pointersOf(expectProblem(answer, 422, code))).toEqual(pointers);
      expect(await getNumber(as, before._id)).toEqual(before);
      expect(await historyOf(as, before._id)).toHaveLength(1);
    },
  );

  test('with the mask where no credential is set is refused', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const number = await addNumber(as, { provider: 'sip' });
    const answer = await as.request('PATCH', pathOf(number), { body: { sip_trunk_password: MASK } });
    expect(pointersOf(expectProblem(answer, 422, 'mask_without_credential'))).toEqual([
      '/sip_trunk_password mask_without_credential',
    ]);
  });

  test.for([['[]'], ['null'], ['"x"'], ['5']])('that is %s is refused', async ([body], { cordboard }) => {
    const as = cordboard.as('operator');
    const number = await addNumber(as);
    expect((await as.request('PATCH', pathOf(number), { body })).status).toBe(422);
  });

  test('of a number that is not there is 404', async ({ cordboard }) => {
    expectProblem(
      await cordboard.request('PATCH', '/v1/phone-numbers/nothing', { actor: 'operator', body: {} }),
      404,
      'not_found',
    );
  });
});

describe('a retired agent', () => {
  test('stays on the numbers it has, and can be given no more', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const { ai_agent_id: id } = await addAgent(as, 'Overflow');
    const number = await addNumber(as, { inbound_agent_id: id });
    await putAgent(as, id, { agent_status: 'retired' });
    const after = await patchNumber(as, number._id, {
      inbound_agent_id: id,
      friendly_name: 'still answered',
    });
    expect(after.inbound_agent_id).toBe(id);
    const answer = await as.request('PATCH', pathOf(number), { body: { outbound_agent_id: id } });
    expect(pointersOf(expectProblem(answer, 422, 'agent_retired'))).toEqual([
      '/outbound_agent_id agent_retired',
    ]);
  });
});

describe('a record read and sent whole', () => {
  const sendWhole = async (
    as: Parameters<typeof addNumber>[0],
    number: Awaited<ReturnType<typeof addNumber>>,
  ) => patchNumber(as, number._id, number);

  test('changes nothing, for every provider', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    for (const body of [trunk, { ...trunk, sip_trunk_password: null }, twilioAccount, {}]) {
      const number = await addNumber(as, body);
      expect(await sendWhole(as, number)).toEqual(number);
    }
  });

  test(
    'keeps the secret through 1,000 changes of other fields',
    { timeout: 120_000 },
    async ({ cordboard }) => {
      const as = cordboard.as('operator');
      const key = await cordboard.withKey(['credentials:reveal']);
      let number = await addNumber(as, trunk);
      for (let round = 0; round < 1000; round++) {
        const changed = {
          friendly_name: `Round ${round}`,
          notes: round % 3 === 0 ? null : `n${round % 5}`,
          labels: round % 2 === 0 ? ['a'] : ['A', 'b'],
        };
        number = await patchNumber(
          as,
          number._id,
          { ...number, ...changed },
          { 'if-match': `"${number.version}"` },
        );
      }
      expect(number.version).toBe(1001);
      const revealed = await key.request('POST', `${pathOf(number)}/reveal`, {
        body: { credential: 'sip_trunk_password' },
      });
      expect(revealed.body).toMatchObject({ value: 'first-secret' });
    },
  );
});
