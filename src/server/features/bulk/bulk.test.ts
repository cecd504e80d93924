import { describe, expect } from 'vitest';
import { bulkJobSchema, type BulkJob } from '#contract/bulk/jobs.ts';
import { bulkJobRowListSchema, bulkPlanSchema, type BulkPlan } from '#contract/bulk/plans.ts';
import {
  addAgent,
  addNumber,
  expectProblem,
  getNumber,
  patchNumber,
  putAgent,
} from '#server/testing/given.ts';
import { test, type Caller } from '#server/testing/test-app.ts';

const plan = async (as: Caller, body: object): Promise<BulkPlan> => {
  const answer = await as.request('POST', '/v1/bulk-jobs?dry_run=true', { body });
  expect(answer).toMatchObject({ status: 201, body: { state: 'ready' } });
  return bulkPlanSchema.parse(answer.body);
};

const readJob = async (as: Caller, id: string): Promise<BulkJob> =>
  bulkJobSchema.parse((await as.request('GET', `/v1/bulk-jobs/${id}`)).body);

const whenEnded = async (as: Caller, id: string): Promise<BulkJob> => {
  await expect.poll(async () => (await readJob(as, id)).ended_at, { timeout: 10_000 }).not.toBeNull();
  return readJob(as, id);
};

const run = async (as: Caller, { plan_id }: BulkPlan): Promise<BulkJob> => {
  const answer = await as.request('POST', '/v1/bulk-jobs', { body: { plan_id } });
  expect(answer).toMatchObject({ status: 202 });
  return whenEnded(as, bulkJobSchema.parse(answer.body).bulk_job_id);
};

const rowsOf = async (as: Caller, { bulk_job_id: id }: BulkJob, outcome = '') =>
  bulkJobRowListSchema.parse(
    (await as.request('GET', `/v1/bulk-jobs/${id}/rows${outcome && `?outcome=${outcome}`}`)).body,
  ).rows;

describe('a change of many numbers', () => {
  test('is planned, shown, and run as it was shown', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('operator');
    const agent = await addAgent(as, 'Night desk');
    const [first, second, same] = [
      await addNumber(as, { labels: ['vip'] }),
      await addNumber(as, { labels: ['old', 'vip'] }),
      await addNumber(as, { labels: ['new', 'vip'], inbound_agent_id: agent.ai_agent_id }),
    ];
    await addNumber(as, { labels: ['other'] });
    const made = await plan(as, {
      select: { filter: { label: 'VIP' } },
      change: { inbound_agent_id: agent.ai_agent_id, labels: { add: ['new'], remove: ['OLD'] } },
    });
    expect(made).toMatchObject({
      kind: 'patch',
      fields: ['inbound_agent_id', 'labels'],
      counts: { total: 3, changed: 2, unchanged: 1, refused: 0 },
      refusals: [],
    });
    expect(made.examples.map(({ changes }) => Object.keys(changes).toSorted())).toEqual([
      ['inbound_agent_id', 'labels'],
      ['inbound_agent_id', 'labels'],
    ]);
    expect(await getNumber(as, first._id)).toEqual(first);
    const job = await run(as, made);
    expect(job).toMatchObject({
      state: 'done',
      actor: { id: as.operatorId },
      counts: { total: 3, done: 3, changed: 2, unchanged: 1, refused: 0, conflict: 0 },
    });
    for (const { _id } of [first, second])
      expect(await getNumber(as, _id)).toMatchObject({
        inbound_agent_id: agent.ai_agent_id,
        labels: ['new', 'vip'],
        version: 2,
      });
    expect(await getNumber(as, same._id)).toEqual(same);
    expect((await rowsOf(as, job, 'unchanged')).map(({ phone_number_id: id }) => id)).toEqual([same._id]);
    const log = await cordboard
      .as('admin')
      .request('GET', `/v1/audit-events?subject_kind=phone_number&subject_id=${first._id}`);
    expect(log.body).toMatchObject({
      audit_events: [
        {
          action: 'phone_number.updated',
          actor: { id: as.operatorId },
          bulk_job_id: job.bulk_job_id,
        },
        {},
      ],
    });
    // Asked for again, it is the same job.
    const again = await as.request('POST', '/v1/bulk-jobs', { body: { plan_id: made.plan_id } });
    expect(again).toMatchObject({ status: 202, body: { bulk_job_id: job.bulk_job_id } });
  });

  test('leaves alone what somebody changed after the preview, and what is refused', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('operator');
    const [sip, pia, changed] = [
      await addNumber(as, { provider: 'sip' }),
      await addNumber(as),
      await addNumber(as, { provider: 'sip' }),
    ];
    const made = await plan(as, {
      select: { ids: [sip._id, pia._id, changed._id, 'ffffffffffffffffffffffff'] },
      change: { sip_trunk_username: 'desk' },
    });
    expect(made).toMatchObject({ counts: { total: 4, changed: 2, unchanged: 0, refused: 2 } });
    expect(Object.fromEntries(made.refusals.map(({ code, count }) => [code, count]))).toEqual({
      field_of_other_provider: 1,
      not_found: 1,
    });
    await patchNumber(as, changed._id, { notes: 'mine' });
    const job = await run(as, made);
    expect(job.counts).toMatchObject({
      total: 4,
      done: 4,
      changed: 1,
      unchanged: 0,
      refused: 2,
      conflict: 1,
    });
    expect((await rowsOf(as, job, 'conflict')).map(({ phone_number_id: id }) => id)).toEqual([changed._id]);
    expect(await getNumber(as, changed._id)).toMatchObject({ sip_trunk_username: null, version: 2 });
  });

  test('refuses what changed since it was looked at', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('operator');
    const [same, other] = [await addNumber(as), await addNumber(as)];
    await patchNumber(as, other._id, { notes: 'mine' });
    const body = (versions: object) => ({
      select: { ids: [same._id, other._id], versions },
      change: { notes: 'x' },
    });
    const made = await plan(as, body({ [same._id]: 1, [other._id]: 1 }));
    expect(made.counts).toMatchObject({ changed: 1, refused: 1 });
    expect(made.refusals).toMatchObject([{ code: 'version_conflict', count: 1 }]);
    const answer = await as.request('POST', '/v1/bulk-jobs?dry_run=true', { body: body({ nobody: 1 }) });
    expectProblem(answer, 422, 'validation_failed');
  });

  test.for([
    ['a field that no number has', { sip_trunk_pasword: 'hunter3' }, 'unknown_field'],
    ['a field that never changes', { phone_number: '+8801711204418' }, 'read_only'],
    ['a credential that is no text', { sip_trunk_password: ['hunter2'] }, 'invalid_type'],
    ['a text that cannot be kept', { notes: 'a\u0000b' }, 'invalid_text'],
    ['half a character', { notes: 'a\ud800b' }, 'invalid_text'],
  ] as const)('is refused before anything of it is kept: %s', async ([, change, code], { cordboard }) => {
    const as = await cordboard.signedInAs('operator');
    const answer = await as.request('POST', '/v1/bulk-jobs?dry_run=true', {
      body: { select: { filter: {} }, change },
    });
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ code }] } });
    expect(await cordboard.database.query('select id from bulk_plan')).toEqual([]);
  });

  test('is refused where what it selects by cannot be kept', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('operator');
    const answer = await as.request('POST', '/v1/bulk-jobs?dry_run=true', {
      body: { select: { filter: { q: 'a\u0000b' } }, change: { notes: 'x' } },
    });
    expectProblem(answer, 422, 'validation_failed');
  });

  test('shows of a restoration what would be refused', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('operator');
    const number = await addNumber(as);
    await as.request('DELETE', `/v1/phone-numbers/${number._id}`);
    await addNumber(as, { phone_number: number.phone_number });
    const made = await plan(as, { select: { ids: [number._id] }, change: { restore: true } });
    expect(made).toMatchObject({
      counts: { changed: 0, refused: 1 },
      refusals: [{ code: 'phone_number_taken', count: 1 }],
    });
  });

  test('is tried again on those that were refused or left alone', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('operator');
    const [done, changed] = [await addNumber(as), await addNumber(as)];
    const made = await plan(as, { select: { ids: [done._id, changed._id] }, change: { notes: 'x' } });
    await patchNumber(as, changed._id, { friendly_name: 'mine' });
    const job = await run(as, made);
    expect(job.counts).toMatchObject({ changed: 1, conflict: 1 });
    const again = await plan(as, { retry: job.bulk_job_id });
    expect(again).toMatchObject({ fields: ['notes'], counts: { total: 1, changed: 1 } });
    expect((await run(as, again)).counts).toMatchObject({ total: 1, changed: 1 });
    expect(await getNumber(as, changed._id)).toMatchObject({ friendly_name: 'mine', notes: 'x' });
  });

  test('deletes, and restores', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('operator');
    const numbers = await Promise.all(Array.from({ length: 120 }, () => addNumber(as, { labels: ['gone'] })));
    expect(
      (await run(as, await plan(as, { select: { filter: { label: 'gone' } }, change: { delete: true } })))
        .counts,
    ).toMatchObject({ changed: 120 });
    const listed = async (more = '') =>
      (await as.request('GET', `/v1/phone-numbers?include=total&label=gone${more}`)).body['total_count'];
    expect(await listed()).toBe(0);
    const restoring = await plan(as, {
      select: { filter: { label: 'gone', q: '880 171', deleted: true }, except_ids: [numbers[0]?._id] },
      change: { restore: true },
    });
    expect((await run(as, restoring)).counts).toMatchObject({ total: 119, changed: 119 });
    expect([await listed(), await listed('&deleted=true')]).toEqual([119, 1]);
  });

  test('puts one agent in another’s place wherever it is named', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('operator');
    const [from, to, third] = [
      await addAgent(as, 'From'),
      await addAgent(as, 'To'),
      await addAgent(as, 'Third'),
    ];
    const [a, b, c] = [from.ai_agent_id, to.ai_agent_id, third.ai_agent_id];
    const number = await addNumber(as, {
      inbound_agent_id: a,
      outbound_agent_id: c,
      routing: {
        rules: [
          {
            when: { hours: 'closed' },
            destination: {
              type: 'split',
              agents: [
                { agent_id: a, weight: 1 },
                { agent_id: b, weight: 2 },
                { agent_id: c, weight: 3 },
              ],
            },
          },
        ],
        fallback: { type: 'agent', agent_id: a },
      },
    });
    await addNumber(as, { inbound_agent_id: c });
    const made = await plan(as, { change: { replace_agent: { from: a, to: b } } });
    expect(made).toMatchObject({ replace_agent: { from: a, to: b }, counts: { total: 1, changed: 1 } });
    await run(as, made);
    expect(await getNumber(as, number._id)).toMatchObject({
      inbound_agent_id: b,
      outbound_agent_id: c,
      routing: {
        rules: [
          {
            destination: {
              agents: [
                { agent_id: b, weight: 3 },
                { agent_id: c, weight: 3 },
              ],
            },
          },
        ],
        fallback: { type: 'agent', agent_id: b },
      },
    });
  });

  test('sets a credential that is kept sealed, and nowhere once it is over', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('operator');
    const number = await addNumber(as, { provider: 'sip', sip_trunk_password: 'the old one' });
    const made = await plan(as, {
      select: { ids: [number._id] },
      change: { rotate: { credential: 'sip_trunk_password', value: 'correct-horse' } },
    });
    expect(made).toMatchObject({ kind: 'rotate', credential: 'sip_trunk_password', counts: { changed: 1 } });
    expect(JSON.stringify(made)).not.toContain('horse');
    const kept = await cordboard.database.query('select change from bulk_plan');
    expect(JSON.stringify(kept)).not.toContain('horse');
    const held = () => cordboard.database.query('select plan_id from held_secret');
    expect(await held()).toEqual([{ plan_id: made.plan_id }]);
    expect((await run(as, made)).counts).toMatchObject({ changed: 1 });
    expect(await held()).toEqual([]);
    const revealed = await as.request('POST', `/v1/phone-numbers/${number._id}/reveal`, {
      body: { credential: 'sip_trunk_password' },
    });
    expect(revealed.body).toMatchObject({ value: 'correct-horse' });
  });

  test('is cancelled where whoever started it may no longer, and where somebody asks', async ({
    cordboard,
  }) => {
    const as = await cordboard.signedInAs('operator');
    await Promise.all(Array.from({ length: 12 }, () => addNumber(as)));
    const made = await plan(as, { select: { filter: {} }, change: { notes: 'x' } });
    await cordboard.database.query(`update operator set role = 'viewer' where id = $1`, [as.operatorId]);
    const admin = await cordboard.signedInAs('admin');
    await cordboard.database
      .query(`insert into bulk_job (id, plan_id, actor_kind, actor_id, actor_name, done, unchanged, refused)
      values ('b1', '${made.plan_id}', 'operator', '${as.operatorId}', 'x', 0, 0, 0)`);
    await cordboard.database.query(`insert into job (id, kind) values ('b1', 'bulk_job')`);
    await expect.poll(async () => (await readJob(admin, 'b1')).state, { timeout: 10_000 }).toBe('cancelled');
    expect(await readJob(admin, 'b1')).toMatchObject({ cancel_reason: 'actor_lost', counts: { changed: 0 } });
    const answer = await admin.request('POST', '/v1/bulk-jobs/b1/cancel');
    expect(answer).toMatchObject({ status: 200, body: { cancel_reason: 'actor_lost' } });
  });

  test('belongs to whoever planned it; a fourth plan drops the first', async ({ cordboard }) => {
    const [as, other] = [await cordboard.signedInAs('operator'), await cordboard.signedInAs('operator')];
    await addNumber(as);
    const body = { select: { filter: {} }, change: { notes: 'x' } };
    const plans = [await plan(as, body), await plan(as, body), await plan(as, body), await plan(as, body)];
    const [first, , , last] = plans;
    expectProblem(await as.request('GET', `/v1/bulk-plans/${first?.plan_id}`), 404, 'not_found');
    expectProblem(await other.request('GET', `/v1/bulk-plans/${last?.plan_id}`), 404, 'not_found');
    expectProblem(
      await other.request('POST', '/v1/bulk-jobs', { body: { plan_id: last?.plan_id } }),
      404,
      'not_found',
    );
    await cordboard.database.query(`update bulk_plan set expires_at = now() - interval '1 second'`);
    expectProblem(
      await as.request('POST', '/v1/bulk-jobs', { body: { plan_id: last?.plan_id } }),
      409,
      'plan_expired',
    );
  });
});

const undo = async (as: Caller, { bulk_job_id: id }: BulkJob): Promise<BulkJob> => {
  const answer = await as.request('POST', `/v1/bulk-jobs/${id}/undo`);
  expect(answer).toMatchObject({ status: 202, body: { kind: 'undo', undoes: id } });
  return whenEnded(as, bulkJobSchema.parse(answer.body).bulk_job_id);
};

describe('the undo of a job', () => {
  test('puts back, by field and by part, what still is as the job left it', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('operator');
    const agent = (await addAgent(as, 'Night desk')).ai_agent_id;
    const [whole, partly, none] = [
      await addNumber(as, { labels: ['a', 'b'], metadata: { team: 'x' }, notes: 'old' }),
      await addNumber(as, { labels: ['a'], notes: 'old' }),
      await addNumber(as, { notes: 'old' }),
    ];
    const job = await run(
      as,
      await plan(as, {
        select: { ids: [whole._id, partly._id, none._id] },
        change: {
          inbound_agent_id: agent,
          notes: 'new',
          labels: { add: ['c'], remove: ['b'] },
          metadata: { team: 'y', more: 'z' },
          routing: { fallback: { type: 'agent', agent_id: agent } },
        },
      }),
    );
    expect(job.counts).toMatchObject({ changed: 3 });
    await patchNumber(as, partly._id, {
      notes: 'mine',
      labels: ['a', 'c', 'mine'],
      metadata: { team: 'mine' },
    });
    await as.request('DELETE', `/v1/phone-numbers/${none._id}`);
    const undone = await undo(as, job);
    expect(undone).toMatchObject({ state: 'done', counts: { total: 3, changed: 2, conflict: 1 } });
    expect(await getNumber(as, whole._id)).toMatchObject({
      inbound_agent_id: null,
      notes: 'old',
      labels: ['a', 'b'],
      metadata: { team: 'x' },
      routing: null,
      version: 3,
    });
    expect(await getNumber(as, partly._id)).toMatchObject({
      inbound_agent_id: null,
      notes: 'mine',
      labels: ['a', 'mine'],
      metadata: { team: 'mine' },
      routing: null,
    });
    const rows = await rowsOf(as, undone);
    expect(Object.fromEntries(rows.map((row) => [row.phone_number_id, [row.outcome, row.code]]))).toEqual({
      [whole._id]: ['changed', null],
      [partly._id]: ['changed', 'partly_undone'],
      [none._id]: ['conflict', 'not_found'],
    });
    expect(rows.find(({ code }) => code === 'partly_undone')?.message).toContain('Notes was changed since');
    expect(await readJob(as, job.bulk_job_id)).toMatchObject({ undone_by: undone.bulk_job_id });
    // Asked for again, it is the same; and what was undone can be done again.
    const again = await as.request('POST', `/v1/bulk-jobs/${job.bulk_job_id}/undo`);
    expect(again).toMatchObject({ status: 202, body: { bulk_job_id: undone.bulk_job_id } });
    await undo(as, undone);
    expect(await getNumber(as, whole._id)).toMatchObject({
      inbound_agent_id: agent,
      notes: 'new',
      labels: ['a', 'c'],
    });
  });

  test('knows metadata whose keys every object has, and drops nobody’s plan', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('operator');
    const number = await addNumber(as);
    const body = { select: { ids: [number._id] }, change: { metadata: { constructor: 'x', toString: 'y' } } };
    const job = await run(as, await plan(as, body));
    const plans = [await plan(as, body), await plan(as, body), await plan(as, body)];
    const asked = () => as.request('POST', `/v1/bulk-jobs/${job.bulk_job_id}/undo`);
    const answers = await Promise.all([asked(), asked(), asked()]);
    expect(new Set(answers.map((answer) => answer.body['bulk_job_id'])).size).toBe(1);
    await whenEnded(as, String(answers[0]?.body['bulk_job_id']));
    expect(await getNumber(as, number._id)).toMatchObject({ metadata: {}, version: 3 });
    for (const { plan_id } of plans)
      expect(await as.request('GET', `/v1/bulk-plans/${plan_id}`)).toMatchObject({ status: 200 });
  });

  test('leaves what today’s rules refuse, credentials, and what changed nothing', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('operator');
    const [gone, next] = [await addAgent(as, 'Gone'), await addAgent(as, 'Next')];
    const number = await addNumber(as, {
      provider: 'sip',
      inbound_agent_id: gone.ai_agent_id,
      sip_trunk_password: 'the old one',
      notes: 'old',
    });
    const select = { ids: [number._id] };
    const job = await run(
      as,
      await plan(as, {
        select,
        change: { inbound_agent_id: next.ai_agent_id, notes: 'new', sip_trunk_password: 'the new one' },
      }),
    );
    await putAgent(as, gone.ai_agent_id, { agent_status: 'retired' });
    const undone = await undo(as, job);
    expect(undone.counts).toMatchObject({ changed: 1 });
    expect(await getNumber(as, number._id)).toMatchObject({
      inbound_agent_id: next.ai_agent_id,
      notes: 'old',
    });
    const [row] = await rowsOf(as, undone);
    expect(row?.message).toMatch(/password is a credential.* Inbound agent stays as it is: /i);

    const rotated = await run(
      as,
      await plan(as, { select, change: { rotate: { credential: 'sip_trunk_password', value: 'a third' } } }),
    );
    const refusal = (id: string) => as.request('POST', `/v1/bulk-jobs/${id}/undo`);
    expectProblem(await refusal(rotated.bulk_job_id), 409, 'job_not_undoable');
    const idle = await run(as, await plan(as, { select, change: { notes: 'old' } }));
    expectProblem(await refusal(idle.bulk_job_id), 409, 'job_not_undoable');
  });

  test('brings back what was deleted, and deletes what was restored', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('operator');
    const [number, other] = [await addNumber(as, { notes: 'kept' }), await addNumber(as)];
    const job = await run(
      as,
      await plan(as, { select: { ids: [number._id, other._id] }, change: { delete: true } }),
    );
    await as.request('POST', `/v1/phone-numbers/${other._id}/restore`);
    const undone = await undo(as, job);
    expect(undone.counts).toMatchObject({ changed: 1, unchanged: 1 });
    expect(await getNumber(as, number._id)).toMatchObject({ notes: 'kept' });
    await undo(as, undone);
    expect((await as.request('GET', `/v1/phone-numbers/${number._id}`)).status).toBe(404);
    expect((await as.request('GET', `/v1/phone-numbers/${other._id}`)).status).toBe(200);
  });
});
