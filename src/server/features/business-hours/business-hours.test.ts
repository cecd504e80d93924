import { describe, expect } from 'vitest';
import { auditEventListSchema } from '#contract/audit-events.ts';
import { businessHoursListSchema } from '#contract/business-hours.ts';
import { addHours, addNumber, expectProblem, getHours, pointersOf, tally } from '#server/testing/given.ts';
import { test, type Caller } from '#server/testing/test-app.ts';

const eventsOf = async (as: Caller, id: string) =>
  auditEventListSchema.parse(
    (await as.request('GET', `/v1/audit-events?subject_kind=business_hours&subject_id=${id}`)).body,
  ).audit_events;

const patchHours = (as: Caller, id: string, body: unknown, headers: Record<string, string> = {}) =>
  as.request('PATCH', `/v1/business-hours/${id}`, { body, headers });

const holiday = {
  name: 'Victory Day',
  start_date: '2026-12-16',
  end_date: '2026-12-16',
  every_year: true,
  intervals: [],
};

describe('business hours', () => {
  test('are added, changed and deleted, each act recorded with what it changed', async ({ cordboard }) => {
    const as = cordboard.as('admin');
    const added = await addHours(as, { name: ' Dhaka office ', exceptions: [holiday] });
    const { business_hours_id: id } = added;
    expect(added).toMatchObject({
      name: 'Dhaka office',
      version: 1,
      phone_number_count: 0,
      exceptions: [holiday],
    });
    expect(await getHours(as, id)).toEqual(added);
    const changed = await patchHours(as, id, { exceptions: [] });
    expect(changed).toMatchObject({
      status: 200,
      body: { version: 2, exceptions: [], weekly: added.weekly },
    });
    expect((await as.request('DELETE', `/v1/business-hours/${id}`)).status).toBe(204);
    expectProblem(await as.request('GET', `/v1/business-hours/${id}`), 404, 'not_found');
    expect((await eventsOf(as, id)).map(({ action, changes }) => [action, Object.keys(changes)])).toEqual(
      [
        ['business_hours.deleted', ['name', 'time_zone', 'weekly', 'exceptions'].toSorted()],
        ['business_hours.updated', ['exceptions']],
        ['business_hours.added', ['name', 'time_zone', 'weekly', 'exceptions'].toSorted()],
      ].map(([action, fields]) => [
        action,
        expect.toSatisfy((found: string[]) => found.toSorted().join() === (fields as string[]).join()),
      ]),
    );
  });

  test('sent as they are, make neither a version nor an event', async ({ cordboard }) => {
    const as = cordboard.as('admin');
    const {
      business_hours_id: id,
      name,
      time_zone,
      weekly,
      exceptions,
    } = await addHours(as, { exceptions: [holiday] });
    expect(await patchHours(as, id, { name, time_zone, weekly, exceptions })).toMatchObject({
      status: 200,
      body: { version: 1 },
    });
    expect(await eventsOf(as, id)).toHaveLength(1);
  });

  test('are listed by name, with the count of the numbers that go by them', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const { business_hours_id: id } = await addHours(as, { name: 'b' });
    await addHours(as, { name: 'A' });
    const number = await addNumber(as, { routing: { business_hours_id: id } });
    const other = await addNumber(as, { routing: { business_hours_id: id } });
    await as.request('DELETE', `/v1/phone-numbers/${other._id}`);
    expect(number.routing).toEqual({ business_hours_id: id, rules: [], fallback: null });
    const { business_hours: all } = businessHoursListSchema.parse(
      (await as.request('GET', '/v1/business-hours')).body,
    );
    expect(all.map(({ name, phone_number_count: count }) => [name, count])).toEqual([
      ['A', 0],
      ['b', 1],
    ]);
  });

  test('in use are not deleted; a deleted number does not hold them', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const { business_hours_id: id } = await addHours(as);
    const { _id: number } = await addNumber(as, { routing: { business_hours_id: id } });
    const refused = expectProblem(
      await as.request('DELETE', `/v1/business-hours/${id}`),
      409,
      'business_hours_in_use',
    );
    expect(refused.detail).toContain('One number');
    await as.request('DELETE', `/v1/phone-numbers/${number}`);
    await as.request('POST', `/v1/phone-numbers/${number}/restore`);
    expectProblem(await as.request('DELETE', `/v1/business-hours/${id}`), 409, 'business_hours_in_use');
    await as.request('DELETE', `/v1/phone-numbers/${number}`);
    expect((await as.request('DELETE', `/v1/business-hours/${id}`)).status).toBe(204);
  });

  test('of a stale version are refused and unchanged; of many writers one wins each version', async ({
    cordboard,
  }) => {
    const as = cordboard.as('operator');
    const { business_hours_id: id } = await addHours(as);
    await patchHours(as, id, { name: 'First' }, { 'if-match': '"1"' });
    const stale = expectProblem(
      await patchHours(as, id, { name: 'Late' }, { 'if-match': '"1"' }),
      412,
      'version_conflict',
    );
    expect(stale.changed_fields).toEqual(['name']);
    expectProblem(
      await as.request('DELETE', `/v1/business-hours/${id}`, { headers: { 'if-match': '"1"' } }),
      412,
      'version_conflict',
    );
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, at) =>
        patchHours(as, id, { name: `Writer ${at}` }, { 'if-match': '"2"' }),
      ),
    );
    expect(tally(answers)).toEqual({ 200: 1, 412: 7 });
    expect(await getHours(as, id)).toMatchObject({ version: 3 });
  });

  test('may not share a name; a retry is answered once', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    await addHours(as, { name: 'Dhaka' });
    const body = { name: 'dhaka', time_zone: 'Asia/Dhaka', weekly: [] };
    expectProblem(await as.request('POST', '/v1/business-hours', { body }), 409, 'business_hours_name_taken');
    const again = { body: { ...body, name: 'Other' }, headers: { 'idempotency-key': 'once' } };
    const [first, second] = [
      await as.request('POST', '/v1/business-hours', again),
      await as.request('POST', '/v1/business-hours', again),
    ];
    expect(second.body).toEqual(first.body);
  });
});

const bad: [what: string, body: Record<string, unknown>, pointers: string[]][] = [
  ['an unknown zone', { time_zone: 'Asia/Atlantis' }, ['/time_zone unknown_time_zone']],
  ['an offset for a zone', { time_zone: '+06:00' }, ['/time_zone unknown_time_zone']],
  [
    'an end equal to its start',
    { weekly: [{ days: [1], start: '09:00', end: '09:00' }] },
    ['/weekly/0/end end_equals_start'],
  ],
  [
    'a time no clock shows',
    { weekly: [{ days: [1], start: '24:00', end: '25:00' }] },
    ['/weekly/0/end invalid_format', '/weekly/0/start invalid_format'],
  ],
  [
    'a day no week has',
    { weekly: [{ days: [8], start: '09:00', end: '10:00' }] },
    ['/weekly/0/days/0 too_big'],
  ],
  [
    'overlapping intervals',
    {
      weekly: [
        { days: [1, 2], start: '09:00', end: '12:00' },
        { days: [2], start: '11:00', end: '13:00' },
      ],
    },
    ['/weekly/1 overlapping_intervals'],
  ],
  [
    'a Sunday night that overlaps Monday',
    {
      weekly: [
        { days: [7], start: '22:00', end: '06:00' },
        { days: [1], start: '05:00', end: '07:00' },
      ],
    },
    ['/weekly/1 overlapping_intervals'],
  ],
  [
    'an impossible date',
    { exceptions: [{ ...holiday, start_date: '2026-02-30' }] },
    ['/exceptions/0/start_date impossible_date'],
  ],
  [
    'an end before its start',
    { exceptions: [{ ...holiday, end_date: '2026-12-15' }] },
    ['/exceptions/0/end_date end_before_start'],
  ],
  [
    'a year-long yearly exception',
    { exceptions: [{ ...holiday, end_date: '2027-12-16' }] },
    ['/exceptions/0/end_date longer_than_a_year'],
  ],
  [
    'overlapping intervals of an exception',
    {
      exceptions: [
        holiday,
        {
          ...holiday,
          intervals: [
            { start: '09:00', end: '12:00' },
            { start: '11:59', end: '13:00' },
          ],
        },
      ],
    },
    ['/exceptions/1/intervals/1 overlapping_intervals'],
  ],
  ['101 exceptions', { exceptions: Array.from({ length: 101 }, () => holiday) }, ['/exceptions too_big']],
];

test.for(bad)('%s gets 422 at its place', async ([, body, pointers], { cordboard }) => {
  const as = cordboard.as('operator');
  const answer = await as.request('POST', '/v1/business-hours', {
    body: { name: 'Hours', time_zone: 'Asia/Dhaka', weekly: [], ...body },
  });
  expect(answer.status).toBe(422);
  expect(pointersOf(answer.body as never)).toEqual(pointers);
});

test.for([
  ['asia/DHAKA', 'Asia/Dhaka'],
  ['Asia/Calcutta', 'Asia/Kolkata'],
  ['europe/kiev', 'Europe/Kyiv'],
  ['us/eastern', 'America/New_York'],
  ['UTC', 'Etc/UTC'],
] as const)(
  'the zone %s is stored under its name of today, %s, in hours as in a window',
  async ([time_zone, stored], { cordboard }) => {
    const as = cordboard.as('operator');
    const hours = await addHours(as, { time_zone });
    expect(hours).toMatchObject({ time_zone: stored });
    const again = await patchHours(as, hours.business_hours_id, { time_zone });
    expect(again).toMatchObject({ status: 200, body: { time_zone: stored, version: 1 } });
    const call_handling = { outbound_window: { time_zone, weekly: [] } };
    expect(await addNumber(as, { call_handling })).toMatchObject({
      call_handling: { outbound_window: { time_zone: stored } },
    });
  },
);

test('names that look alike are one', async ({ cordboard }) => {
  const as = cordboard.as('operator');
  await addHours(as, { name: 'Caf\u00e9' });
  const body = { name: 'CAFE\u0301\u200b', time_zone: 'Asia/Dhaka', weekly: [] };
  expectProblem(await as.request('POST', '/v1/business-hours', { body }), 409, 'business_hours_name_taken');
});

test('intervals may touch, run past midnight and last a whole day', async ({ cordboard }) => {
  const weekly = [{ days: [1, 2, 3, 4, 5, 6, 7], start: '00:00', end: '24:00' }];
  expect(await addHours(cordboard.as('operator'), { weekly })).toMatchObject({ weekly });
  const nights = [
    { days: [1, 7], start: '22:00', end: '06:00' },
    { days: [1], start: '06:00', end: '22:00' },
  ];
  expect(await addHours(cordboard.as('operator'), { weekly: nights })).toMatchObject({ weekly: nights });
});
