import { describe, expect } from 'vitest';
import { bulkJobListSchema, MAX_OPEN_JOBS } from '#contract/bulk/jobs.ts';
import { MASK } from '#contract/primitives.ts';
import { addAgent, addNumber, expectProblem } from '#server/testing/given.ts';
import { plan, readJob, rowsOfJob, run, undo } from '#server/testing/given-bulk.ts';
import { test, type Caller } from '#server/testing/test-app.ts';

const listed = async (as: Caller) =>
  bulkJobListSchema.parse((await as.request('GET', '/v1/bulk-jobs')).body).bulk_jobs;

describe('a job tells', () => {
  test('what it sets, and of a few numbers what was before', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('operator');
    const agent = (await addAgent(as, 'Night desk')).ai_agent_id;
    const number = await addNumber(as, { labels: ['old'], notes: 'n', friendly_name: 'Front desk' });
    const change = {
      inbound_agent_id: agent,
      labels: { add: ['vip'], remove: ['old'] },
      notes: null,
      metadata: { site: 'Leeds' },
    };
    const job = await run(as, await plan(as, { select: { ids: [number._id] }, change }));
    expect(job.sets).toEqual(change);
    const viewer = await cordboard.signedInAs('viewer');
    expect((await readJob(viewer, job.bulk_job_id)).examples).toEqual([
      {
        phone_number_id: number._id,
        phone_number: number.phone_number,
        friendly_name: 'Front desk',
        changes: {
          inbound_agent_id: { before: null, after: agent },
          labels: { before: ['old'], after: ['vip'] },
          notes: { before: 'n', after: null },
          metadata: { before: null, after: { site: 'Leeds' } },
        },
      },
    ]);
    expect((await rowsOfJob(viewer, job)).map(({ friendly_name }) => friendly_name)).toEqual(['Front desk']);
    const undone = await undo(as, job);
    expect((await listed(viewer)).map(({ sets, undone: of }) => [sets, of?.sets])).toEqual([
      [{}, change],
      [change, undefined],
    ]);
    expect(undone.undone).toMatchObject({ kind: 'patch', fields: job.fields });
  });

  test('by which filter its numbers were selected, unless by a credential', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('admin');
    const number = await addNumber(as, {
      provider: 'sip',
      notes: 'Denver',
      sip_trunk_password: 'correct-horse',
    });
    const filterOf = async (select: object) =>
      (await run(as, await plan(as, { select, change: { labels: ['vip'] } }))).filter;
    const filter = { q: 'Denver', provider: ['sip'] };
    expect(await filterOf({ filter })).toEqual(filter);
    expect(await filterOf({ ids: [number._id] })).toBeNull();
    expect(await filterOf({ filter: { fingerprint: '0123abcd' } })).toBeNull();
  });

  test('no credential, nothing long, and nothing that no number could take', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('operator');
    const select = { ids: [(await addNumber(as, { provider: 'sip' }))._id] };
    const change = { sip_trunk_password: 'correct-horse', notes: 'x'.repeat(3000), labels: ['vip'] };
    const job = await run(as, await plan(as, { select, change }));
    expect(job.sets).toEqual({ sip_trunk_password: MASK, labels: ['vip'] });
    expect(job.examples).toMatchObject([
      {
        changes: { sip_trunk_password: { secret: true, before_fingerprint: null, after_fingerprint: null } },
      },
    ]);
    const astray = await run(as, await plan(as, { select, change: { twilio_account_sid: 'correct-horse' } }));
    expect(astray.counts).toMatchObject({ refused: 1 });
    expect(astray.sets).toEqual({});
    expect(JSON.stringify([job, await readJob(as, astray.bulk_job_id), await listed(as)])).not.toContain(
      'horse',
    );
  });

  test('in the log how many numbers it is over, also where it takes another back', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('operator');
    const select = { ids: [(await addNumber(as))._id] };
    await undo(as, await run(as, await plan(as, { select, change: { notes: 'x' } })));
    const log = await cordboard.as('admin').request('GET', '/v1/audit-events?subject_kind=bulk_job');
    const events = log.body['audit_events'] as { action: string; subject: { name: string } }[];
    expect(events.map(({ action, subject }) => [action, subject.name])).toEqual([
      ['bulk_job.done', '1 phone number'],
      ['bulk_job.started', '1 phone number'],
      ['bulk_job.done', '1 phone number'],
      ['bulk_job.started', '1 phone number'],
    ]);
  });
});

test('of the jobs of one actor no more than some are under way', async ({ cordboard }) => {
  const [as, other] = [await cordboard.signedInAs('operator'), await cordboard.signedInAs('operator')];
  const select = { ids: [(await addNumber(as))._id] };
  const [made, theirs] = [
    await plan(as, { select, change: { notes: 'x' } }),
    await plan(other, { select, change: { notes: 'y' } }),
  ];
  const ended = await run(as, await plan(as, { select, change: { labels: ['a'] } }));
  // Nobody takes them up: no work was put there for them.
  await cordboard.database.query(
    `with plans as (insert into bulk_plan (id, actor_kind, actor_id, actor_name, selection, change, state, run_at, expires_at)
       select 'p' || at, 'operator', $1, 'x', 'null', '{"kind": "delete", "fields": [], "patch": {}}', 'ready', now(), now()
       from generate_series(1, $2::int) at returning id)
     insert into bulk_job (id, plan_id, actor_kind, actor_id, actor_name) select 'j' || id, id, 'operator', $1, 'x' from plans`,
    [as.operatorId, MAX_OPEN_JOBS],
  );
  const body = { plan_id: made.plan_id };
  expectProblem(await as.request('POST', '/v1/bulk-jobs', { body }), 409, 'too_many_jobs');
  expectProblem(await as.request('POST', `/v1/bulk-jobs/${ended.bulk_job_id}/undo`), 409, 'too_many_jobs');
  expect((await run(other, theirs)).counts).toMatchObject({ total: 1, done: 1 });
  await as.request('POST', '/v1/bulk-jobs/jp1/cancel');
  expect(await as.request('POST', '/v1/bulk-jobs', { body })).toMatchObject({ status: 202 });
});
