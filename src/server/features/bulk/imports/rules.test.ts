import { describe, expect } from 'vitest';
import { addAgent, addNumber, expectProblem, getNumber, listNumbers } from '#server/testing/given.ts';
import {
  JSON_LINES,
  outcomesOf,
  planImport,
  rowsOf,
  runImport,
  sendFile,
} from '#server/testing/given-import.ts';
import { test, type Caller } from '#server/testing/test-app.ts';

const table = (...rows: string[]) => ['phone_number,provider,friendly_name', ...rows, ''].join('\n');

describe('a number that is there already', () => {
  const file = table(
    '+14155550100,pia,Same',
    '+14155550101,pia,New name',
    '+14155550102,pia,Added',
    '+14155550101,pia,Twice',
  );
  const given = async (as: Caller) => [
    await addNumber(as, { phone_number: '+14155550100', friendly_name: 'Same' }),
    await addNumber(as, { phone_number: '+14155550101', friendly_name: 'Old name', notes: 'kept' }),
  ];

  test.for<['refuse' | 'skip' | 'update', unknown, unknown, object]>([
    ['refuse', ['phone_number: phone_number_taken'], ['phone_number: phone_number_taken'], { refused: 3 }],
    ['skip', 'skipped', 'skipped', { skipped: 2, refused: 1 }],
    ['update', 'unchanged', 'changed', { unchanged: 1, changed: 1, refused: 1 }],
  ])('is met with %s', async ([existing, same, other, counts], { cordboard }) => {
    const as = await cordboard.signedInAs('operator');
    const [, changed] = await given(as);
    const plan = await planImport(as, file, { existing });
    expect(plan.counts).toMatchObject({ total: 4, created: 1, ...counts });
    expect(await outcomesOf(as, file, { existing })).toEqual({
      2: same,
      3: other,
      4: 'created',
      5: ['phone_number: duplicate_row'],
    });
    const job = await runImport(as, plan);
    expect(job.counts).toMatchObject({ total: 4, done: 4, created: 1, ...counts });
    expect(await getNumber(as, String(changed?._id))).toMatchObject(
      existing === 'update'
        ? { friendly_name: 'New name', notes: 'kept', version: 2 }
        : { friendly_name: 'Old name', version: 1 },
    );
  });

  test('is refused where nothing is said, counted by reason', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('operator');
    await given(as);
    const plan = await planImport(as, file);
    expect(plan.refusals).toEqual([
      { code: 'phone_number_taken', message: expect.stringContaining('existing=update') as string, count: 2 },
      { code: 'duplicate_row', message: 'Line 3 has the same number. Keep one of the two.', count: 1 },
    ]);
  });
});

describe('agents', () => {
  const file = `phone_number,provider,inbound_agent,outbound_agent
+14155550100,pia,Nobody we know,Front desk
+14155550101,pia,nobody  we know,
12345,pia,Somebody else,
+14155550103,pia,${'x'.repeat(121)},
+14155550104,pia,Gone,
`;
  const given = async (as: Caller) => {
    const gone = await addAgent(as, 'Gone');
    await as.request('PUT', `/v2/ai-agents/${gone.ai_agent_id}`, { body: { agent_status: 'retired' } });
    return addAgent(as, 'Front desk');
  };

  test('that are not there are refused, where nothing is said', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('operator');
    await given(as);
    expect(await outcomesOf(as, file)).toEqual({
      2: ['inbound_agent: agent_not_found'],
      3: ['inbound_agent: agent_not_found'],
      4: ['phone_number: country_code_missing'],
      5: ['inbound_agent: agent_not_found'],
      6: ['inbound_agent: agent_retired'],
    });
  });

  test('are offered to be added where they are named, not where they are told by an id', async ({
    cordboard,
  }) => {
    const as = await cordboard.signedInAs('operator');
    const messageOf = async (plan: ReturnType<typeof planImport>) => (await plan).refusals[0]?.message;
    const named = 'phone_number,provider,inbound_agent\n+14155550100,pia,Nobody we know\n';
    expect(await messageOf(planImport(as, named))).toContain('unknown_agents=create');
    const inbound_agent_id = '00000000-0000-4000-8000-000000000000';
    const line = JSON.stringify({ phone_number: '+14155550100', provider: 'pia', inbound_agent_id });
    for (const unknown_agents of ['refuse', 'create']) {
      const told = await messageOf(planImport(as, line, { unknown_agents }, JSON_LINES));
      expect(told).toMatch(/^No agent has this id\. (?!.*unknown_agents)/);
    }
  });

  test('are added when it is run, those of accepted rows, each once', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('operator');
    const desk = await given(as);
    const plan = await planImport(as, file, { unknown_agents: 'create' });
    expect(plan).toMatchObject({
      counts: { created: 2, refused: 3 },
      agents_to_create: ['Nobody we know'],
      agents_to_create_count: 1,
    });
    expect(plan.examples[0]?.changes).toMatchObject({
      inbound_agent_id: { before: null, after: 'Nobody we know' },
      outbound_agent_id: { before: null, after: desk.ai_agent_id },
    });
    expect(
      (await rowsOf(as, plan, { outcome: 'refused' })).map(({ line, errors }) => [line, errors[0]?.code]),
    ).toEqual([
      [4, 'country_code_missing'],
      [5, 'too_big'],
      [6, 'agent_retired'],
    ]);
    const names = async () =>
      (await as.request<{ data: { agent_name: string; ai_agent_id: string }[] }>('GET', '/v2/ai-agents')).body
        .data;
    expect(await names()).toHaveLength(2);
    const job = await runImport(as, plan);
    const added = (await names()).filter(({ agent_name: name }) => name === 'Nobody we know');
    expect(added).toHaveLength(1);
    expect((await listNumbers(as)).phone_numbers.map(({ inbound_agent_id: id }) => id)).toEqual([
      added[0]?.ai_agent_id,
      added[0]?.ai_agent_id,
    ]);
    const log = await cordboard
      .as('admin')
      .request('GET', `/v1/audit-events?action=agent.added&bulk_job_id=${job.bulk_job_id}`);
    expect(log.body).toMatchObject({ audit_events: [{ subject: { name: 'Nobody we know' } }] });
  });

  test('are added for no key that may not add any', async ({ cordboard }) => {
    const query = { unknown_agents: 'create' };
    expectProblem(await sendFile(cordboard.as(['numbers:write']), file, query), 403, 'forbidden');
    const both = cordboard.as(['numbers:write', 'agents:write', 'numbers:read']);
    expect((await runImport(both, await planImport(both, file, query))).counts).toMatchObject({ created: 3 });
  });
});

describe('numbers', () => {
  test('without a country are of the default country, or refused', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('operator');
    const file = table('020 7946 0018,pia,London', '+14155550100,pia,Abroad');
    expect(await outcomesOf(as, file)).toEqual({ 2: ['phone_number: country_code_missing'], 3: 'created' });
    expect(await outcomesOf(as, file, { default_country: 'gb' })).toEqual({ 2: 'created', 3: 'created' });
    expectProblem(await sendFile(as, file, { default_country: 'ZZ' }), 422, 'validation_failed');
    expectProblem(await sendFile(as, file, { default_country: 'Britain' }), 422, 'validation_failed');
  });

  test('that lost their plus are taken for whole where that is said', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('operator');
    const file = table('14155550100,pia,Lost', '1.41556E+10,pia,Rounded');
    const rounded = ['phone_number: spreadsheet_rounded'];
    expect(await outcomesOf(as, file)).toEqual({ 2: ['phone_number: spreadsheet_plus_lost'], 3: rounded });
    expect(await outcomesOf(as, file, { digits: 'international' })).toEqual({ 2: 'created', 3: rounded });
  });
});

describe('a mapping', () => {
  const file = 'Tel,Carrier,What\n+14155550100,pia,Sales\n';

  test('says what columns hold', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('operator');
    const mapping = JSON.stringify({ Tel: 'phone_number', Carrier: 'provider', What: 'notes' });
    const plan = await planImport(as, file, { mapping });
    expect(plan.file.columns.map(({ field }) => field)).toEqual(['phone_number', 'provider', 'notes']);
    await runImport(as, plan);
    expect((await listNumbers(as)).phone_numbers).toMatchObject([{ notes: 'Sales' }]);
  });

  test.for<[string, string]>([
    ['{', 'invalid'],
    ['[]', 'invalid'],
    ['{"Tel": 1}', 'invalid'],
    ['{"Phone": "phone_number"}', 'unknown_heading'],
    ['{"Tel": "telephone"}', 'unknown_mapping_field'],
  ])('that is %s is refused by its name', async ([mapping, code], { cordboard }) => {
    const answer = await sendFile(cordboard.as('operator'), file, { mapping });
    const problem = expectProblem(answer, 422, 'validation_failed');
    expect(problem.errors).toMatchObject([{ pointer: '/mapping', code }]);
  });
});

describe('JSON lines', () => {
  test('bring routing, and what the database could not store is refused by its row', async ({
    cordboard,
  }) => {
    const as = await cordboard.signedInAs('operator');
    const agent = await addAgent(as, 'Night desk');
    const rows = [
      {
        phone_number: '+14155550100',
        provider: 'pia',
        routing: { rules: [], fallback: { type: 'agent', agent_id: agent.ai_agent_id } },
      },
      { phone_number: '+14155550101', provider: 'pia', friendly_name: 'a\0b' },
      { phone_number: '+14155550102', provider: 'pia', notes: 'half \ud83d' },
      { phone_number: '+14155550103', provider: 'pia', 'na\0me': 'x\0' },
      { phone_number: '+14155550104', provider: 'sip', sip_trunk_password: { a: 'secret' } },
    ];
    const manyKeys = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`key ${at}`, 'x']));
    const file = rows.map((row) => JSON.stringify(row)).join('\n');
    expect(await outcomesOf(as, `${file}\nnot JSON`, {}, JSON_LINES)).toEqual({
      1: 'created',
      2: ['friendly_name: control_characters'],
      3: ['notes: control_characters'],
      4: ['na\ufffdme: unknown_field'],
      5: ['sip_trunk_password: invalid_type'],
      6: ['the row: invalid_json'],
    });
    expect(JSON.stringify(await cordboard.database.query('select * from bulk_row'))).not.toContain('secret');
    const [crowded] = await rowsOf(
      as,
      await planImport(as, JSON.stringify({ phone_number: '+14155550105', ...manyKeys }), {}, JSON_LINES),
    );
    expect(crowded?.errors).toHaveLength(20);
    await runImport(as, await planImport(as, file, {}, JSON_LINES));
    expect((await listNumbers(as)).phone_numbers).toMatchObject([
      { routing: { fallback: { type: 'agent', agent_id: agent.ai_agent_id } } },
    ]);
  });

  test('and CSV of an export change nothing', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('operator');
    const agent = await addAgent(as, 'Night | desk');
    await addNumber(as, {
      provider: 'sip',
      friendly_name: '=1+1',
      inbound_agent_id: agent.ai_agent_id,
      sip_termination_uri: 'trunk.example',
      sip_trunk_password: 'the old one',
      labels: ['a|b', 'c'],
      metadata: { shop: 'north' },
      notes: 'two\nlines',
    });
    await addNumber(as, { routing: { rules: [], fallback: { type: 'reject' } } });
    for (const [format, type] of [['csv'], ['jsonl', JSON_LINES]] as const) {
      const { body } = await as.request<string>('GET', `/v1/phone-numbers/export?format=${format}`);
      const plan = await planImport(as, body, { existing: 'update' }, type);
      expect(plan.counts).toMatchObject({ total: 2, unchanged: 2 });
    }
  });
});
