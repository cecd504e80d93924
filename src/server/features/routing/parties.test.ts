import { describe, expect } from 'vitest';
import { routeAnswerSchema, type RouteAnswer } from '#contract/numbers/route.ts';
import {
  addNumber,
  anyNumber,
  expectProblem,
  getNumber,
  historyOf,
  patchNumber,
  pointersOf,
} from '#server/testing/given.ts';
import { test, type Caller } from '#server/testing/test-app.ts';

const ask = (as: Caller, body: Record<string, unknown>) => as.request('POST', '/v1/route', { body });

const route = async (
  as: Caller,
  to: string,
  from: string | null,
  more: Record<string, unknown> = {},
): Promise<RouteAnswer> => {
  const answer = await ask(as, { to, from, ...more });
  expect(answer).toMatchObject({ status: 200 });
  return routeAnswerSchema.parse(answer.body);
};

const PATIENCE = { timeout: 20_000, interval: 20 };
const voicemail = { type: 'voicemail', greeting: null };
const rule = (when: object, destination: object = voicemail) => ({ when, destination });

describe('our end of a call', () => {
  test('is found by all its digits, in any form of address, with + or without', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const { phone_number: ours } = await addNumber(as);
    const digits = ours.slice(1);
    for (const to of [
      ours,
      digits,
      `00${digits}`,
      `sip:${ours}@pbx.example`,
      `sip:${digits}@pbx.example:5060;transport=tls`,
      `sips:00${digits};phone-context=x@10.0.0.1`,
      `tel:${ours}`,
      `tel:${digits};ext=5`,
      `<sip:%2B${digits}@pbx.example>;tag=1`,
      `"Desk" <sip:${digits}@pbx.example;user=phone>`,
      `+${digits.slice(0, 3)} (0)${digits.slice(3)}`,
      `${digits}@pbx.example`,
    ]) {
      expect(await ask(as, { to, from: null })).toMatchObject({ status: 200, body: { phone_number: ours } });
      expect(await ask(as, { to: '+14155552671', from: to, direction: 'outbound' })).toMatchObject({
        status: 200,
        body: { phone_number: ours },
      });
    }
  });

  test('is 404 only where a whole international number is not ours; else it cannot be read', async ({
    cordboard,
  }) => {
    const as = cordboard.as('operator');
    const { phone_number: ours } = await addNumber(as);
    const [national, partial, other] = [`0${ours.slice(4)}`, ours.slice(4), anyNumber()];
    for (const to of [other, `00${other.slice(1)}`, `sip:${other}@pbx.example`, `tel:${other}`])
      expectProblem(await ask(as, { to }), 404, 'not_found');
    for (const to of [
      national,
      partial,
      `${ours}0`.slice(1),
      '201',
      'sip:201@pbx.example',
      'desk',
      'sip:desk@pbx.example',
      'sip:pbx.example',
      'anonymous',
      '+0123456',
    ]) {
      const problem = expectProblem(await ask(as, { to }), 422, 'unreadable_number');
      expect(pointersOf(problem)).toEqual(['/to unreadable_number']);
    }
    for (const from of [null, '', 'anonymous', '201', other.slice(1)])
      expect(
        pointersOf(
          expectProblem(await ask(as, { to: ours, from, direction: 'outbound' }), 422, 'unreadable_number'),
        ),
      ).toEqual(['/from unreadable_number']);
    expect((await ask(as, { to: '201' })).body).toMatchObject({
      errors: [
        { message: '“201” is none of your numbers. Send the whole number, with its + and country code.' },
      ],
    });
    expect((await ask(as, { to: 'sip:desk@pbx.example' })).body).toMatchObject({
      errors: [
        {
          message:
            'No phone number can be read from “sip:desk@pbx.example”. Send the number, with its + and country code.',
        },
      ],
    });
  });
});

describe('the caller', () => {
  test.for([
    ['anonymous'],
    ['sip:+14155552671@anonymous.invalid'],
    ['sip:restricted@10.0.0.1'],
    ['"Unavailable" <sip:x@10.0.0.1>'],
    ['sip:caller@unknown'],
    ['PRIVATE'],
    ['+266696687'],
    ['sip:+7378742833@carrier.example'],
    ['+2562533'],
    ['+8656696'],
    ['+86282452253'],
    ['+7748283'],
  ])('%s withholds the number', async ([from = ''], { cordboard }) => {
    const as = cordboard.as('operator');
    const { phone_number: to } = await addNumber(as, {
      routing: {
        rules: [
          rule({ anonymous: false }),
          rule({ caller_prefixes: ['+2', '+7', '+8'] }),
          rule({ anonymous: true }, { type: 'reject', reason: 'busy' }),
        ],
      },
    });
    const { rule: matched, reasons } = await route(as, to, from);
    expect(matched?.position).toBe(3);
    expect(reasons).toContain('Rule 1 does not match: the caller withholds the number.');
    const strict = await addNumber(as, {
      call_handling: { inbound_countries: ['US', 'LS', 'RU', 'CN', 'UG'] },
    });
    expect(await route(as, strict.phone_number, from)).toMatchObject({
      decided_by: 'inbound_countries',
      reasons: [
        expect.stringContaining('The caller withholds the number, and so is of no country') as string,
      ],
    });
  });

  test('who sends a number that stands for withheld is blocked and ruled about by it', async ({
    cordboard,
  }) => {
    const as = cordboard.as('operator');
    const blocking = await addNumber(as, {
      call_handling: {
        blocked_callers: [{ number: '+266696687' }, { prefix: '+7748283' }, { prefix: '+86' }],
      },
    });
    expect(await route(as, blocking.phone_number, '+266696687')).toMatchObject({
      decided_by: 'blocked_caller',
      reasons: ['+266696687 is blocked. The call is declined.'],
    });
    expect((await route(as, blocking.phone_number, 'sip:+7748283@carrier.example')).decided_by).toBe(
      'blocked_caller',
    );
    // A block of China is none of withheld numbers.
    expect((await route(as, blocking.phone_number, '+86282452253')).decided_by).toBe('nobody');
    const ruled = await addNumber(as, {
      routing: { rules: [rule({ caller_in: ['+8656696'] }), rule({ caller_prefixes: ['+2562533'] })] },
    });
    expect((await route(as, ruled.phone_number, '+8656696')).rule?.position).toBe(1);
    expect((await route(as, ruled.phone_number, '+2562533')).rule?.position).toBe(2);
    // The first rule takes whoever gives a number, and so leaves those that stand for withheld.
    const findingsOf = async (caller: string) => {
      const body = { routing: { rules: [rule({ anonymous: false }), rule({ caller_in: [caller] })] } };
      const answer = await as.request<{ findings: { code: string }[] }>(
        'POST',
        `/v1/phone-numbers/${ruled._id}/route/preview`,
        { body },
      );
      return answer.body.findings.map(({ code }) => code);
    };
    expect(await findingsOf('+8656696')).toEqual([]);
    expect(await findingsOf('+14155552671')).toEqual(['unreachable_rule']);
  });

  test('who could not be read has no number, and the reasons say what came', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const { phone_number: to } = await addNumber(as, {
      routing: { rules: [rule({ caller_prefixes: ['+1'] }), rule({ anonymous: true })] },
      call_handling: { blocked_callers: [{ number: '+14155559999' }] },
    });
    expect((await route(as, to, '14155559999')).reasons.slice(0, 4)).toEqual([
      'The caller’s number could not be read: 14155559999.',
      'The number has no business hours: it counts as always open.',
      'Rule 1 does not match: the caller’s number could not be read.',
      'Rule 2 does not match: the caller’s number could not be read.',
    ]);
    expect((await route(as, to, '"Anonymous" <sip:201@pbx.example>')).reasons[0]).toBe(
      'The caller’s number could not be read: 201.',
    );
    const strict = await addNumber(as, { call_handling: { inbound_countries: ['US'] } });
    expect((await route(as, strict.phone_number, '14155559999')).reasons).toEqual([
      'The caller’s number could not be read: 14155559999.',
      'The caller is of no known country; only US may call. The call is declined.',
    ]);
    const outbound = await ask(as, { to: 'reception', from: to, direction: 'outbound' });
    expect(outbound.body).toMatchObject({
      reasons: ['The called number could not be read: reception.', expect.anything()],
    });
  });
});

describe('sip_caller_format', () => {
  const trunk = { provider: 'sip', call_handling: { blocked_callers: [{ number: '+442079460958' }] } };
  const isBlocked = async (as: Caller, to: string, from: string) =>
    (await route(as, to, from)).decided_by === 'blocked_caller';

  test('says how callers without + are read, in memory and in the database, and each change counts', async ({
    cordboard,
  }) => {
    const as = cordboard.as('operator');
    const number = await addNumber(as, trunk);
    expect(number).toMatchObject({ sip_caller_format: null });
    const to = number.phone_number;
    expect(await isBlocked(as, to, '442079460958')).toBe(false);
    expect(await isBlocked(as, to, '+442079460958')).toBe(true);

    expect(await patchNumber(as, number._id, { sip_caller_format: 'international' })).toMatchObject({
      sip_caller_format: 'international',
      version: 2,
    });
    await expect.poll(() => isBlocked(as, to, '442079460958'), PATIENCE).toBe(true);
    expect(await isBlocked(as, to, 'sip:442079460958@carrier.example;user=phone')).toBe(true);
    expect(await isBlocked(as, to, '02079460958')).toBe(false);

    await patchNumber(as, number._id, { sip_caller_format: 'gb' });
    await expect.poll(() => isBlocked(as, to, '02079460958'), PATIENCE).toBe(true);
    expect(await getNumber(as, number._id)).toMatchObject({ sip_caller_format: 'GB' });
    // By now memory answers: without rules the number stands in the packed table, with them beside it.
    await patchNumber(as, number._id, { call_handling: null });
    const reasonOf = async () => (await route(as, to, '0201')).reasons[0];
    await expect.poll(reasonOf, PATIENCE).toBe('The caller’s number could not be read: 0201.');
    const usOnly = await patchNumber(as, number._id, { call_handling: { inbound_countries: ['US'] } });
    await expect
      .poll(async () => (await route(as, to, '02079460958')).reasons[0], PATIENCE)
      .toBe('+442079460958 is from GB; only US may call. The call is declined.');
    await patchNumber(as, number._id, { sip_caller_format: null });
    await expect
      .poll(async () => (await route(as, to, '02079460958')).reasons[0], PATIENCE)
      .toBe('The caller’s number could not be read: 02079460958.');
    expect(usOnly.version).toBe(5);

    const changes = (await historyOf(as, number._id))
      .map((event) => event.changes['sip_caller_format'])
      .filter((change) => change !== undefined);
    expect(changes).toEqual([
      { before: 'GB', after: null },
      { before: 'international', after: 'GB' },
      { before: null, after: 'international' },
    ]);
  });

  test('is given when a number is added, read back whole, and used in previews and for those who are called', async ({
    cordboard,
  }) => {
    const as = cordboard.as('operator');
    const number = await addNumber(as, {
      provider: 'sip',
      sip_caller_format: 'BD',
      call_handling: { outbound_countries: ['GB'], inbound_countries: ['GB'] },
    });
    expect(await patchNumber(as, number._id, number)).toMatchObject({ version: 1, sip_caller_format: 'BD' });
    const preview = await as.request('POST', `/v1/phone-numbers/${number._id}/route/preview`, {
      body: { from: '01711204418' },
    });
    expect(preview.body).toMatchObject({
      reasons: ['+8801711204418 is from BD; only GB may call. The call is declined.'],
    });
    const outbound = await ask(as, { to: '01711204418', from: number.phone_number, direction: 'outbound' });
    expect(outbound.body).toMatchObject({
      reasons: ['+8801711204418 is from BD; only GB may be called. The call is not made.'],
    });
    const { phone_numbers: found } = (
      await as.request<{ phone_numbers: unknown[] }>('GET', '/v1/phone-numbers?q=BD')
    ).body;
    expect(found).toEqual([]);
  });

  test.for(['', 'e164', 'XX', 'B', 'national', 'ZZZ'])('%s is refused', async (format, { cordboard }) => {
    const as = cordboard.as('operator');
    const { _id } = await addNumber(as, { provider: 'sip' });
    const answer = await as.request('PATCH', `/v1/phone-numbers/${_id}`, {
      body: { sip_caller_format: format },
    });
    expect(answer).toMatchObject({
      status: 422,
      body: {
        errors: [
          {
            pointer: '/sip_caller_format',
            message: 'Write international, or a country’s two letters, as in BD.',
          },
        ],
      },
    });
  });

  test('is a field of SIP numbers alone', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const { _id } = await addNumber(as);
    const answer = await as.request('PATCH', `/v1/phone-numbers/${_id}`, {
      body: { sip_caller_format: null },
    });
    expectProblem(answer, 422, 'field_of_other_provider');
  });
});

describe('countries', () => {
  // No country is known to have the area code 565.
  const unknown = '+15655550100';

  test('a caller of a range that is newer than what is known counts as of the main country of its code', async ({
    cordboard,
  }) => {
    const as = cordboard.as('operator');
    const allowing = await addNumber(as, {
      call_handling: { inbound_countries: ['US'] },
      routing: { rules: [rule({ caller_countries: ['US'] })] },
    });
    const answer = await route(as, allowing.phone_number, unknown);
    expect(answer).toMatchObject({ decided_by: 'rule' });
    expect(answer.reasons[0]).toBe(
      `No country is known to have ${unknown}: it counts as from US, the main country of its code.`,
    );
    const refusing = await addNumber(as, { call_handling: { inbound_countries: ['CA'] } });
    expect((await route(as, refusing.phone_number, unknown)).reasons).toEqual([
      `No country is known to have ${unknown}: it counts as from US, the main country of its code.`,
      `${unknown} counts as from US; only CA may call. The call is declined.`,
    ]);
    const careless = await addNumber(as);
    expect((await route(as, careless.phone_number, unknown)).reasons).toHaveLength(1);
    // A satellite network is of no country, whatever its code.
    expect((await route(as, allowing.phone_number, '+88213000000')).decided_by).toBe('inbound_countries');
    expect((await route(as, allowing.phone_number, '+16135550123')).decided_by).toBe('inbound_countries');
  });

  test('a call to such a range is not made', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const { phone_number: from } = await addNumber(as, { call_handling: { outbound_countries: ['US'] } });
    expect((await route(as, unknown, from, { direction: 'outbound' })).reasons).toEqual([
      `${unknown} is of no known country; only US may be called. The call is not made.`,
    ]);
    expect((await route(as, '+14155552671', from, { direction: 'outbound' })).decided_by).toBe('nobody');
  });
});
