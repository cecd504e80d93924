import { expect } from 'vitest';
import { commandLineContext } from '#server/cli/command/command-line.ts';
import { checkMasterKey } from '#server/features/credentials/check-master-key.ts';
import { createConnectionCredentials } from '#server/features/credentials/connection-credentials.ts';
import { verbex } from './kinds/verbex/verbex.ts';
import { selectSealedConnection } from './store.ts';
import { checkCredentials, rotateMasterKey } from '#server/features/credentials/rotate-master-key.ts';
import { keyringOf } from '#server/platform/secrets/keyring.ts';
import { openTestApp, test, testConfig, type Caller } from '#server/testing/test-app.ts';

const [from, to] = [keyringOf(testConfig.masterKey ?? Buffer.alloc(32)), keyringOf(Buffer.alloc(32, 9))];

const add = async (as: Caller, name: string): Promise<string> => {
  const body = { kind: 'verbex', name, credentials: { api_key: `key of ${name}`.replaceAll(' ', '-') } };
  const answer = await as.request('POST', '/v1/connections', { body });
  expect(answer).toMatchObject({ status: 201 });
  return String(answer.body['connection_id']);
};

test('keys of connections are checked and sealed anew with the master key', async ({ cordboard }) => {
  const { database } = cordboard;
  const as = await cordboard.signedInAs('admin');
  const [one, two] = [await add(as, 'one'), await add(as, 'two')];
  const context = commandLineContext();
  await checkMasterKey({ database, keyring: from });
  expect(await checkCredentials(database, context, from)).toEqual({ count: 2, broken: [] });
  expect(await rotateMasterKey(database, context, { from, to })).toBe(2);
  const bursts = { notice: () => undefined };
  const open = async (keyring: typeof from, id: string) =>
    createConnectionCredentials({ keyring, bursts }).open(
      (await selectSealedConnection(database, id))?.sealed ?? [],
      verbex.defaultBaseUrl,
    );
  expect(await open(to, one)).toEqual({ api_key: 'key-of-one' });
  await expect(open(from, two)).rejects.toThrow('connection_credential');
  expect((await checkCredentials(database, context, from)).broken).toHaveLength(2);
});

test('what was sealed for one connection does not open for another, nor for an earlier version', async ({
  cordboard,
}) => {
  const { database } = cordboard;
  const as = await cordboard.signedInAs('admin');
  const [one, two] = [await add(as, 'one'), await add(as, 'two')];
  const reveal = (id: string) =>
    as.request('POST', `/v1/connections/${id}/reveal`, { body: { credential: 'api_key' } });
  await database.query(
    `update connection_credential c set sealed = other.sealed from connection_credential other
     where c.connection_id = $1 and other.connection_id = $2`,
    [one, two],
  );
  expect((await reveal(one)).status).toBe(500);
  expect((await reveal(two)).status).toBe(200);
  await database.query('update connection_credential set secret_version = 2 where connection_id = $1', [two]);
  expect((await reveal(two)).status).toBe(500);
  const { broken } = await checkCredentials(database, commandLineContext(), from);
  expect(broken.toSorted()).toEqual([one, two].map((id) => `api_key of connection ${id}`).toSorted());
});

test('a key goes to the address that it was given for alone, whatever is written into the database', async ({
  cordboard,
}) => {
  const { database } = cordboard;
  const as = await cordboard.signedInAs('admin');
  const id = await add(as, 'one');
  const check = async () => (await as.request('POST', `/v1/connections/${id}/check`)).status;
  // The loopback is refused: were the key opened for it, the check would say so.
  const elsewhere = 'https://127.0.0.1:1';
  const settings = JSON.stringify({ base_url: elsewhere });
  await database.query('update connection set settings = $2 where id = $1', [id, settings]);
  expect(await check()).toBe(422);
  await database.query('update connection_credential set address = $2 where connection_id = $1', [
    id,
    elsewhere,
  ]);
  expect(await check()).toBe(500);
  const { broken } = await checkCredentials(database, commandLineContext(), from);
  expect(broken).toEqual([`api_key of connection ${id}`]);
});

test('a key that comes with another address is sealed for that one, though it is the same', async ({
  cordboard,
}) => {
  const as = await cordboard.signedInAs('admin');
  const id = await add(as, 'one');
  const settings = { base_url: 'https://127.0.0.1:1' };
  const body = { settings, credentials: { api_key: 'key-of-one' } };
  expect((await as.request('PATCH', `/v1/connections/${id}`, { body })).status).toBe(200);
  // It opens there: what is wrong is the address.
  expect((await as.request('POST', `/v1/connections/${id}/check`)).body).toMatchObject({
    state: 'unreachable',
    reason: 'forbidden_address',
  });
});

test('in a copy of a database connections come up paused, once', async ({ cordboard }) => {
  const { database } = cordboard;
  const as = await cordboard.signedInAs('admin');
  const id = await add(as, 'one');
  const start = async (isRestored = false) => {
    const { test: app } = await openTestApp({}, { isRestored });
    app.app.close();
    return app.logLines.filter((line) => line.includes('connections of a copied database'));
  };
  const read = async () => (await as.request('GET', `/v1/connections/${id}`)).body;
  const resume = () => as.request('POST', `/v1/connections/${id}/resume`);
  await start();
  expect(await read()).toMatchObject({ paused: false, version: 1 });
  // As after a dump was loaded: these tables are others than those that were served before, or have the same
  // numbers in another system.
  let version = 1;
  for (const copied of ['job_table = 1', "database_system = '1'"]) {
    await database.query(`update job_home set ${copied}`);
    expect(await start()).toHaveLength(1);
    expect(await read()).toMatchObject({ paused: true, version: (version += 1) });
    expect(await start()).toEqual([]);
    await resume();
    expect(await read()).toMatchObject({ paused: false, version: (version += 1) });
  }
  // One that was made before systems were told apart is at home where it is.
  await database.query('update job_home set database_system = null');
  expect(await start()).toEqual([]);
  // What looks the same in every way is a copy if whoever starts says so.
  expect(await start(true)).toHaveLength(1);
  expect(await read()).toMatchObject({ paused: true, version: version + 1 });
  const { body } = await as.request('GET', `/v1/audit-events?action=connection.paused`);
  expect(body['audit_events']).toMatchObject(Array(3).fill({ actor: { kind: 'system' }, subject: { id } }));
});
