import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { connectionImportSchema } from '#contract/bulk/connection-imports.ts';
import {
  addConnection,
  importAll,
  previewImport,
  readConnectionImport,
  runConnectionImport,
} from '#server/testing/given-connection.ts';
import { expectProblem, listNumbers } from '#server/testing/given.ts';
import { readJob, rowsOfJob, whenEnded } from '#server/testing/given-bulk.ts';
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
  expect(verbex.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  await verbex.close();
});

const numbered = (at: number) => `+1415555${String(at).padStart(4, '0')}`;
const addMany = (count: number) => {
  for (let at = 0; at < count; at++)
    verbex.addNumber({ phone_number: numbered(at), provider: 'pia', friendly_name: `Line ${at}` });
};
const keptRows = async () =>
  (
    await cordboard.database.query<{ rows: number }>(
      `select (select count(*) from bulk_row) + (select count(*) from held_secret)
         + (select count(*) from connection_import_agent) as rows`,
    )
  )[0]?.rows;

describe('an account that cannot be read to its end is not imported at all', () => {
  test.for<[what: string, reason: RegExp, spoil: () => void]>([
    ['a wrong key', /^credentials_refused$/, () => void (verbex.state.key = 'another')],
    ['an expired key', /^credentials_refused$/, () => void (verbex.state.isKeyExpired = true)],
    [
      'HTML',
      /^not_json$/,
      () =>
        verbex.decideBy(({ path }) =>
          path.includes('phone') ? { does: 'answer_html', when: 'before' } : null,
        ),
    ],
    [
      '10 MB',
      /^too_large$/,
      () =>
        verbex.decideBy(({ path }) =>
          path.includes('phone') ? { does: 'answer_much', bytes: 10_000_000 } : null,
        ),
    ],
    ['the same page for ever', /^endless_pages$/, () => void (verbex.state.pages = 'never_end')],
    [
      'a redirect',
      /^redirected$/,
      () =>
        verbex.decideBy(() => ({ does: 'answer', status: 302, headers: { location: 'http://127.0.0.1/' } })),
    ],
    [
      'HTML after the first page',
      /^not_json$/,
      () =>
        verbex.decideBy(({ query }) =>
          query.has('page_token') ? { does: 'answer_html', when: 'before' } : null,
        ),
    ],
  ])('%s', async ([, reason, spoil]) => {
    verbex.addAgent('up-asha', 'Asha');
    addMany(150);
    spoil();
    const plan = await previewImport(as, connectionId);
    expect(plan).toMatchObject({ state: 'failed', counts: { total: 0 } });
    expect(plan.reason).toMatch(reason);
    expect(plan.message).toMatch(/\.$/);
    expect(await keptRows()).toBe(0);
    const run = await as.request('POST', `/v1/connections/${connectionId}/import`, {
      body: { plan_id: plan.plan_id },
    });
    expectProblem(run, 409, 'plan_not_ready');
  });

  test('but one bad moment is waited out', async () => {
    addMany(1);
    verbex.next({ does: 'fail', when: 'before' }, { does: 'drop', when: 'before' }, null, {
      does: 'answer',
      status: 429,
      headers: { 'retry-after': '1' },
    });
    expect(await previewImport(as, connectionId)).toMatchObject({ state: 'ready', counts: { new: 1 } });
  });

  test('a refused key is told of at the connection, and nothing is asked with it again', async () => {
    verbex.state.key = 'another';
    await previewImport(as, connectionId);
    expect((await as.request('GET', `/v1/connections/${connectionId}`)).body).toMatchObject({
      state: 'refused',
    });
    const asked = verbex.requests.length;
    const again = await as.request('POST', `/v1/connections/${connectionId}/import/preview`, { body: {} });
    expectProblem(again, 422, 'credentials_needed');
    expect(verbex.requests).toHaveLength(asked);
  });
});

test('a thousand numbers take eleven requests for them, at the pace of the account', async () => {
  addMany(1000);
  const plan = await previewImport(as, connectionId, {}, 30_000);
  expect(plan).toMatchObject({ state: 'ready', counts: { total: 1000, new: 1000 } });
  const lists = verbex.requests.filter(({ path }) => path.startsWith('/v1/phone-numbers'));
  expect(lists).toHaveLength(11);
  expect(lists.every(({ query }) => query.get('page_size') === '100')).toBe(true);
  const times = verbex.requests.map(({ at }) => at);
  // Five a second; the clocks of timers are not that exact.
  expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan((times.length - 1) * 200 - 150);
  const job = await runConnectionImport(as, plan);
  expect(job).toMatchObject({ state: 'done', counts: { created: 1000 } });
  const again = await previewImport(as, connectionId, {}, 30_000);
  expect(again.counts).toMatchObject({ total: 1000, same: 1000, to_link: 0, to_change: 0 });
}, 60_000);

test('a reading that somebody else has taken up is theirs: nothing is read into the plan twice', async () => {
  addMany(150);
  // The second page of the first reading never comes.
  verbex.next(null, null, { does: 'hang', when: 'before' });
  const answer = await as.request('POST', `/v1/connections/${connectionId}/import/preview`, { body: {} });
  const plan = connectionImportSchema.parse(answer.body);
  expect(plan).toMatchObject({ state: 'reading', progress: { numbers_read: 100 } });
  // As if another server had thought this one gone, and were gone itself.
  await cordboard.database.query(
    `update connection_import set reader = 'another', reader_until = now() + interval '1 second'`,
  );
  const now = () => readConnectionImport(as, plan);
  await expect.poll(async () => (await now()).state, { timeout: 10_000 }).toBe('ready');
  expect((await now()).counts).toMatchObject({ total: 150, new: 150 });
}, 20_000);

test('a job that is cancelled leaves what it has not done, and the next import does it', async () => {
  addMany(300);
  const plan = await previewImport(as, connectionId);
  const started = await as.request('POST', `/v1/connections/${connectionId}/import`, {
    body: { plan_id: plan.plan_id },
  });
  const id = String(started.body['bulk_job_id']);
  await as.request('POST', `/v1/bulk-jobs/${id}/cancel`);
  const job = await readJob(as, id);
  expect(job.state).toBe('cancelled');
  const { total_count: here } = await listNumbers(as, { include: 'total' });
  expect(here).toBe(job.counts.created);
  await importAll(as, connectionId);
  expect((await listNumbers(as, { include: 'total' })).total_count).toBe(300);
});

describe('a plan', () => {
  test('is read and run through its own door and connection alone, and by whoever made it', async () => {
    addMany(1);
    const { plan_id: id } = await previewImport(as, connectionId);
    const otherId = await addConnection(as, verbex, 'Another');
    const body = { plan_id: id };
    expectProblem(await as.request('POST', '/v1/bulk-jobs', { body }), 404, 'not_found');
    expectProblem(await as.request('GET', `/v1/bulk-plans/${id}`), 404, 'not_found');
    expectProblem(await as.request('POST', `/v1/imports/${id}/run`), 404, 'not_found');
    expectProblem(await as.request('POST', `/v1/connections/${otherId}/import`, { body }), 404, 'not_found');
    expectProblem(await as.request('GET', `/v1/connections/${otherId}/import/${id}`), 404, 'not_found');
    const another = await cordboard.signedInAs('admin');
    const path = `/v1/connections/${connectionId}/import`;
    expectProblem(await another.request('POST', path, { body }), 404, 'not_found');
    const first = await as.request('POST', path, { body });
    const second = await as.request('POST', path, { body });
    expect([first.status, second.status]).toEqual([202, 202]);
    expect(second.body['bulk_job_id']).toBe(first.body['bulk_job_id']);
  });

  test('of another door is not run through this one', async () => {
    const bulk = await as.request('POST', '/v1/bulk-jobs?dry_run=true', {
      body: { select: { filter: {} }, change: { delete: true } },
    });
    const body = { plan_id: String(bulk.body['plan_id']) };
    const path = `/v1/connections/${connectionId}/import`;
    expectProblem(await as.request('POST', path, { body }), 404, 'not_found');
  });

  test('expires', async () => {
    const { plan_id: id } = await previewImport(as, connectionId);
    await cordboard.database.query(`update bulk_plan set expires_at = now() - interval '1 second'`);
    const run = await as.request('POST', `/v1/connections/${connectionId}/import`, { body: { plan_id: id } });
    expectProblem(run, 409, 'plan_expired');
  });
});

test('a connection that is paused is compared, and nothing is imported from it', async () => {
  const path = `/v1/connections/${connectionId}`;
  await as.request('POST', `${path}/pause`);
  const { plan_id: id } = await previewImport(as, connectionId);
  const run = await as.request('POST', `${path}/import`, { body: { plan_id: id } });
  expectProblem(run, 409, 'connection_paused');
});

test('a plan of one address is not run at another', async () => {
  addMany(1);
  const path = `/v1/connections/${connectionId}`;
  const { plan_id: id } = await previewImport(as, connectionId);
  const other = await startVerbex();
  const settings = { base_url: other.url };
  const credentials = { api_key: other.state.key };
  expect((await as.request('PATCH', path, { body: { settings, credentials } })).status).toBe(200);
  await as.request('POST', `${path}/resume`);
  const run = await as.request('POST', `${path}/import`, { body: { plan_id: id } });
  expectProblem(run, 409, 'plan_expired');
  expect((await listNumbers(as)).phone_numbers).toEqual([]);
  expect((await previewImport(as, connectionId)).counts).toMatchObject({ total: 0 });
  await other.close();
});

test('a plan of one key is not run with another, nor is the rest of a job that has begun', async () => {
  addMany(1);
  const path = `/v1/connections/${connectionId}`;
  const { plan_id: id } = await previewImport(as, connectionId);
  verbex.state.key = 'vbx-of-another-account';
  const settings = { base_url: verbex.url };
  const credentials = { api_key: verbex.state.key };
  expect((await as.request('PATCH', path, { body: { settings, credentials } })).status).toBe(200);
  const run = await as.request('POST', `${path}/import`, { body: { plan_id: id } });
  expectProblem(run, 409, 'plan_expired');

  // As if it had been begun before.
  await cordboard.database.query(
    `insert into bulk_job (id, plan_id, actor_kind, actor_name) values ('b1', $1, 'operator', 'x')`,
    [id],
  );
  await cordboard.database.query(`insert into job (id, kind) values ('b1', 'bulk_job')`);
  await previewImport(as, connectionId);
  expect((await whenEnded(as, 'b1')).counts).toMatchObject({ created: 0, refused: 1 });
  expect(await rowsOfJob(as, await readJob(as, 'b1'))).toMatchObject([{ code: 'connection_changed' }]);
  expect((await listNumbers(as)).phone_numbers).toEqual([]);
});

test('a reading that begins anew does not go on with another key', async () => {
  const plan = await previewImport(as, connectionId);
  await cordboard.database.query(
    `update bulk_plan set state = 'selecting', change = jsonb_set(change::jsonb, '{options,key_mark}', '"other"')
     where id = $1`,
    [plan.plan_id],
  );
  await cordboard.database.query(`insert into job (id, kind) values ($1, 'connection_import')`, [
    `${plan.plan_id}.read`,
  ]);
  await previewImport(as, connectionId);
  await expect
    .poll(async () => (await readConnectionImport(as, plan)).state, { timeout: 8000 })
    .toBe('failed');
});

test('a key imports with the right to its connections', async () => {
  addMany(1);
  const { job } = await importAll(
    await cordboard.withKey(['connections:write', 'numbers:read']),
    connectionId,
  );
  expect(job).toMatchObject({ state: 'done', counts: { created: 1 } });
});
