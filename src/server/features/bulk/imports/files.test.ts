import { describe, expect } from 'vitest';
import { expectProblem, listNumbers } from '#server/testing/given.ts';
import { planImport, rowsOf, runImport, sendFile } from '#server/testing/given-import.ts';
import { giveSession } from '#server/testing/test-actors.ts';
import { test, type TestApp } from '#server/testing/test-app.ts';

const heading = 'phone_number,provider,friendly_name';

const kept = async ({ database }: TestApp) => {
  const [row] = await database.query(
    'select (select count(*) from bulk_plan) as plans, (select count(*) from bulk_row) as rows, (select count(*) from held_secret) as secrets',
  );
  return row;
};
const nothing = { plans: 0, rows: 0, secrets: 0 };
const manyRows = Array.from({ length: 700 }, (_, at) => `+1415556${String(at).padStart(4, '0')},pia,Row\n`);

describe('a file that is none', () => {
  test.for<[string, string | Uint8Array, string]>([
    ['is empty', '', 'no_heading'],
    ['is a workbook', Buffer.from('PK\u0003\u0004 and so on'), 'not_a_table'],
    ['has no phone number', 'name,age\nAda,36\n', 'no_phone_number_column'],
    ['has numbers instead of a heading', '+14155550100,pia\n', 'no_heading'],
    ['has 10,000 columns', `${'x,'.repeat(9999)}x\n`, 'too_many_columns'],
    ['holds NULs', `${heading}\n+14155550100,pia,a\0b\n`, 'not_a_table'],
    ['holds a NUL far from its beginning', `${heading}\n${manyRows.join('')}\0`, 'not_a_table'],
    [
      'is of two alphabets',
      Buffer.concat([Buffer.from(`${heading}\n+14155550100,pia,Zoë\n`), Buffer.from([0xe9])]),
      'mixed_encoding',
    ],
    ['has two columns of one name', 'phone_number,Phone number,phone_number\n', 'duplicate_column'],
  ])('because it %s is refused for that, and nothing of it stays', async ([, file, code], { cordboard }) => {
    const answer = await sendFile(cordboard.as('operator'), file);
    const problem = expectProblem(answer, 422, 'unreadable_file');
    expect(problem.errors).toEqual([{ pointer: '', code, message: problem.detail }]);
    expect(await kept(cordboard)).toEqual(nothing);
  });

  test('of another type is refused', async ({ cordboard }) => {
    const as = cordboard.as('operator');
    for (const type of ['application/json', 'text/plain', ''])
      expectProblem(await sendFile(as, `${heading}\n`, {}, type), 415, 'unsupported_media_type');
  });

  test('is told to be too large before any of it is read', async ({ cordboard }) => {
    const answer = await cordboard.as('operator').request('POST', '/v1/imports', {
      body: `${heading}\n`,
      headers: { 'content-type': 'text/csv', 'content-length': '100000001' },
    });
    expect(expectProblem(answer, 413, 'body_too_large').detail).toContain('100 MB');
    expect(await kept(cordboard)).toEqual(nothing);
  });
});

test('every bad row is refused for what is wrong with it; the good ones are imported', async ({
  cordboard,
}) => {
  const as = await cordboard.signedInAs('operator');
  const file = `phone_number,provider,friendly_name,inbound_agent,sip_termination_uri,labels
+14155550100,pia,Good row one,,,production
,pia,No number,,,
+1415555267,pia,One digit short,,,
0044 20 7946 0018,pia,Good: international prefix,,,
+8801711000001,gsm,Unknown provider,,,
+8801711000006,pia,A trunk field,,trunk.example,
+14155550106,pia,"=HYPERLINK(""http://evil.example"")",,,
+14155550108,pia,Too few columns
+14155550105,pia,No such agent,Nobody we know,,
+14155550109,pia,"Good, with a comma",,,"production|vip"
+14155550111,pia,"Never closed,,,
`;
  const plan = await planImport(as, file);
  expect(plan.counts).toMatchObject({ total: 11, created: 4, refused: 7 });
  const rows = await rowsOf(as, plan, { outcome: 'refused' });
  expect(
    rows.map(({ line, errors }) => [line, errors[0]?.column, errors[0]?.value, errors[0]?.code]),
  ).toEqual([
    [3, 'phone_number', '', 'required'],
    [4, 'phone_number', '+1415555267', 'invalid_phone_number'],
    [6, 'provider', 'gsm', 'invalid_value'],
    [7, 'sip_termination_uri', 'trunk.example', 'field_of_other_provider'],
    [9, null, null, 'too_few_cells'],
    [10, 'inbound_agent', 'Nobody we know', 'agent_not_found'],
    [12, null, null, 'unclosed_quote'],
  ]);
  expect(await rowsOf(as, plan, { outcome: 'refused', code: 'too_few_cells' })).toHaveLength(1);
  expect((await runImport(as, plan)).counts).toMatchObject({ created: 4, refused: 7 });
  const { phone_numbers: numbers } = await listNumbers(as, { sort: 'phone_number' });
  expect(numbers.map(({ friendly_name: name }) => name)).toEqual([
    'Good row one',
    '=HYPERLINK("http://evil.example")',
    'Good, with a comma',
    'Good: international prefix',
  ]);
});

test('a file of many pieces is whole, its rows in pages', async ({ cordboard }) => {
  const as = await cordboard.signedInAs('operator');
  const plan = await planImport(as, `${heading}\n${manyRows.slice(0, 210).join('')}`);
  expect(plan.counts).toMatchObject({ total: 210, created: 210 });
  const page = await as.request<{ rows: { line: number }[]; next_page_token: string }>(
    'GET',
    `/v1/imports/${plan.import_id}/rows?page_size=100`,
  );
  expect(page.body.rows.map(({ line }) => line)).toEqual(Array.from({ length: 100 }, (_, at) => at + 2));
  const next = `/v1/imports/${plan.import_id}/rows?page_size=1&page_token=${page.body.next_page_token}`;
  expect((await as.request('GET', next)).body).toMatchObject({ rows: [{ line: 102 }] });
  expectProblem(await as.request('GET', `${next}&outcome=created`), 400, 'invalid_page_token');
  expect((await runImport(as, plan)).counts).toMatchObject({ total: 210, done: 210, created: 210 });
});

test('a table of no rows is told to have none', async ({ cordboard }) => {
  const as = await cordboard.signedInAs('operator');
  expect(await planImport(as, `${heading}\n`)).toMatchObject({ counts: { total: 0 }, refusals: [] });
});

/** Begins to send a file, long enough for its rows to be kept before its end. */
const beginToSend = async (cordboard: TestApp) => {
  const { headers } = await giveSession(cordboard.database, 'operator');
  const long = manyRows.map((row) => row.replace('Row', 'x'.repeat(100))).join('');
  let end: (error?: Error) => void = () => {};
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(`${heading}\n${long}`));
      end = (error) => (error === undefined ? controller.close() : controller.error(error));
    },
  });
  const request = new Request('http://cordboard.test/v1/imports', {
    method: 'POST',
    headers: { ...headers, 'content-type': 'text/csv' },
    body,
    duplex: 'half',
  } as RequestInit);
  const answer = Promise.resolve(
    cordboard.app.hono.fetch(request, { incoming: { socket: { remoteAddress: '10.9.9.9' } } }),
  );
  await expect.poll(() => kept(cordboard)).toMatchObject({ plans: 1 });
  return { as: cordboard.withHeaders(headers), answer, end };
};

test('while a file of somebody comes, another of theirs is refused, and others’ are taken', async ({
  cordboard,
}) => {
  const { as, answer, end } = await beginToSend(cordboard);
  expectProblem(await sendFile(as, `${heading}\n`), 429, 'too_many_requests');
  expect((await sendFile(await cordboard.signedInAs('operator'), `${heading}\n`)).status).toBe(201);
  end();
  expect((await answer).status).toBe(201);
  expect((await sendFile(as, `${heading}\n`)).status).toBe(201);
});

test('a file that breaks off leaves nothing', async ({ cordboard }) => {
  const { answer, end } = await beginToSend(cordboard);
  end(new Error('gone'));
  expect((await answer).status).toBe(400);
  expect(await kept(cordboard)).toEqual(nothing);
});
