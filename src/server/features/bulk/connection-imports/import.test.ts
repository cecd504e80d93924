import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { undo } from '#server/testing/given-bulk.ts';
import {
  addConnection,
  importAll,
  previewImport,
  rowsOfImport,
  runConnectionImport,
} from '#server/testing/given-connection.ts';
import {
  addAgent,
  addNumber,
  expectProblem,
  getNumber,
  listNumbers,
  patchNumber,
} from '#server/testing/given.ts';
import { openTestApp, type Caller, type TestApp } from '#server/testing/test-app.ts';
import { startVerbex, type VerbexStandIn } from '#server/testing/verbex/start-verbex.ts';

let cordboard: TestApp;
let reset: () => Promise<void>;
let verbex: VerbexStandIn;
let as: Caller;
let connectionId: string;

beforeAll(async () => {
  ({ test: cordboard, reset } = await openTestApp({ unsafeAllowLoopback: true }));
});
afterAll(() => cordboard.app.close());
beforeEach(async () => {
  await reset();
  verbex = await startVerbex();
  as = await cordboard.signedInAs('admin');
  connectionId = await addConnection(as, verbex);
});
afterEach(async () => {
  // Whatever is imported, and however it fails: nothing is written there.
  expect(verbex.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  await verbex.close();
});

const [ONE, TWO, THREE, FOUR] = ['+14155550101', '+14155550102', '+14155550103', '+14155550104'] as const;
const linksInDatabase = () =>
  cordboard.database.query<Record<string, unknown>>(
    `select p.phone_number, l.upstream_id, l.state, l.reason, l.seen, l.seen_marks, l.theirs = l.seen as is_theirs
     from number_link l join phone_number p on p.id = l.phone_number_id order by p.phone_number`,
  );
const eventsOfNumbers = async () =>
  (await cordboard.database.query(`select id from audit_event where subject_kind = 'phone_number'`)).length;
const waiting = () => cordboard.database.query('select * from pending_change');

describe('numbers that are not here', () => {
  test('are added with all they have there, and linked', async () => {
    verbex.addAgent('up-asha', 'Asha');
    const there = verbex.addNumber({
      phone_number: ONE,
      provider: 'sip',
      friendly_name: 'Main line',
      inbound_agent_id: 'up-asha',
      sip_termination_uri: 'sip:carrier.example:5061;transport=tls',
      sip_trunk_username: 'trunk',
    });
    const plan = await previewImport(as, connectionId);
    expect(plan).toMatchObject({
      state: 'ready',
      counts: { total: 1, new: 1, to_add: 1 },
      agents: { total: 1, new: 1 },
      agents_to_add: ['Asha'],
      progress: { agents_read: 1, numbers_read: 1, numbers_judged: 1 },
    });
    expect(await rowsOfImport(as, plan)).toMatchObject([
      {
        phone_number: ONE,
        upstream_id: there._id,
        outcome: 'new',
        becomes: 'added',
        friendly_name: 'Main line',
        differences: {
          friendly_name: { before: null, after: 'Main line' },
          inbound_agent_id: { before: null, after: 'Asha' },
        },
      },
    ]);
    const { job } = await importAll(as, connectionId);
    expect(job).toMatchObject({ state: 'done', kind: 'connection_import', counts: { created: 1 } });
    const [number] = (await listNumbers(as)).phone_numbers;
    expect(number).toMatchObject({
      phone_number: ONE,
      provider: 'sip',
      friendly_name: 'Main line',
      sip_termination_uri: 'sip:carrier.example:5061;transport=tls',
      sip_trunk_username: 'trunk',
      links: [{ role: 'platform', connection_id: connectionId, state: 'synced', reason: null }],
    });
    const [agent] = (await as.request<{ data: { ai_agent_id: string }[] }>('GET', '/v2/ai-agents')).body.data;
    expect(agent).toMatchObject({ agent_name: 'Asha', upstream_ids: { [connectionId]: 'up-asha' } });
    expect(number?.inbound_agent_id).toBe(agent?.ai_agent_id);
    expect(await linksInDatabase()).toMatchObject([
      {
        upstream_id: there._id,
        is_theirs: true,
        seen: { friendly_name: 'Main line', inbound_agent_id: 'up-asha', sip_infra_region: 'global' },
        seen_marks: { sip_trunk_password: 'none' },
      },
    ]);
    expect(await waiting()).toEqual([]);
  });

  test('are found however they are spelled, and the second of two records of one is unusable', async () => {
    verbex.addNumber({ phone_number: '+44 (0)20 7946 0958', provider: 'pia', unknown_field: { any: 1 } });
    verbex.addNumber({ phone_number: '0044 20 7946 0958', provider: 'pia' });
    await importAll(as, connectionId);
    expect((await listNumbers(as)).phone_numbers).toMatchObject([{ phone_number: '+442079460958' }]);
  });

  test('stay away where that is chosen, and come without agents where those do', async () => {
    verbex.addAgent('up-asha', 'Asha');
    verbex.addNumber({ phone_number: ONE, provider: 'pia', inbound_agent_id: 'up-asha' });
    const left = await previewImport(as, connectionId, { new: 'leave' });
    expect(left.counts).toMatchObject({ new: 1, to_add: 0 });
    await importAll(as, connectionId, { agents: 'leave' });
    expect((await listNumbers(as)).phone_numbers).toMatchObject([
      { inbound_agent_id: null, links: [{ state: 'drift', reason: 'differs' }] },
    ]);
    expect((await as.request<{ data: unknown[] }>('GET', '/v2/ai-agents')).body.data).toEqual([]);
  });
});

describe('numbers that are here', () => {
  test('are linked where they are equal, and a second import changes nothing', async () => {
    const agent = await addAgent(as, 'Asha');
    verbex.addAgent('up-asha', 'ASHA');
    const number = await addNumber(as, {
      phone_number: ONE,
      friendly_name: 'Main line',
      inbound_agent_id: agent.ai_agent_id,
    });
    verbex.addNumber({
      phone_number: ONE,
      provider: 'pia',
      friendly_name: 'Main line',
      inbound_agent_id: 'up-asha',
    });
    verbex.addNumber({ phone_number: TWO, provider: 'pia' });
    const { job } = await importAll(as, connectionId);
    expect(job.counts).toMatchObject({ created: 1, changed: 1 });
    expect(await getNumber(as, number._id)).toMatchObject({ version: 1, links: [{ state: 'synced' }] });

    const before = await eventsOfNumbers();
    const again = await importAll(as, connectionId);
    expect(again.plan).toMatchObject({
      counts: { total: 2, same: 2, to_add: 0, to_change: 0, to_link: 0 },
      agents: { linked: 1, named: 0, new: 0 },
    });
    expect(again.job.counts).toMatchObject({ created: 0, changed: 0, unchanged: 2 });
    expect(await eventsOfNumbers()).toBe(before);
    expect((await listNumbers(as)).phone_numbers.map(({ version }) => version)).toEqual([1, 1]);
    expect(await waiting()).toEqual([]);
  });

  test('keep what they have where they differ, and say so', async () => {
    const number = await addNumber(as, { phone_number: ONE, friendly_name: 'Mine' });
    verbex.addNumber({ phone_number: ONE, provider: 'pia', friendly_name: 'Theirs' });
    const { plan } = await importAll(as, connectionId);
    expect(plan.counts).toMatchObject({ different: 1, to_link: 1, to_change: 0 });
    expect(await rowsOfImport(as, plan, { outcome: 'different' })).toMatchObject([
      { becomes: 'linked', differences: { friendly_name: { before: 'Mine', after: 'Theirs' } } },
    ]);
    expect(await getNumber(as, number._id)).toMatchObject({
      friendly_name: 'Mine',
      version: 1,
      links: [{ state: 'drift', reason: 'differs' }],
    });
    expect(await linksInDatabase()).toMatchObject([{ seen: { friendly_name: 'Theirs' }, is_theirs: true }]);
    expect(await waiting()).toEqual([]);
  });

  test('take the platform’s values, or are left alone, where that is chosen', async () => {
    verbex.addAgent('up-asha', 'Asha');
    const number = await addNumber(as, { phone_number: ONE, friendly_name: 'Mine', notes: 'Mine too' });
    verbex.addNumber({
      phone_number: ONE,
      provider: 'pia',
      friendly_name: 'Theirs',
      outbound_agent_id: 'up-asha',
    });
    const left = await importAll(as, connectionId, { different: 'leave' });
    expect(left.plan.counts).toMatchObject({ different: 1, to_link: 0, to_change: 0 });
    expect(await getNumber(as, number._id)).toMatchObject({ version: 1, links: [] });
    const { job } = await importAll(as, connectionId, { different: 'take_theirs' });
    expect(job.counts).toMatchObject({ changed: 1 });
    const taken = await getNumber(as, number._id);
    expect(taken).toMatchObject({
      friendly_name: 'Theirs',
      notes: 'Mine too',
      version: 2,
      links: [{ state: 'synced' }],
    });
    expect(taken.outbound_agent_id).not.toBeNull();
    expect(await waiting()).toEqual([]);
  });

  test('and belong to another account, or another record, are told of and left alone', async () => {
    const other = await startVerbex();
    const otherId = await addConnection(as, other, 'Another');
    other.addNumber({ phone_number: ONE, provider: 'pia' });
    const theirs = other.addNumber({ phone_number: TWO, provider: 'pia' });
    await importAll(as, otherId);
    verbex.addNumber({ phone_number: ONE, provider: 'pia' });
    const plan = await previewImport(as, connectionId);
    expect(await rowsOfImport(as, plan)).toMatchObject([
      { outcome: 'elsewhere', becomes: 'left', code: 'already_linked' },
    ]);
    // The account has given the record another number.
    theirs.phone_number = THREE;
    const again = await previewImport(as, otherId);
    expect(await rowsOfImport(as, again, { outcome: 'elsewhere' })).toMatchObject([
      { phone_number: THREE, code: 'record_linked' },
    ]);
    await other.close();
  });
});

test('what cannot be kept is unusable, each with its reason', async () => {
  await addNumber(as, { phone_number: FOUR, provider: 'pia' });
  verbex.addNumber({ phone_number: '+1415', provider: 'pia' });
  verbex.addNumber({ phone_number: '+999123456789', provider: 'pia' });
  verbex.addNumber({ phone_number: ONE, provider: 'vonage' });
  verbex.addNumber({ phone_number: TWO, provider: 'twilio', twilio_account_sid: 'none' });
  verbex.addNumber({ phone_number: FOUR, provider: 'sip' });
  verbex.addNumber({ phone_number: THREE, provider: 'pia', friendly_name: 5 });
  verbex.addNumber({ phone_number: '+14155550109', provider: 'pia' });
  verbex.addNumber({ phone_number: '+1 (415) 555-0109', provider: 'pia' });
  const plan = await previewImport(as, connectionId);
  expect(plan.counts).toMatchObject({ total: 8, new: 1, unusable: 7 });
  const rows = await rowsOfImport(as, plan, { outcome: 'unusable' });
  expect(rows.map(({ code }) => String(code)).toSorted()).toEqual([
    'invalid_format',
    'invalid_phone_number',
    'listed_twice',
    'provider_differs',
    'unknown_provider',
    'unreadable_number',
    'unreadable_record',
  ]);
  expect(plan.refusals.reduce((sum, { count }) => sum + count, 0)).toBe(7);
  for (const { message, becomes } of rows) {
    expect(message).toMatch(/\.$/);
    expect(becomes).toBe('left');
  }
});

test('an undo deletes what was added, puts back what was changed, and removes the links that were made', async () => {
  const kept = await addNumber(as, { phone_number: ONE, friendly_name: 'Same' });
  const changed = await addNumber(as, { phone_number: TWO, friendly_name: 'Mine' });
  verbex.addNumber({ phone_number: ONE, provider: 'pia', friendly_name: 'Same' });
  verbex.addNumber({ phone_number: TWO, provider: 'pia', friendly_name: 'Theirs' });
  verbex.addNumber({ phone_number: THREE, provider: 'pia' });
  const { job } = await importAll(as, connectionId, { different: 'take_theirs' });
  expect(job.counts).toMatchObject({ created: 1, changed: 2 });
  const few = [await cordboard.signedInAs('operator'), await cordboard.withKey(['numbers:write'])];
  for (const one of few)
    expectProblem(await one.request('POST', `/v1/bulk-jobs/${job.bulk_job_id}/undo`), 403, 'forbidden');
  const undone = await undo(as, job);
  expect(undone).toMatchObject({ state: 'done', counts: { changed: 3 } });
  expect((await listNumbers(as)).phone_numbers).toHaveLength(2);
  expect(await getNumber(as, kept._id)).toMatchObject({ version: 1, links: [] });
  expect(await getNumber(as, changed._id)).toMatchObject({ friendly_name: 'Mine', version: 3, links: [] });
  expect(await waiting()).toEqual([]);
  // What was undone can be imported again.
  const again = await importAll(as, connectionId);
  expect(again.job.counts).toMatchObject({ created: 1, changed: 2 });
});

test('what somebody changed, added or deleted after the preview is left as it is, and told', async () => {
  const changed = await addNumber(as, { phone_number: ONE, friendly_name: 'Mine' });
  const deleted = await addNumber(as, { phone_number: TWO });
  for (const phone_number of [ONE, TWO, THREE]) verbex.addNumber({ phone_number, provider: 'pia' });
  const plan = await previewImport(as, connectionId, { different: 'take_theirs' });
  await patchNumber(as, changed._id, { notes: 'Meanwhile' });
  await as.request('DELETE', `/v1/phone-numbers/${deleted._id}`);
  await addNumber(as, { phone_number: THREE });
  const job = await runConnectionImport(as, plan);
  expect(job.counts).toMatchObject({ created: 0, changed: 0, conflict: 3 });
  expect((await listNumbers(as)).phone_numbers.flatMap(({ links }) => links)).toEqual([]);
  expect(await getNumber(as, changed._id)).toMatchObject({ friendly_name: 'Mine', version: 2 });
});

test('what waits to be sent is settled first', async () => {
  const { _id: id } = await addNumber(as, { phone_number: ONE, friendly_name: 'Same' });
  verbex.addNumber({ phone_number: ONE, provider: 'pia', friendly_name: 'Same' });
  await importAll(as, connectionId);
  await cordboard.database.query(
    `update number_link set state = 'refused', reason = 'rejected' where phone_number_id = $1`,
    [id],
  );
  await cordboard.database.query(`update phone_number set friendly_name = 'Mine' where id = $1`, [id]);
  const plan = await previewImport(as, connectionId, { different: 'take_theirs' });
  expect(await rowsOfImport(as, plan)).toMatchObject([
    { outcome: 'different', becomes: 'left', code: 'change_waiting' },
  ]);
});

test('agents come under names of their own, whatever they are called there', async () => {
  await addAgent(as, 'Taken');
  for (const [at, name] of ['Asha', 'asha', 'Taken', '', 'x'.repeat(300)].entries())
    verbex.addAgent(`up-${at}`, name);
  const { plan } = await importAll(as, connectionId);
  expect(plan.agents).toMatchObject({ total: 5, named: 1, new: 4 });
  const agents = (
    await as.request<{ data: { agent_name: string; upstream_ids: object }[] }>('GET', '/v2/ai-agents')
  ).body.data;
  expect(agents.map(({ agent_name }) => agent_name)).toEqual([
    'Agent up-3',
    'Asha',
    'asha (2)',
    'Taken',
    'x'.repeat(120),
  ]);
  for (const { upstream_ids } of agents) expect(Object.keys(upstream_ids)).toEqual([connectionId]);
  expect((await previewImport(as, connectionId)).agents).toMatchObject({ linked: 5, named: 0, new: 0 });
});
