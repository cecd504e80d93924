import { describe, expect } from 'vitest';
import { readPhoneNumber, readPhonePrefix } from '#contract/reading/phone-number.ts';
import {
  addNumber,
  expectProblem,
  getNumber,
  historyOf,
  listNumbers,
  patchNumber,
  pointersOf,
} from '#server/testing/given.ts';
import { test, type Caller } from '#server/testing/test-app.ts';

const london = '+442079460958';
const spellings: [spelling: string, number: string][] = [
  ['+442079460958', london],
  ['+44 (0)20 7946 0958', london],
  ['+44(0)2079460958', london],
  ['0044 (0) 20 7946 0958', london],
  ['(+44) (0)20 7946 0958', london],
  ['＋44 （0）20 7946 0958', london],
  ['+44 [0] 20 7946 0958', london],
  ['tel:+44-20-7946-0958', london],
  ['TEL:00442079460958', london],
  ['(0044) 20.7946.0958', london],
  ['+44–20—7946‑0958', london],
  ['+44\u221220\u22127946\u20120958', london],
  ['+44\u00a020\u20097946\u30000958', london],
  ['\u202a+44 20\u200b 7946\ufeff 0958\u202c', london],
  ['+44\ufe0f20\u{e0100}7946\u180b0958', london],
  ['+٤٤ ٢٠ ٧٩٤٦ ٠٩٥٨', london],
  ['＋４４２０７９４６０９５８', london],
  ['+৪৪২০৭৯৪৬০৯৫৮', london],
  ['+\u{1d7d2}\u{1d7d2}2079460958', london],
  // Whose zero belongs to the number, in brackets or not.
  ['+39 (0)6 698 12345', '+390669812345'],
  ['+225 (0)7 07 12 34 56', '+2250707123456'],
  ['+242 (0)6 612 3456', '+242066123456'],
  ['+49 (0)30 123456', '+4930123456'],
  ['+880 (0)1711-204418', '+8801711204418'],
  ['+1 (415) 555-2671', '+14155552671'],
  // No number without the zero.
  ['+1 (0)41 5555 267', '+10415555267'],
];

const forwarding = (to: string) => ({ rules: [{ when: {}, destination: { type: 'forward', to } }] });
const targetOf = ({ routing }: Awaited<ReturnType<typeof getNumber>>) => {
  const destination = routing?.rules[0]?.destination;
  return destination?.type === 'forward' ? destination.to : undefined;
};

describe('one number, however it is written,', () => {
  test.for(spellings.filter(([, number]) => number !== '+10415555267'))(
    '%s is the same when it is added, blocked, ruled about, forwarded to, searched and called',
    async ([spelling, number], { cordboard }) => {
      const as = cordboard.as('operator');
      expect(
        (
          await as.request(
            'GET',
            `/v1/phone-number-reading?${new URLSearchParams({ phone_number: spelling }).toString()}`,
          )
        ).body,
      ).toMatchObject({
        phone_number: number,
      });
      const other = await addNumber(as, {
        call_handling: { blocked_callers: [{ number: spelling }] },
        routing: {
          rules: [
            { when: { caller_in: [spelling] }, destination: { type: 'voicemail' } },
            ...forwarding(spelling).rules,
          ],
        },
      });
      expect(other.call_handling?.blocked_callers).toMatchObject([{ number }]);
      expect(other.routing?.rules).toMatchObject([
        { when: { caller_in: [number] } },
        { destination: { to: number } },
      ]);
      const call = await as.request('POST', '/v1/route', {
        body: { to: other.phone_number, from: spelling },
      });
      expect(call.body).toMatchObject({ decided_by: 'blocked_caller' });

      const added = await addNumber(as, { phone_number: spelling });
      expect(added.phone_number).toBe(number);
      expect((await listNumbers(as, { q: spelling })).phone_numbers.map(({ _id }) => _id)).toEqual([
        added._id,
      ]);
      expect((await as.request('POST', '/v1/route', { body: { to: spelling } })).body).toMatchObject({
        phone_number: number,
      });
      expectProblem(
        await as.request('POST', '/v1/phone-numbers', { body: { phone_number: spelling, provider: 'pia' } }),
        409,
        'phone_number_taken',
      );
    },
  );

  test('a (0) stays in a blocked caller where no number is possible without it', async ({ cordboard }) => {
    const { call_handling } = await addNumber(cordboard.as('operator'), {
      call_handling: { blocked_callers: [{ number: '+1 (0)41 5555 267' }] },
    });
    expect(call_handling?.blocked_callers).toMatchObject([{ number: '+10415555267' }]);
  });

  test.for([
    ['+44 (0)20', '+4420'],
    ['0044 (0)', '+44'],
    ['+39 (0)6', '+3906'],
    ['+225 (0)7', '+22507'],
    ['+880–17', '+88017'],
    ['+٨٨٠', '+880'],
    ['+999 (0)1', '+99901'],
  ])(
    'the beginning %s is %s, read and not judged, and searched',
    async ([spelling = '', prefix = ''], { cordboard }) => {
      const as = cordboard.as('operator');
      const { call_handling, routing } = await addNumber(as, {
        call_handling: { blocked_callers: [{ prefix: spelling }] },
        routing: {
          rules: [{ when: { caller_prefixes: [spelling, prefix] }, destination: { type: 'voicemail' } }],
        },
      });
      expect(call_handling?.blocked_callers).toMatchObject([{ prefix }]);
      expect(routing?.rules[0]?.when.caller_prefixes).toEqual([prefix]);
    },
  );

  test('the beginning of a number is searched as it is written', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const { _id } = await addNumber(as, { phone_number: london });
    for (const q of ['+44 (0)20', '0044 (0)20 79', '＋٤٤', '+44–20', 'tel:+44', '(020) 7946', '٧٩٤٦', '0958'])
      expect([q, (await listNumbers(as, { q })).phone_numbers.map((number) => number._id)]).toEqual([
        q,
        [_id],
      ]);
  });
});

describe('what is refused', () => {
  test.for([
    ['14155552671', 'Only the + is missing: write +14155552671.'],
    ['8801711204418', 'Only the + is missing: write +8801711204418.'],
    ['(415) 555-2671', '10 digits and no country code. Write + and the country code in front of them.'],
    [
      '020 7946 0958',
      '02079460958 begins with 0, as numbers do within a country. Write + and the country code instead of the 0.',
    ],
    ['+1234567890123456', '16 digits; 15 is the most.'],
    ['+1234', '4 digits; 5 is the least.'],
    ['+0155555555', 'No country code begins with 0. Take away the 0 behind the +.'],
    ['+8801711000001x5', 'It ends in an extension, 5. Leave that out.'],
    ['+8801711000001 ext. 17', 'It ends in an extension, 17. Leave that out.'],
    ['tel:+8801711000001;ext=17', 'It ends in an extension, 17. Leave that out.'],
    ['+1 415 CALL NOW', '“CALL” is no part of a phone number. Leave it out.'],
    ['+14155552671, +14155552672', '“,” is no part of a phone number. Leave it out.'],
    ['+14155552671 +14155552672', 'A + stands at the beginning alone. Write one number.'],
    ['\u200b', 'Write the number.'],
  ])('%s: %s', async ([spelling, message], { cordboard }) => {
    const as = cordboard.as('operator');
    const wrong = await as.request('POST', '/v1/phone-numbers', {
      body: { phone_number: spelling, provider: 'pia' },
    });
    expect(wrong).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/phone_number', code: 'invalid_format', message }] },
    });
    const { _id } = await addNumber(as);
    const patch = (body: object) => as.request('PATCH', `/v1/phone-numbers/${_id}`, { body });
    expect(await patch({ call_handling: { blocked_callers: [{ number: spelling }] } })).toMatchObject({
      status: 422,
    });
    const ruled = await patch({
      routing: { rules: [{ when: { caller_in: [spelling] }, destination: { type: 'voicemail' } }] },
    });
    expect(ruled.body).toMatchObject({ errors: [{ pointer: '/routing/rules/0/when/caller_in/0', message }] });
    const forward = await patch({ routing: forwarding(String(spelling)) });
    const [told] = (forward.body as { errors: { code: string; message: string }[] }).errors;
    expect(told?.code).toBe('invalid_forward_target');
    expect(told?.message).toContain(message);
  });

  test.for([
    ['+1415555267', 'behind +1 it has 9 digits; 10 are needed.'],
    ['+99912345', 'no country code begins so. Check the first digits.'],
    ['+4402079460958', 'it has digits that are only dialled within the country. Write +442079460958.'],
    ['+14155552671000', 'behind +1 it has 13 digits; 10 are right.'],
  ])('%s, for it is no possible number: %s', async ([number, why], { cordboard }) => {
    const as = cordboard.as('operator');
    const message = `${number} cannot be a phone number: ${why}`;
    const added = await as.request('POST', '/v1/phone-numbers', {
      body: { phone_number: number, provider: 'pia' },
    });
    expectProblem(added, 422, 'invalid_phone_number');
    expect(added.body).toMatchObject({ errors: [{ pointer: '/phone_number', message }] });
    const reading = await as.request(
      'GET',
      `/v1/phone-number-reading?phone_number=${encodeURIComponent(String(number))}`,
    );
    expect(reading.body).toMatchObject({
      code: 'invalid_phone_number',
      errors: [{ pointer: '/phone_number', message }],
    });
    const { _id } = await addNumber(as);
    const forward = await as.request('PATCH', `/v1/phone-numbers/${_id}`, {
      body: { routing: { fallback: { type: 'forward', to: number } } },
    });
    expect(forward.body).toMatchObject({
      errors: [{ pointer: '/routing/fallback/to', code: 'invalid_forward_target', message }],
    });
    const added2 = await as.request('POST', '/v1/phone-numbers', {
      body: { phone_number: '+14155552671', provider: 'pia', routing: forwarding(String(number)) },
    });
    expect(pointersOf(added2.body as never)).toEqual([
      '/routing/rules/0/destination/to invalid_forward_target',
    ]);
    // Whoever calls may say so all the same, and stays blockable.
    const call_handling = { blocked_callers: [{ number }] };
    expect((await patchNumber(as, _id, { call_handling })).call_handling?.blocked_callers).toMatchObject([
      { number },
    ]);
  });

  test('a beginning, by what is wrong with it', () => {
    expect(readPhonePrefix('880')).toMatchObject({ reason: 'country_code_missing' });
    expect(readPhonePrefix('+')).toMatchObject({ reason: 'too_short', message: '0 digits; 1 is the least.' });
    expect(readPhonePrefix('+123456789012345')).toMatchObject({
      reason: 'too_long',
      message: '15 digits; 14 is the most.',
    });
    expect(readPhoneNumber('x'.repeat(40))).toMatchObject({
      message: `“${'x'.repeat(20)}…” is no part of a phone number. Leave it out.`,
    });
  });
});

// As they were stored by earlier versions, which took more on trust.
const asStoredBefore = async (
  as: Caller,
  database: { query(text: string, values: readonly unknown[]): Promise<unknown> },
) => {
  const { _id } = await addNumber(as, { provider: 'sip', friendly_name: 'Old' });
  const rule = {
    id: 'a'.repeat(24),
    name: null,
    enabled: true,
    when: {
      hours: 'any',
      caller_countries: null,
      caller_prefixes: ['+44020'],
      caller_in: ['+4402079460958'],
      anonymous: 'any',
    },
    destination: { type: 'forward', to: '+99912345', ring_timeout_seconds: null },
  };
  const routing = {
    business_hours_id: null,
    rules: [rule],
    fallback: { type: 'forward', to: '+4402079460958', ring_timeout_seconds: null },
  };
  const blocked_callers = [
    { number: '+4402079460958', reason: null, expires_at: null },
    { prefix: '+44020', reason: null, expires_at: null },
  ];
  await database.query('update phone_number set routing = $2, call_handling = $3 where id = $1', [
    _id,
    JSON.stringify(routing),
    JSON.stringify({ blocked_callers }),
  ]);
  return { _id, rule, blocked_callers };
};

describe('what an earlier version stored', () => {
  test('is sent back whole, and neither refused nor changed', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const { _id } = await asStoredBefore(as, cordboard.database);
    const stored = await getNumber(as, _id);
    expect(stored.call_handling?.blocked_callers?.[0]).toMatchObject({ number: '+4402079460958' });
    expect(await patchNumber(as, _id, stored)).toEqual(stored);
    expect(await historyOf(as, _id)).toHaveLength(1);
  });

  test('stays while something beside it is changed, and cannot come anew', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const { _id, rule, blocked_callers } = await asStoredBefore(as, cordboard.database);
    const added = { ...rule, id: 'b'.repeat(24), destination: { type: 'voicemail', greeting: null } };
    const moved = await patchNumber(as, _id, {
      routing: { rules: [added, rule] },
      call_handling: { blocked_callers: [...blocked_callers, { number: '+44 (0)20 7946 0959' }] },
    });
    expect(moved.routing?.rules.map(({ destination }) => destination)).toEqual([
      added.destination,
      rule.destination,
    ]);
    expect(moved.call_handling?.blocked_callers).toEqual([
      ...blocked_callers,
      { number: '+442079460959', reason: null, expires_at: null },
    ]);
    const fresh = await addNumber(as);
    const copied = await as.request('PATCH', `/v1/phone-numbers/${fresh._id}`, {
      body: { routing: { rules: [rule] } },
    });
    expect(pointersOf(copied.body as never)).toEqual([
      '/routing/rules/0/destination/to invalid_forward_target',
    ]);
    expect(targetOf(await patchNumber(as, fresh._id, { routing: forwarding('+44 (0)20 7946 0958') }))).toBe(
      london,
    );
  });
});
