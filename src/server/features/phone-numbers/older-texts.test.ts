import { describe, expect } from 'vitest';
import type { BusinessHours } from '#contract/business-hours.ts';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { readMigrations } from '#server/platform/db/migrate/migrate.ts';
import {
  addAgent,
  addHours,
  addNumber,
  expectProblem,
  historyOf,
  pointersOf,
} from '#server/testing/given.ts';
import { trunk } from '#server/testing/samples.ts';
import { test, type Caller, type TestApp } from '#server/testing/test-app.ts';

// Records as earlier versions stored them: texts neither composed nor trimmed, zones under old names. Read as
// they are answered, and not by today's schemas, which would read them anew.

const NFD = 'Cafe\u0301 Dhaka';
const older = {
  friendly_name: `${NFD}\u200b`,
  labels: ['cafe\u0301', 'caf\u00e9', 'vip\u200b', 'x\u202ey'],
  settings: {
    ...trunk,
    sip_termination_uri: 'sip:desk@carrier.example;transport=tls',
    sip_trunk_username: 'acme \u200b',
    sip_infra_region: 'global',
  },
  routing: {
    business_hours_id: null,
    rules: [
      {
        id: 'old',
        name: `${NFD}\u202e!`,
        enabled: true,
        when: {
          hours: 'any',
          caller_countries: null,
          caller_prefixes: null,
          caller_in: null,
          anonymous: 'any',
        },
        destination: { type: 'message', text: 'Closed.' },
      },
    ],
    fallback: null,
  },
  call_handling: {
    caller_id_name: `${NFD}\u2060`,
    blocked_callers: [{ number: '+14155552671', reason: `${NFD}\u200b`, expires_at: null }],
    outbound_window: { time_zone: 'Asia/Calcutta', weekly: [{ days: [1], start: '09:00', end: '17:00' }] },
  },
};

const givenOlder = async ({ database }: TestApp, as: Caller): Promise<PhoneNumber> => {
  const { _id: id } = await addNumber(as, trunk);
  const { provider: _provider, sip_trunk_password: _password, ...settings } = older.settings;
  await database.query(
    `update phone_number set friendly_name = $2, labels = $3, label_keys = $4, settings = $5, routing = $6, call_handling = $7 where id = $1`,
    [
      id,
      older.friendly_name,
      older.labels,
      older.labels.map((label) => label.toLowerCase()),
      JSON.stringify(settings),
      JSON.stringify(older.routing),
      JSON.stringify(older.call_handling),
    ],
  );
  return read(as, id);
};
const read = async (as: Caller, id: string) =>
  (await as.request<PhoneNumber>('GET', `/v1/phone-numbers/${id}`)).body;
const patch = (as: Caller, { _id: id }: PhoneNumber, body: unknown) =>
  as.request<PhoneNumber>('PATCH', `/v1/phone-numbers/${id}`, { body });

describe('a record from before texts were read as today', () => {
  test('sent back whole changes nothing', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const number = await givenOlder(cordboard, as);
    expect(number).toMatchObject({
      friendly_name: older.friendly_name,
      labels: older.labels,
      sip_trunk_username: 'acme \u200b',
    });
    expect(await patch(as, number, number)).toMatchObject({ status: 200, body: number });
    expect(await historyOf(as, number._id)).toHaveLength(1);
  });

  test('sent back with one thing changed changes that alone, entry by entry', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const number = await givenOlder(cordboard, as);
    const [rule] = number.routing?.rules ?? [];
    const window = number.call_handling?.outbound_window;
    const changed = {
      ...number,
      labels: [...number.labels, ' NEW\u200b '],
      routing: {
        ...number.routing,
        rules: [
          { ...rule, enabled: false },
          { ...rule, id: 'new', name: ' new\u200b ' },
        ],
      },
      call_handling: {
        ...number.call_handling,
        blocked_callers: [
          ...(number.call_handling?.blocked_callers ?? []),
          { prefix: '+1900', reason: `${NFD}\u2060` },
        ],
        outbound_window: { time_zone: window?.time_zone, weekly: [] },
      },
    };
    const { status, body: after } = await patch(as, number, changed);
    expect(status).toBe(200);
    expect(new Set(after.labels)).toEqual(new Set([...older.labels, 'NEW']));
    expect(after.routing?.rules.map(({ name, enabled }) => [name, enabled])).toEqual([
      [`${NFD}\u202e!`, false],
      ['new', true],
    ]);
    expect(after.call_handling).toMatchObject({
      caller_id_name: `${NFD}\u2060`,
      blocked_callers: [{ reason: `${NFD}\u200b` }, { reason: NFD.normalize('NFC') }],
      outbound_window: { time_zone: 'Asia/Calcutta', weekly: [] },
    });
    expect(after).toMatchObject({
      friendly_name: older.friendly_name,
      sip_trunk_username: 'acme \u200b',
      version: 2,
    });
    const [event] = await historyOf(as, number._id);
    expect(Object.keys(event?.changes ?? {}).toSorted()).toEqual(['call_handling', 'labels', 'routing']);
  });

  test('is previewed with its rules as they are and one more', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    const number = await givenOlder(cordboard, as);
    const rules = [
      { when: { hours: 'closed' }, destination: { type: 'voicemail' } },
      ...(number.routing?.rules ?? []),
    ];
    const preview = await as.request('POST', `/v1/phone-numbers/${number._id}/route/preview`, {
      body: { routing: { rules } },
    });
    expect(preview).toMatchObject({
      status: 200,
      body: { rule: { name: `${NFD}\u202e!`, position: 2 }, destination: { type: 'message' } },
    });
  });

  test('does not lend its texts to other fields, nor let in another label that looks alike', async ({
    cordboard,
  }) => {
    const as = cordboard.as('operator');
    const number = await givenOlder(cordboard, as);
    const names = await patch(as, number, {
      sip_trunk_username: older.friendly_name,
      friendly_name: 'x\u202ey',
    });
    expect(pointersOf(expectProblem(names, 422, 'validation_failed'))).toEqual([
      '/friendly_name control_characters',
      '/sip_trunk_username unseen_characters',
    ]);
    for (const label of ['VIP', 'CAF\u00c9', 'vip\u200b'])
      expectProblem(await patch(as, number, { labels: [...number.labels, label] }), 422, 'validation_failed');
    expect(await read(as, number._id)).toEqual(number);
  });
});

describe('names from before', () => {
  test('of an agent, hours and an operator stay when they are sent back with something else', async ({
    cordboard,
  }) => {
    const as = await cordboard.signedInAs('admin', { fresh: true });
    const { ai_agent_id: agentId } = await addAgent(as, 'Cafe');
    await cordboard.database.query('update agent set name = $2, name_key = lower($2) where id = $1', [
      agentId,
      older.friendly_name,
    ]);
    const agent = await as.request<{ data: object }>('PUT', `/v2/ai-agents/${agentId}`, {
      body: { agent_name: older.friendly_name, language_code: 'bn-BD' },
    });
    expect(agent).toMatchObject({
      status: 200,
      body: { data: { agent_name: older.friendly_name, language_code: 'bn-BD' } },
    });

    const { business_hours_id: hoursId } = await addHours(as, { exceptions: [] });
    const closed = {
      name: `${NFD}\u200b`,
      start_date: '2026-12-24',
      end_date: '2026-12-24',
      every_year: true,
      intervals: [],
    };
    await cordboard.database.query(
      "update business_hours set name = $2, time_zone = 'Asia/Calcutta', exceptions = $3 where id = $1",
      [hoursId, older.friendly_name, JSON.stringify([closed])],
    );
    const path = `/v1/business-hours/${hoursId}`;
    const { body: stored } = await as.request<BusinessHours>('GET', path);
    const { name, time_zone, weekly, exceptions } = stored;
    expect(await as.request('PATCH', path, { body: { name, time_zone, weekly, exceptions } })).toMatchObject({
      status: 200,
      body: stored,
    });
    const more = [
      ...exceptions,
      { ...closed, name: ' Victory\u200b ', start_date: '2026-12-16', end_date: '2026-12-16' },
    ];
    const after = await as.request('PATCH', path, {
      body: { name, time_zone, weekly: [], exceptions: more },
    });
    expect(after).toMatchObject({
      status: 200,
      body: {
        name: older.friendly_name,
        time_zone: 'Asia/Calcutta',
        weekly: [],
        exceptions: [{ name: `${NFD}\u200b` }, { name: 'Victory' }],
      },
    });

    const { body: own } = await as.request<{ operator_id: string }>('GET', '/v1/me');
    await cordboard.database.query('update operator set name = $2 where id = $1', [
      own.operator_id,
      'Rina\u202e',
    ]);
    const same = await as.request('PATCH', `/v1/operators/${own.operator_id}`, {
      body: { name: 'Rina\u202e', role: 'admin' },
    });
    expect(same).toMatchObject({ status: 200, body: { name: 'Rina\u202e' } });
  });
});

test('labels and names from before are found by their look once the database is brought up', async ({
  cordboard,
}) => {
  const { database } = cordboard;
  const as = cordboard.as('operator');
  const number = await givenOlder(cordboard, as);
  const plain = await addNumber(as, { labels: ['plain'] });
  const agents = await Promise.all(['one', 'two', 'three'].map((name) => addAgent(as, name)));
  const keys = ['cafe\u0301', 'vip\u200b', 'vip\u2060'];
  for (const [at, agent] of agents.entries())
    await database.query('update agent set name_key = $2 where id = $1', [agent.ai_agent_id, keys[at]]);
  const { sql } = (await readMigrations()).find(({ name }) => name === '0010_names_by_look.sql') ?? {
    sql: '',
  };
  await database.transaction((tx) => tx.query(sql));
  const found = async (label: string) => {
    const query = new URLSearchParams({ label }).toString();
    const { body } = await as.request<{ phone_numbers: PhoneNumber[] }>('GET', `/v1/phone-numbers?${query}`);
    return body.phone_numbers.map(({ _id }) => _id);
  };
  for (const label of ['CAF\u00c9', 'Cafe\u0301', 'Vip', 'v\u200dip\ufeff', 'xy'])
    expect([label, await found(label)]).toEqual([label, [number._id]]);
  expect(await found('plain')).toEqual([plain._id]);
  const rows = await database.query<{ name_key: string }>(
    'select name_key from agent order by id = any ($1), name_key',
    [[]],
  );
  // Those that have looked alike since before are told apart as before.
  expect(new Set(rows.map(({ name_key: key }) => key))).toEqual(
    new Set(['caf\u00e9', 'vip\u200b', 'vip\u2060']),
  );
});
