import { describe, expect } from 'vitest';
import { addAgent, addNumber, expectProblem, getNumber, patchNumber } from '#server/testing/given.ts';
import { plan, readJob, rowsOfJob, run } from '#server/testing/given-bulk.ts';
import { test } from '#server/testing/test-app.ts';

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
    expect((await rowsOfJob(as, job, 'unchanged')).map(({ phone_number_id: id }) => id)).toEqual([same._id]);
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
    expect((await rowsOfJob(as, job, 'conflict')).map(({ phone_number_id: id }) => id)).toEqual([
      changed._id,
    ]);
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
    await addNumber(as, { outbound_agent_id: a });
    const made = await plan(as, { change: { replace_agent: { from: a, to: b } } });
    expect(made).toMatchObject({
      replace_agent: { from: a, to: b },
      counts: { total: 2, changed: 2 },
      replaced_in: {
        inbound_agent_id: 1,
        outbound_agent_id: 1,
        rules: 1,
        fallback: 1,
        temporary_reassignment: 0,
      },
    });
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
