import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { connectionSchema } from '#contract/connections/connections.ts';
import { pendingChangeListSchema } from '#contract/connections/links.ts';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { commandLineContext } from '#server/cli/command/command-line.ts';
import { checkMasterKey } from '#server/features/credentials/check-master-key.ts';
import { checkCredentials, rotateMasterKey } from '#server/features/credentials/rotate-master-key.ts';
import { keyringOf } from '#server/platform/secrets/keyring.ts';
import { addNumber, getNumber } from '#server/testing/given.ts';
import { trunk } from '#server/testing/samples.ts';
import { openTestApp, testConfig, type Caller, type TestApp } from '#server/testing/test-app.ts';
import { emptyTables, testDatabase } from '#server/testing/test-database.ts';
import { startVerbex, type VerbexStandIn } from '#server/testing/verbex/start-verbex.ts';

const [from, to] = [keyringOf(testConfig.masterKey ?? Buffer.alloc(32)), keyringOf(Buffer.alloc(32, 9))];

let verbex: VerbexStandIn;
let cordboard: TestApp;
let as: Caller;
let connectionId: string;
const opened: TestApp[] = [];
// What is sealed under another key is of no use to the tests that come after.
const empty = async () => emptyTables(await testDatabase());

/** A server of its own; the one before it no longer sends. */
const start = async (config = {}, options = {}): Promise<TestApp> => {
  for (const each of opened) each.app.close();
  const { test: app } = await openTestApp({ unsafeAllowLoopback: true, ...config }, options);
  opened.push(app);
  return app;
};

beforeEach(async () => {
  await empty();
  verbex = await startVerbex();
  cordboard = await start();
  as = await cordboard.signedInAs('admin');
  const body = {
    kind: 'verbex',
    name: 'Verbex',
    settings: { base_url: verbex.url },
    credentials: { api_key: verbex.state.key },
  };
  const answer = await as.request('POST', '/v1/connections', { body });
  connectionId = connectionSchema.parse(answer.body).connection_id;
});
afterEach(async () => {
  for (const each of opened.splice(0)) each.app.close();
  await verbex.close();
});
afterAll(empty);

const stateOf = async (who: Caller, id: string) => (await getNumber(who, id)).links[0]?.state;
const linked = async (): Promise<PhoneNumber> => {
  const number = await addNumber(as, { ...trunk, friendly_name: 'First' });
  const body = { role: 'platform', connection_id: connectionId };
  expect((await as.request('POST', `/v1/phone-numbers/${number._id}/links`, { body })).status).toBe(202);
  await expect.poll(() => stateOf(as, number._id), { timeout: 8000 }).toBe('synced');
  return number;
};
const rename = (who: Caller, id: string, name: string) =>
  who.request('PATCH', `/v1/phone-numbers/${id}`, { body: { friendly_name: name } });
const thereOf = ({ phone_number: number }: PhoneNumber) =>
  [...verbex.state.numbers.values()].find((record) => record.phone_number === number);
const writes = () => verbex.requests.filter(({ method }) => method !== 'GET').length;

test('records from before a write are checked and sealed anew with the master key', async () => {
  const { database } = cordboard;
  const [one, other] = [await linked(), await linked()];
  for (const { _id } of [one, other]) expect((await rename(as, _id, 'Second')).status).toBe(200);
  await checkMasterKey({ database, keyring: from });
  // Two trunks, the key of the connection and two records.
  const all = { count: 5, broken: [] };
  expect(await checkCredentials(database, commandLineContext(), from)).toEqual(all);
  cordboard.app.close();
  expect(await rotateMasterKey(database, commandLineContext(), { from, to })).toBe(5);
  expect(await checkCredentials(database, commandLineContext(), to)).toEqual(all);

  // Both sides still have the same secret, by whatever fingerprint: nothing is a conflict, and all goes on.
  const next = await start({ masterKey: Buffer.alloc(32, 9) });
  const admin = await next.signedInAs('admin');
  expect((await rename(admin, one._id, 'Third')).status).toBe(200);
  const restored = await admin.request('POST', `/v1/phone-numbers/${one._id}/links/platform/restore`, {
    body: {},
  });
  expect(restored).toMatchObject({ status: 200, body: { friendly_name: 'Second' } });
  expect(thereOf(one)).toMatchObject({
    friendly_name: 'Second',
    sip_trunk_password: trunk.sip_trunk_password,
  });

  await database.query('update before_image set phone_number_id = $1', [other._id]);
  const { broken } = await checkCredentials(database, commandLineContext(), to);
  expect(broken).toContain(`record from before a write of phone number ${other._id}`);
});

test.each(['masked', 'clear'] as const)(
  'a secret that the platform answers %s is no conflict once the master key is another',
  async (secrets) => {
    verbex.state.secrets = secrets;
    const number = await linked();
    expect((await rename(as, number._id, 'Second')).status).toBe(200);
    const { database } = cordboard;
    await checkMasterKey({ database, keyring: from });
    cordboard.app.close();
    await rotateMasterKey(database, commandLineContext(), { from, to });
    const next = await start({ masterKey: Buffer.alloc(32, 9) });
    const admin = await next.signedInAs('admin');
    const body = { sip_trunk_password: 'replaced-after' };
    const answer = await admin.request('PATCH', `/v1/phone-numbers/${number._id}`, { body });
    expect(answer.status).toBe(200);
    expect(thereOf(number)).toMatchObject({ sip_trunk_password: 'replaced-after' });
  },
);

test('in a copy of a database what waits is held, whoever held it before, until an admin resumes', async () => {
  const { database } = cordboard;
  const number = await linked();
  verbex.decideBy(() => ({ does: 'fail', when: 'before' }));
  expect((await rename(as, number._id, 'Waits')).status).toBe(202);
  cordboard.app.close();
  verbex.decideBy(() => null);
  // As it was copied: held by a server that is elsewhere, with a clock of its own.
  await database.query(
    `update pending_change set leased_by = 'elsewhere', leased_until = clock_timestamp() + interval '2 seconds',
       due_at = clock_timestamp()`,
  );
  await database.query(
    `update connection set next_request_at = clock_timestamp() + interval '1 day', watch_leased_until = clock_timestamp() + interval '1 day'`,
  );
  const copy = await start({}, { isRestored: true });
  const admin = await copy.signedInAs('admin');
  const before = verbex.requests.length;
  expect(await admin.request('GET', `/v1/connections/${connectionId}`)).toMatchObject({
    body: { paused: true },
  });
  expect((await rename(admin, number._id, 'Waits still')).status).toBe(202);
  const { body } = await admin.request('GET', '/v1/pending-changes');
  expect(pendingChangeListSchema.parse(body).pending_changes).toMatchObject([
    { phone_number_id: number._id, fields: ['friendly_name'] },
  ]);
  expect(verbex.requests).toHaveLength(before);
  expect((await admin.request('POST', `/v1/connections/${connectionId}/resume`)).status).toBe(200);
  await expect.poll(() => stateOf(admin, number._id), { timeout: 8000 }).toBe('synced');
  expect(thereOf(number)).toMatchObject({ friendly_name: 'Waits still' });
});

test('a copy overwrites nothing that was changed there since it was made', async () => {
  const number = await linked();
  verbex.decideBy(() => ({ does: 'fail', when: 'before' }));
  await rename(as, number._id, 'Old');
  cordboard.app.close();
  verbex.decideBy(() => null);
  const there = thereOf(number);
  if (there) there['friendly_name'] = 'Newer';
  const copy = await start({}, { isRestored: true });
  const admin = await copy.signedInAs('admin');
  const before = writes();
  await admin.request('POST', `/v1/connections/${connectionId}/resume`);
  await expect.poll(() => stateOf(admin, number._id), { timeout: 8000 }).toBe('conflict');
  expect(writes()).toBe(before);
  expect(there).toMatchObject({ friendly_name: 'Newer' });
});
