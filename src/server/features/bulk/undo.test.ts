import { describe, expect } from 'vitest';
import {
  addAgent,
  addNumber,
  expectProblem,
  getNumber,
  patchNumber,
  putAgent,
} from '#server/testing/given.ts';
import { plan, readJob, rowsOfJob, run, undo, whenEnded } from '#server/testing/given-bulk.ts';
import { test, type TestApp } from '#server/testing/test-app.ts';

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
    const rows = await rowsOfJob(as, undone);
    expect(Object.fromEntries(rows.map((row) => [row.phone_number_id, [row.outcome, row.code]]))).toEqual({
      [whole._id]: ['changed', null],
      [partly._id]: ['changed', 'partly_undone'],
      [none._id]: ['conflict', 'not_found'],
    });
    expect(rows.find(({ code }) => code === 'partly_undone')?.message).toContain('“Notes” was changed since');
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

  test('counts what somebody changed since, where nothing is left to put back', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('operator');
    const [whole, changed, back] = [
      await addNumber(as, { labels: ['a'] }),
      await addNumber(as, { labels: ['a'] }),
      await addNumber(as, { labels: ['a'] }),
    ];
    const select = { ids: [whole._id, changed._id, back._id] };
    const job = await run(as, await plan(as, { select, change: { labels: { add: ['b'] } } }));
    await patchNumber(as, changed._id, { labels: ['mine'] });
    await patchNumber(as, back._id, { labels: ['a'] });
    const undone = await undo(as, job);
    expect(undone.counts).toMatchObject({ total: 3, changed: 1, unchanged: 1, conflict: 1 });
    expect(await getNumber(as, changed._id)).toMatchObject({ labels: ['mine'] });
    const rows = await rowsOfJob(as, undone);
    expect(Object.fromEntries(rows.map((row) => [row.phone_number_id, [row.outcome, row.message]]))).toEqual({
      [whole._id]: ['changed', null],
      [changed._id]: ['conflict', '“Labels” was changed since; it stays as it is.'],
      [back._id]: ['unchanged', null],
    });
    expect(rows.find(({ outcome }) => outcome === 'conflict')?.code).toBe('changed_since');
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
    const [row] = await rowsOfJob(as, undone);
    expect(row?.message).toMatch(/password” is a credential.* “Inbound agent” stays as it is: /i);

    // Where that is all there was, nobody has changed it meanwhile: it cannot be put back.
    const secret = await run(as, await plan(as, { select, change: { sip_trunk_password: 'a newer one' } }));
    const kept = await undo(as, secret);
    expect(kept.counts).toMatchObject({ total: 1, refused: 1, conflict: 0 });
    expect((await rowsOfJob(as, kept))[0]).toMatchObject({ outcome: 'refused', code: 'not_undoable' });

    const rotated = await run(
      as,
      await plan(as, { select, change: { rotate: { credential: 'sip_trunk_password', value: 'a third' } } }),
    );
    const refusal = (id: string) => as.request('POST', `/v1/bulk-jobs/${id}/undo`);
    expectProblem(await refusal(rotated.bulk_job_id), 409, 'job_not_undoable');
    const idle = await run(as, await plan(as, { select, change: { notes: 'old' } }));
    expectProblem(await refusal(idle.bulk_job_id), 409, 'job_not_undoable');
  });

  /** Three numbers changed by a job, and its undo as if that had been cancelled after the first of them. */
  const cancelledUndo = async (cordboard: TestApp) => {
    const as = await cordboard.signedInAs('operator');
    const ids = [await addNumber(as), await addNumber(as), await addNumber(as)].map(({ _id }) => _id);
    const job = await run(as, await plan(as, { select: { ids }, change: { notes: 'x' } }));
    const first = await undo(as, job);
    const { database } = cordboard;
    const left = await database.query<{ phone_number_id: string }>(
      `update bulk_row r set outcome = null, made_version = null from bulk_job j
       where j.id = $1 and r.plan_id = j.plan_id and r.place > 0 returning r.phone_number_id`,
      [first.bulk_job_id],
    );
    for (const { phone_number_id: id } of left) await patchNumber(as, id, { notes: 'x' });
    await database.query(`update bulk_job set state = 'cancelled', done = 1, changed = 1 where id = $1`, [
      first.bulk_job_id,
    ]);
    return { as, job, first };
  };

  test('that was cancelled goes on with what it did not come to', async ({ cordboard }) => {
    const { as, job, first } = await cancelledUndo(cordboard);
    const second = await undo(as, job);
    expect(second.bulk_job_id).not.toBe(first.bulk_job_id);
    expect(second.counts).toMatchObject({ total: 2, done: 2, changed: 2 });
    const log = await cordboard
      .as('admin')
      .request('GET', `/v1/audit-events?subject_kind=bulk_job&subject_id=${second.bulk_job_id}`);
    expect(log.body).toMatchObject({
      audit_events: [{}, { action: 'bulk_job.started', subject: { name: '2 phone numbers' } }],
    });
  });

  test('goes on with what an undo of the cancelled one has made again, too', async ({ cordboard }) => {
    const { as, job, first } = await cancelledUndo(cordboard);
    expect((await undo(as, first)).counts).toMatchObject({ total: 1, changed: 1 });
    expect((await undo(as, job)).counts).toMatchObject({ total: 3, done: 3, changed: 3 });
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
