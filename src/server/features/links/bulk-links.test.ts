import { expect } from 'vitest';
import { bulkJobSchema } from '#contract/bulk/jobs.ts';
import { bulkPlanSchema } from '#contract/bulk/plans.ts';
import { addNumber, expectProblem, getNumber } from '#server/testing/given.ts';
import type { Caller } from '#server/testing/test-app.ts';
import { test } from '#server/testing/verbex/connected.ts';

const run = async (as: Caller, ids: readonly string[], change: object) => {
  const planned = await as.request('POST', '/v1/bulk-jobs?dry_run=true', {
    body: { select: { ids }, change },
  });
  const plan = bulkPlanSchema.parse(planned.body);
  const begun = await as.request('POST', '/v1/bulk-jobs', { body: { plan_id: plan.plan_id } });
  const { bulk_job_id: id } = bulkJobSchema.parse(begun.body);
  const read = async () => (await as.request<{ state: string }>('GET', `/v1/bulk-jobs/${id}`)).body.state;
  await expect.poll(read, { timeout: 8000 }).toBe('done');
  const job = await as.request<{ counts: object; bulk_job_id: string }>('GET', `/v1/bulk-jobs/${id}`);
  return { plan, job: job.body };
};

test('many numbers are linked, changed there and unlinked', async ({
  connected: { as, connection, verbex, addAgent, until },
}) => {
  const { ai_agent_id: unknown } = await addAgent('Unknown there');
  const numbers = [await addNumber(as), await addNumber(as)];
  const refused = await addNumber(as, { inbound_agent_id: unknown });
  const ids = [...numbers, refused].map(({ _id }) => _id);
  const { plan, job } = await run(as, ids, {
    link: { role: 'platform', connection_id: connection.connection_id },
  });
  expect(plan).toMatchObject({
    kind: 'link',
    counts: { changed: 2, refused: 1 },
    refusals: [{ code: 'agent_not_upstream', count: 1 }],
  });
  expect(job).toMatchObject({ counts: { changed: 2, refused: 1 } });
  for (const { _id } of numbers) await until(_id, 'synced');
  // Both were looked for in one list.
  const lists = verbex.requests.filter(({ path }) => path === '/v1/phone-numbers');
  expect(lists.filter(({ method }) => method === 'GET')).toHaveLength(1);

  await run(as, ids, { friendly_name: 'Of the job' });
  for (const { _id } of numbers) await until(_id, 'synced');
  const names = [...verbex.state.numbers.values()].map((each) => each['friendly_name']);
  expect(names).toEqual(['Of the job', 'Of the job']);

  verbex.decideBy(() => ({ does: 'fail', when: 'before' }));
  const waiting = await run(as, ids, { friendly_name: 'Not there yet' });
  expect(waiting.job).toMatchObject({ counts: { changed: 3, pending: 2 } });
  const rows = await as.request<{ rows: { outcome: string }[] }>(
    'GET',
    `/v1/bulk-jobs/${waiting.job.bulk_job_id}/rows?outcome=pending`,
  );
  expect(rows.body.rows.map(({ outcome }) => outcome)).toEqual(['pending', 'pending']);
  verbex.decideBy(() => null);

  const unlinked = await run(as, ids, { unlink: { role: 'platform' } });
  expect(unlinked.job).toMatchObject({ counts: { changed: 2, unchanged: 1 } });
  for (const { _id } of numbers) expect((await getNumber(as, _id)).links).toEqual([]);
  expect(verbex.state.numbers.size).toBe(2);
});

test('a key links and unlinks many only where it may change connections, too', async ({
  connected: { as, connection, cordboard, writes },
}) => {
  const { _id } = await addNumber(as);
  const select = { ids: [_id] };
  const link = { role: 'platform', connection_id: connection.connection_id };
  const few = await cordboard.withKey(['numbers:write', 'numbers:read']);
  for (const change of [{ link }, { unlink: { role: 'platform' } }])
    expectProblem(
      await few.request('POST', '/v1/bulk-jobs?dry_run=true', { body: { select, change } }),
      403,
      'forbidden',
    );
  const many = await cordboard.withKey(['numbers:write', 'numbers:read', 'connections:write']);
  const planned = await many.request('POST', '/v1/bulk-jobs?dry_run=true', {
    body: { select, change: { link } },
  });
  expect(planned.status).toBe(201);
  const { plan_id } = bulkPlanSchema.parse(planned.body);
  await cordboard.database.query('update bulk_plan set actor_id = $2 where id = $1', [plan_id, few.apiKeyId]);
  expectProblem(await few.request('POST', '/v1/bulk-jobs', { body: { plan_id } }), 403, 'forbidden');
  expect(writes()).toEqual([]);

  const operator = await cordboard.signedInAs('operator');
  const { job } = await run(operator, [_id], { link });
  expect(job).toMatchObject({ counts: { changed: 1 } });
  const again = { body: { retry: job.bulk_job_id } };
  expectProblem(await few.request('POST', '/v1/bulk-jobs?dry_run=true', again), 403, 'forbidden');
});
