import { expect } from 'vitest';
import { auditEventListSchema } from '#contract/audit-events.ts';
import { addAgent, addHours, addNumber, expectProblem, patchNumber } from '#server/testing/given.ts';
import { giveSession } from '#server/testing/test-actors.ts';
import { test, type Caller, type TestApp } from '#server/testing/test-app.ts';

const secret = 'b4tt3ry-h0rse-st4ple';
const given = {
  provider: 'sip',
  phone_number: '+442079460018',
  friendly_name: '=cmd|calc',
  sip_termination_uri: 'trunk.example',
  sip_trunk_username: '+44 office',
  sip_trunk_password: secret,
  labels: ['a|b', 'vip'],
  metadata: { shop: '7, "north"' },
  notes: 'first\nsecond',
};

const exported = async (as: Caller, search = '') => {
  const answer = await as.request<string>('GET', `/v1/phone-numbers/export${search}`);
  expect(answer).toMatchObject({ status: 200 });
  return { headers: answer.headers, lines: String(answer.body ?? '').split(/\r?\n(?!second)/) };
};

const events = async (cordboard: TestApp) =>
  auditEventListSchema
    .parse((await cordboard.as('admin').request('GET', '/v1/audit-events?subject_kind=export')).body)
    .audit_events.map(({ action, changes }) => [
      action,
      Object.fromEntries(
        Object.entries(changes).map(([name, change]) => [name, 'after' in change ? change.after : 'secret']),
      ),
    ]);

test('CSV has what import takes back: agents by name, no formula, no credential', async ({ cordboard }) => {
  const as = cordboard.as('operator');
  const agent = await addAgent(as, 'Night desk');
  await addNumber(as, { ...given, inbound_agent_id: agent.ai_agent_id });
  await addNumber(as, { phone_number: '+14155552671' });
  const { headers, lines } = await exported(cordboard.as('viewer'));
  expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(headers.get('content-disposition')).toMatch(/^attachment; filename="phone-numbers-[\d-]+\.csv"$/);
  expect(lines).toEqual([
    'phone_number,provider,friendly_name,inbound_agent,outbound_agent,sip_termination_uri,sip_trunk_username,sip_caller_format,sip_infra_region,twilio_account_sid,labels,metadata,notes',
    '+14155552671,pia,,,,,,,,,,,',
    `+442079460018,sip,'=cmd|calc,Night desk,,trunk.example,'+44 office,,global,,a\\|b|vip,"{""shop"":""7, \\""north\\""""}","first\nsecond"`,
    '',
  ]);
});

test('JSON lines have routing and call handling, too, and no credential either', async ({ cordboard }) => {
  const as = cordboard.as('operator');
  const hours = await addHours(as);
  const number = await addNumber(as, given);
  const full = await patchNumber(as, number._id, {
    routing: { business_hours_id: hours.business_hours_id },
    call_handling: { ring_timeout_seconds: 20 },
  });
  const { headers, lines } = await exported(as, '?format=jsonl');
  expect(headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
  const [line = '', end] = lines;
  expect(end).toBe('');
  expect(line).not.toContain('trunk_password');
  const read = JSON.parse(line) as Record<string, unknown>;
  expect(full).toMatchObject(read);
  expect(read).toMatchObject({
    routing: full.routing,
    call_handling: full.call_handling,
    notes: given.notes,
  });
});

test('columns and filters are as asked, and both events tell them and the count', async ({ cordboard }) => {
  const as = cordboard.as('operator');
  await addNumber(as, { ...given, labels: ['vip'] });
  await addNumber(as, { phone_number: '+14155552671' });
  const { lines } = await exported(
    await cordboard.withKey(['numbers:read']),
    '?label=VIP&columns=country&columns=phone_number',
  );
  expect(lines).toEqual(['country,phone_number', 'GB,+442079460018', '']);
  expect(await events(cordboard)).toEqual([
    ['phone_numbers.exported', { numbers: 1, is_whole: true }],
    [
      'phone_numbers.export_begun',
      { filter: { label: 'VIP' }, format: 'csv', columns: ['country', 'phone_number'] },
    ],
  ]);
});

test('the log tells that a credential was filtered by, and not by which', async ({ cordboard }) => {
  const as = await cordboard.signedInAs('operator');
  await exported(as, '?fingerprint=0123abcd&columns=phone_number');
  expect((await events(cordboard))[1]).toEqual([
    'phone_numbers.export_begun',
    { filter: { fingerprint: 'given' }, format: 'csv', columns: ['phone_number'] },
  ]);
});

test('a filter that matches nothing is a file without numbers', async ({ cordboard }) => {
  const as = cordboard.as('viewer');
  expect((await exported(as, '?q=nobody&columns=phone_number')).lines).toEqual(['phone_number', '']);
  expect((await exported(as, '?q=nobody&format=jsonl')).lines).toEqual(['']);
});

test('thousands come in pieces, each number once and in order', async ({ cordboard }) => {
  const numbers = Array.from({ length: 2345 }, (_, at) => `+88017${String(11_000_000 + at * 7)}`);
  await cordboard.database.query(
    `insert into phone_number (id, phone_number, phone_number_international, country, provider, labels, label_keys, name_key, search_text)
     select md5(number), number, number, 'BD', 'pia', even, even, 'x', number
     from unnest($1::text[]) with ordinality as given (number, ord), lateral (select case when ord % 2 = 0 then '{even}'::text[] else '{}' end as even) labelled`,
    [numbers],
  );
  const as = cordboard.as('viewer');
  const column = async (search: string) => (await exported(as, search)).lines.slice(1, -1);
  expect(await column('?columns=phone_number')).toEqual(numbers);
  expect(await column('?columns=phone_number&label=even')).toEqual(numbers.filter((_, at) => at % 2 === 1));
});

const refused = {
  '?columns=sip_trunk_password': '/columns',
  '?columns=routing': '/columns',
  '?format=jsonl&columns=inbound_agent': '/columns',
  '?columns=notes&columns=notes': '/columns',
  '?format=xlsx': '/format',
  '?page_size=5': '/page_size',
};

test('what no file can hold is refused by name', async ({ cordboard }) => {
  for (const [search, pointer] of Object.entries(refused)) {
    const answer = await cordboard.as('viewer').request('GET', `/v1/phone-numbers/export${search}`);
    expect([search, answer.status]).toEqual([search, 422]);
    expect(answer.body).toMatchObject({ errors: [{ pointer }] });
  }
  const byFingerprint = await cordboard
    .as('viewer')
    .request('GET', '/v1/phone-numbers/export?fingerprint=0123abcd');
  expectProblem(byFingerprint, 403, 'forbidden');
});

test('one export at a time for whoever asks; one that is left is ended and recorded as not whole', async ({
  cordboard,
}) => {
  await addNumber(cordboard.as('operator'), given);
  const { key, ...caller } = await cordboard.withKey(['numbers:read']);
  const ask = (leaving: AbortController) =>
    cordboard.app.hono.fetch(
      new Request('http://cordboard.test/v1/phone-numbers/export', {
        headers: { authorization: `Bearer ${key}` },
        signal: leaving.signal,
      }),
      { incoming: { socket: { remoteAddress: '10.9.9.9' } } },
    );
  const leaving = new AbortController();
  const open = await ask(leaving);
  expect(open.status).toBe(200);
  const second = await caller.request('GET', '/v1/phone-numbers/export');
  const { detail } = expectProblem(second, 429, 'too_many_requests');
  expect(detail).toContain('An export of yours is under way');
  // Nobody else waits for it.
  await exported(cordboard.as('viewer'));
  // Whoever leaves one may ask for the next at once.
  await Promise.all([open.body?.cancel(), exported(caller, '?columns=phone_number')]);
  leaving.abort();
  await expect
    .poll(() => events(cordboard))
    .toContainEqual(['phone_numbers.exported', { numbers: 0, is_whole: false }]);
});

test('over HTTP/1.0, where half a file looks whole, there is none; nor for a page elsewhere', async ({
  cordboard,
}) => {
  const { headers } = await giveSession(cordboard.database, 'viewer');
  const ask = async (httpVersion: string, more: Record<string, string> = {}) => {
    const request = new Request('http://cordboard.test/v1/phone-numbers/export', {
      headers: { ...headers, ...more },
    });
    const incoming = { httpVersion, socket: { remoteAddress: '10.9.9.9' } };
    const answer = await cordboard.app.hono.fetch(request, { incoming });
    return [answer.status, (await answer.text()).split(',')[0]];
  };
  expect((await ask('1.0'))[0]).toBe(400);
  expect((await ask('1.1', { 'sec-fetch-site': 'same-site' }))[0]).toBe(403);
  expect(await ask('1.1', { 'sec-fetch-site': 'same-origin' })).toEqual([200, 'phone_number']);
  expect((await events(cordboard)).length).toBe(2);
});
