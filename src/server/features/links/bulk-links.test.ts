import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { bulkJobSchema } from '#contract/bulk/jobs.ts';
import { bulkPlanSchema } from '#contract/bulk/plans.ts';
import { addNumber, getNumber } from '#server/testing/given.ts';
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
  const body = {
    kind: 'verbex',
    name: 'Verbex',
    settings: { base_url: verbex.url },
    credentials: { api_key: verbex.state.key },
  };
  connectionId = (await as.request<{ connection_id: string }>('POST', '/v1/connections', { body })).body
    .connection_id;
});
afterEach(() => verbex.close());

const run = async (ids: readonly string[], change: object) => {
  const planned = await as.request('POST', '/v1/bulk-jobs?dry_run=true', {
    body: { select: { ids }, change },
  });
  const plan = bulkPlanSchema.parse(planned.body);
  const begun = await as.request('POST', '/v1/bulk-jobs', { body: { plan_id: plan.plan_id } });
  const { bulk_job_id: id } = bulkJobSchema.parse(begun.body);
  const read = async () => (await as.request<{ state: string }>('GET', `/v1/bulk-jobs/${id}`)).body.state;
  await expect.poll(read, { timeout: 8000 }).toBe('done');
  return {
    plan,
    job: (await as.request<{ counts: object; bulk_job_id: string }>('GET', `/v1/bulk-jobs/${id}`)).body,
  };
};
const stateOf = async (id: string) => (await getNumber(as, id)).links[0]?.state;

test('many numbers are linked, changed there and unlinked', async () => {
  const agent = await as.request<{ data: { ai_agent_id: string } }>('POST', '/v2/ai-agents', {
    body: { agent_name: 'Unknown there' },
  });
  const numbers = [await addNumber(as), await addNumber(as)];
  const refused = await addNumber(as, { inbound_agent_id: agent.body.data.ai_agent_id });
  const ids = [...numbers, refused].map(({ _id }) => _id);
  const link = { role: 'platform', connection_id: connectionId };
  const { plan, job } = await run(ids, { link });
  expect(plan).toMatchObject({
    kind: 'link',
    counts: { changed: 2, refused: 1 },
    refusals: [{ code: 'agent_not_upstream', count: 1 }],
  });
  expect(job).toMatchObject({ counts: { changed: 2, refused: 1 } });
  for (const { _id } of numbers) await expect.poll(() => stateOf(_id), { timeout: 8000 }).toBe('synced');

  await run(ids, { friendly_name: 'Of the job' });
  for (const { _id } of numbers) await expect.poll(() => stateOf(_id), { timeout: 8000 }).toBe('synced');
  expect([...verbex.state.numbers.values()].map((each) => each['friendly_name'])).toEqual([
    'Of the job',
    'Of the job',
  ]);

  verbex.decideBy(() => ({ does: 'fail', when: 'before' }));
  const waiting = await run(ids, { friendly_name: 'Not there yet' });
  expect(waiting.job).toMatchObject({ counts: { changed: 3, pending: 2 } });
  const rows = await as.request<{ rows: { outcome: string }[] }>(
    'GET',
    `/v1/bulk-jobs/${waiting.job.bulk_job_id}/rows?outcome=pending`,
  );
  expect(rows.body.rows.map(({ outcome }) => outcome)).toEqual(['pending', 'pending']);
  verbex.decideBy(() => null);

  const unlinked = await run(ids, { unlink: { role: 'platform' } });
  expect(unlinked.job).toMatchObject({ counts: { changed: 2, unchanged: 1 } });
  for (const { _id } of numbers) expect((await getNumber(as, _id)).links).toEqual([]);
  expect(verbex.state.numbers.size).toBe(2);
});
