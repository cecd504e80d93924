import { describe, expect } from 'vitest';
import {
  addAgent,
  addNumber,
  expectProblem,
  getNumber,
  listNumbers,
  patchNumber,
} from '#server/testing/given.ts';
import { planImport, readImport, rowsOf, runImport, sendFile } from '#server/testing/given-import.ts';
import { readJob, rowsOfJob, whenEnded } from '#server/testing/given-bulk.ts';
import { test } from '#server/testing/test-app.ts';

const file = `phone_number,provider,friendly_name,inbound_agent,sip_termination_uri,sip_trunk_password,labels
+14155550100,pia,Sales,Front desk,,,production|vip
+14155550109,sip,,,trunk.example,correct-horse,
`;

describe('an import', () => {
  test('is planned, shown, and run as it was shown', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('operator');
    const agent = await addAgent(as, 'Front desk');
    const plan = await planImport(as, file);
    expect(plan).toMatchObject({
      plan_id: plan.import_id,
      state: 'ready',
      file: { format: 'csv', encoding: 'utf-8', delimiter: ',' },
      options: {
        default_country: null,
        digits: 'refuse',
        existing: 'refuse',
        unknown_agents: 'refuse',
        default_provider: null,
      },
      counts: { total: 2, created: 2, changed: 0, unchanged: 0, skipped: 0, refused: 0 },
      refusals: [],
      agents_to_create: [],
      bulk_job_id: null,
    });
    expect(plan.file.columns.slice(0, 4)).toEqual([
      { heading: 'phone_number', field: 'phone_number' },
      { heading: 'provider', field: 'provider' },
      { heading: 'friendly_name', field: 'friendly_name' },
      { heading: 'inbound_agent', field: 'inbound_agent' },
    ]);
    expect(plan.examples[0]).toMatchObject({
      phone_number_id: null,
      phone_number: '+14155550100',
      changes: {
        phone_number: { before: null, after: '+14155550100' },
        friendly_name: { before: null, after: 'Sales' },
        inbound_agent_id: { before: null, after: agent.ai_agent_id },
        labels: { before: null, after: ['production', 'vip'] },
      },
    });
    expect(await rowsOf(as, plan)).toEqual([
      { line: 2, outcome: 'created', phone_number_id: null, phone_number: '+14155550100', errors: [] },
      { line: 3, outcome: 'created', phone_number_id: null, phone_number: '+14155550109', errors: [] },
    ]);
    expect((await listNumbers(as)).phone_numbers).toEqual([]);

    const job = await runImport(as, plan);
    expect(job).toMatchObject({
      kind: 'import',
      state: 'done',
      import_id: plan.import_id,
      counts: { total: 2, done: 2, created: 2, changed: 0, refused: 0, conflict: 0 },
    });
    const { phone_numbers: numbers } = await listNumbers(as, { sort: 'phone_number' });
    expect(numbers).toMatchObject([
      {
        phone_number: '+14155550100',
        friendly_name: 'Sales',
        inbound_agent_id: agent.ai_agent_id,
        version: 1,
      },
      { phone_number: '+14155550109', sip_termination_uri: 'trunk.example', sip_trunk_password: '••••••••' },
    ]);
    expect((await rowsOf(as, plan)).map(({ phone_number_id: id }) => id)).toEqual(
      numbers.map(({ _id }) => _id),
    );
    expect(await readImport(as, plan.import_id)).toMatchObject({ bulk_job_id: job.bulk_job_id });
    const log = await cordboard
      .as('admin')
      .request('GET', `/v1/audit-events?bulk_job_id=${job.bulk_job_id}&action=phone_number.added`);
    expect(log.body).toMatchObject({
      audit_events: [{ actor: { id: as.operatorId } }, { actor: { id: as.operatorId } }],
    });
    // Asked for again, it is the same job.
    const again = await as.request('POST', `/v1/imports/${plan.import_id}/run`);
    expect(again).toMatchObject({ status: 202, body: { bulk_job_id: job.bulk_job_id } });
  });

  test('is taken back by an undo: what it added is deleted, unless it was changed since', async ({
    cordboard,
  }) => {
    const as = await cordboard.signedInAs('operator');
    const job = await runImport(as, await planImport(as, file.replace('Front desk', '')));
    const [first] = (await listNumbers(as, { sort: 'phone_number' })).phone_numbers;
    await patchNumber(as, String(first?._id), { notes: 'mine' });
    const undo = await as.request('POST', `/v1/bulk-jobs/${job.bulk_job_id}/undo`);
    expect(undo).toMatchObject({ status: 202 });
    const ended = await whenEnded(as, String(undo.body['bulk_job_id']));
    expect(ended.counts).toMatchObject({ total: 2, changed: 1, conflict: 1 });
    expect((await listNumbers(as)).phone_numbers.map(({ _id }) => _id)).toEqual([first?._id]);
  });

  test('belongs to whoever planned it, and is run by its own door', async ({ cordboard }) => {
    const [as, other] = [await cordboard.signedInAs('operator'), await cordboard.signedInAs('operator')];
    const { import_id: id } = await planImport(as, file.replace('Front desk', ''));
    for (const path of [`/v1/imports/${id}`, `/v1/imports/${id}/rows`])
      expectProblem(await other.request('GET', path), 404, 'not_found');
    expectProblem(await other.request('POST', `/v1/imports/${id}/run`), 404, 'not_found');
    expectProblem(await as.request('POST', '/v1/bulk-jobs', { body: { plan_id: id } }), 404, 'not_found');
    expectProblem(await as.request('GET', `/v1/bulk-plans/${id}`), 404, 'not_found');

    const { _id } = await addNumber(as);
    const body = { select: { ids: [_id] }, change: { notes: 'x' } };
    const bulk = await as.request('POST', '/v1/bulk-jobs?dry_run=true', { body });
    const planId = String(bulk.body['plan_id']);
    expectProblem(await as.request('POST', `/v1/imports/${planId}/run`), 404, 'not_found');

    await cordboard.database.query(`update bulk_plan set expires_at = now() - interval '1 second'`);
    expectProblem(await as.request('POST', `/v1/imports/${id}/run`), 409, 'plan_expired');
    expectProblem(await as.request('GET', `/v1/imports/${id}`), 409, 'plan_expired');
    expectProblem(await as.request('GET', `/v1/imports/${id}/rows`), 409, 'plan_expired');
  });

  test('lives a day; a fourth plan drops the first, and a file that is refused none', async ({
    cordboard,
  }) => {
    const as = await cordboard.signedInAs('operator');
    const plans = [];
    for (let at = 0; at < 3; at += 1) plans.push(await planImport(as, file.replace('Front desk', '')));
    const [first, , third] = plans;
    expect(Date.parse(String(first?.expires_at)) - Date.now()).toBeGreaterThan(23.9 * 3_600_000);
    expectProblem(await sendFile(as, 'nothing\n'), 422, 'unreadable_file');
    await readImport(as, String(first?.import_id));
    await planImport(as, file.replace('Front desk', ''));
    expectProblem(await as.request('GET', `/v1/imports/${first?.import_id}`), 404, 'not_found');
    await readImport(as, String(third?.import_id));
  });

  test('says in its job on which line each row stands, and what is there for a number', async ({
    cordboard,
  }) => {
    const as = await cordboard.signedInAs('operator');
    const plan = await planImport(
      as,
      'phone_number,provider\n+14155550100,pia\n415 555,pia\ncorrect-horse,pia\n+14155550100,pia\n',
    );
    const job = await runImport(as, plan);
    expect(job).toMatchObject({ planned: 1, counts: { total: 4, done: 4, created: 1, refused: 3 } });
    expect((await rowsOfJob(as, job)).map((row) => [row.line, row.phone_number, row.written])).toEqual([
      [2, '+14155550100', null],
      [3, '', '415 555'],
      // It may be a secret in the wrong column.
      [4, '', null],
      [5, '+14155550100', null],
    ]);
  });

  test('leaves alone what somebody added, changed or deleted after the preview', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('operator');
    const [changed, deleted] = [
      await addNumber(as, { phone_number: '+14155550101' }),
      await addNumber(as, { phone_number: '+14155550102' }),
    ];
    const plan = await planImport(
      as,
      `phone_number,provider,friendly_name
+14155550100,pia,New
+14155550101,pia,Changed
+14155550102,pia,Deleted
+14155550103,pia,Stays
`,
      { existing: 'update' },
    );
    expect(plan.counts).toMatchObject({ total: 4, created: 2, changed: 2 });
    const added = await addNumber(as, { phone_number: '+14155550100', friendly_name: 'Mine' });
    await patchNumber(as, changed._id, { notes: 'mine' });
    await as.request('DELETE', `/v1/phone-numbers/${deleted._id}`);
    const job = await runImport(as, plan);
    expect(job.counts).toMatchObject({ total: 4, done: 4, created: 1, changed: 0, conflict: 3 });
    expect(
      (await rowsOf(as, plan, { outcome: 'conflict' })).map(({ line, errors }) => [line, errors[0]?.code]),
    ).toEqual([
      [2, 'phone_number_taken'],
      [3, 'version_conflict'],
      [4, 'not_found'],
    ]);
    // Nothing came of what the plan showed of them.
    expect(plan.examples).toHaveLength(3);
    expect((await readJob(as, job.bulk_job_id)).examples).toEqual([]);
    expect(await getNumber(as, added._id)).toMatchObject({ friendly_name: 'Mine', version: 1 });
    expect(await getNumber(as, changed._id)).toMatchObject({ friendly_name: null, version: 2 });
  });

  test('is cancelled where whoever started it may no longer', async ({ cordboard }) => {
    const as = await cordboard.signedInAs('operator');
    const plan = await planImport(as, file.replace('Front desk', ''));
    await cordboard.database.query(`update operator set role = 'viewer' where id = $1`, [as.operatorId]);
    // Not yet known to the session, which may go on for a moment: the job asks anew before each piece.
    expect(await runImport(as, plan)).toMatchObject({
      state: 'cancelled',
      cancel_reason: 'actor_lost',
      counts: { created: 0 },
    });
  });
});
