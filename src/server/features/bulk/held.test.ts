import { expect } from 'vitest';
import { bulkJobDetailSchema } from '#contract/bulk/jobs.ts';
import { commandLineContext } from '#server/cli/command/command-line.ts';
import { createHeldSecrets, WHOLE_PLAN } from '#server/features/credentials/held-secrets.ts';
import { rotateMasterKey } from '#server/features/credentials/rotate-master-key.ts';
import { checkMasterKey } from '#server/features/credentials/check-master-key.ts';
import { keyringOf } from '#server/platform/secrets/keyring.ts';
import { addNumber, expectProblem } from '#server/testing/given.ts';
import { test, testConfig, type Caller } from '#server/testing/test-app.ts';
import { openLog } from '#server/log.ts';
import { cancelLoadedJobs } from './after-restore.ts';
import { eraseExpired } from './rows/plan-store.ts';

const log = openLog('silent');
const [from, to] = [keyringOf(testConfig.masterKey ?? Buffer.alloc(32)), keyringOf(Buffer.alloc(32, 9))];

const planRotation = async (as: Caller, value: string): Promise<string> => {
  const { _id } = await addNumber(as, { provider: 'sip' });
  const answer = await as.request('POST', '/v1/bulk-jobs?dry_run=true', {
    body: { select: { ids: [_id] }, change: { rotate: { credential: 'sip_trunk_password', value } } },
  });
  expect(answer).toMatchObject({ status: 201, body: { state: 'ready' } });
  return String(answer.body['plan_id']);
};

test('what a plan holds is sealed anew with the master key', async ({ cordboard }) => {
  const { database } = cordboard;
  const as = await cordboard.signedInAs('operator');
  const id = await planRotation(as, 'correct-horse');
  await checkMasterKey({ database, keyring: from });
  await rotateMasterKey(database, commandLineContext(), { from, to });
  const open = (keyring: typeof from) =>
    createHeldSecrets(database, keyring).open(database, id, [WHOLE_PLAN]);
  expect(await open(to)).toEqual(new Map([[WHOLE_PLAN, { sip_trunk_password: 'correct-horse' }]]));
  await expect(open(from)).rejects.toThrow('held_secret');
});

test('what an expired plan held is erased', async ({ cordboard }) => {
  const { database } = cordboard;
  const as = await cordboard.signedInAs('operator');
  await planRotation(as, 'one');
  const held = () => database.query('select plan_id from held_secret');
  await database.transaction(eraseExpired);
  expect(await held()).toHaveLength(1);
  await database.query(`update bulk_plan set expires_at = now() - interval '1 second'`);
  await database.transaction(eraseExpired);
  expect(await held()).toEqual([]);
});

test('a restored database goes on with nothing that was going on', async ({ cordboard }) => {
  const { database } = cordboard;
  const as = await cordboard.signedInAs('operator');
  const planned = await planRotation(as, 'one');
  const id = await planRotation(as, 'two');
  // A job in the middle, which nobody holds for the moment.
  await database.query(
    `insert into bulk_job (id, plan_id, actor_kind, actor_name, state) values ('b1', $1, 'system', 'x', 'running')`,
    [id],
  );
  await database.query(
    `insert into job (id, kind, leased_until) values ('b1', 'bulk_job', now() + interval '1 hour')`,
  );
  await cancelLoadedJobs({ database, log });
  expect(await database.query('select state from bulk_job')).toEqual([{ state: 'running' }]);
  // As after a dump was loaded: these tables are others than those the jobs were put into.
  await database.query('update job_home set job_table = 1');
  await cancelLoadedJobs({ database, log });
  const { body } = await as.request('GET', '/v1/bulk-jobs/b1');
  expect(bulkJobDetailSchema.parse(body)).toMatchObject({ state: 'cancelled', cancel_reason: 'restored' });
  expect(await database.query('select id from job')).toEqual([]);
  expect(await database.query('select plan_id from held_secret')).toEqual([]);
  expectProblem(await as.request('GET', `/v1/bulk-plans/${planned}`), 404, 'not_found');
});
