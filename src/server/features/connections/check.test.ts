import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { auditEventListSchema } from '#contract/audit-events.ts';
import { connectionSchema, type Connection } from '#contract/connections/connections.ts';
import { commandLineContext } from '#server/cli/command/command-line.ts';
import { createAuditEventsService } from '#server/features/audit-events/service.ts';
import { createConnectionCredentials } from '#server/features/credentials/connection-credentials.ts';
import { openChangeFeed } from '#server/platform/changes/change-feed.ts';
import type { Database } from '#server/platform/db/database.ts';
import { createEgress } from '#server/platform/egress/egress.ts';
import { createFingerprints } from '#server/platform/secrets/fingerprints.ts';
import { keyringOf } from '#server/platform/secrets/keyring.ts';
import { servePlain } from '#server/testing/local-servers.ts';
import { giveSession } from '#server/testing/test-actors.ts';
import { openTestApp, testConfig, type Caller, type TestApp } from '#server/testing/test-app.ts';
import { testServerDatabase } from '#server/testing/test-database.ts';
import { startVerbex, type VerbexStandIn } from '#server/testing/verbex/start-verbex.ts';
import { createCheck } from './check-connection.ts';
import { createConnectionReader } from './connection-reader.ts';
import { connectionKinds } from './kinds/connection-kinds.ts';

let cordboard: TestApp;
let reset: () => Promise<void>;
let verbex: VerbexStandIn;
let as: Caller;

beforeAll(async () => {
  ({ test: cordboard, reset } = await openTestApp({ unsafeAllowLoopback: true }));
});
afterAll(() => cordboard.app.close());
beforeEach(async () => {
  await reset();
  verbex = await startVerbex();
  as = await cordboard.signedInAs('admin');
});
afterEach(() => verbex.close());

const add = async (apiKey = verbex.state.key): Promise<Connection> => {
  const settings = { base_url: verbex.url };
  const body = { kind: 'verbex', name: 'Verbex', settings, credentials: { api_key: apiKey } };
  const answer = await as.request('POST', '/v1/connections', { body });
  expect(answer).toMatchObject({ status: 201 });
  return connectionSchema.parse(answer.body);
};
const check = async ({ connection_id: id }: Connection): Promise<Connection> => {
  const answer = await as.request('POST', `/v1/connections/${id}/check`);
  expect(answer).toMatchObject({ status: 200 });
  return connectionSchema.parse(answer.body);
};
const replaceKey = ({ connection_id: id, settings }: Connection, apiKey: string) =>
  as.request('PATCH', `/v1/connections/${id}`, { body: { settings, credentials: { api_key: apiKey } } });
const checksIn = async () =>
  auditEventListSchema.parse((await as.request('GET', '/v1/audit-events?action=connection.checked')).body)
    .audit_events;

describe('a check', () => {
  test('asks with the key, and keeps what it finds without a new version', async () => {
    verbex.addNumber({ phone_number: '+14155550101', provider: 'pia' });
    const found = await check(await add());
    expect(found).toMatchObject({ state: 'ok', reason: null, message: null, numbers_seen: 1, version: 1 });
    expect(Date.parse(found.checked_at ?? '')).toBeGreaterThan(0);
    expect(verbex.requests).toMatchObject([
      { method: 'GET', authorization: `Bearer ${verbex.state.key}`, body: null },
    ]);
  });

  test('is recorded where it finds something else than the one before', async () => {
    const added = await add();
    await check(added);
    await check(added);
    verbex.state.key = 'another';
    expect(await check(added)).toMatchObject({ state: 'refused', numbers_seen: null, version: 1 });
    const states = (await checksIn()).map(({ version, changes }) => [version, changes['state']]);
    expect(states).toEqual([
      [null, { before: 'ok', after: 'refused' }],
      [null, { before: 'unchecked', after: 'ok' }],
    ]);
  });

  test('says when a key ends that says so itself', async () => {
    const claims = Buffer.from(JSON.stringify({ exp: 1_900_000_000 })).toString('base64url');
    verbex.state.key = `e30.${claims}.c2ln`;
    const added = await add();
    expect((await check(added)).key_expires_at).toBe('2030-03-17T17:46:40.000Z');
    await check(added);
    expect(await checksIn()).toHaveLength(1);
  });

  test('of a platform that fails, breaks off or answers something else says so, and is no refusal', async () => {
    const added = await add();
    for (const fault of [
      { does: 'fail', when: 'before' },
      { does: 'drop', when: 'before' },
      { does: 'answer_html', when: 'before' },
      { does: 'answer_much', bytes: 10_000_000 },
      { does: 'answer', status: 429 },
    ] as const) {
      verbex.next(fault);
      const found = await check(added);
      expect(found).toMatchObject({ state: 'unreachable', numbers_seen: null });
      expect(found.message).toMatch(/\.$/);
      expect(found.reason).toMatch(/^[a-z_]+$/);
    }
    await verbex.close();
    expect(await check(added)).toMatchObject({ state: 'unreachable', reason: 'unreachable' });
    verbex = await startVerbex();
  });

  test('is forgotten with the key or the address that it was of', async () => {
    const added = await add();
    await check(added);
    expect((await replaceKey(added, 'another')).body).toMatchObject({
      state: 'unchecked',
      checked_at: null,
      numbers_seen: null,
    });
  });

  test('that ends after the key was replaced says nothing of the new one', async () => {
    const added = await add();
    let sayAsked = () => {};
    const asked = new Promise<void>((resolve) => (sayAsked = resolve));
    verbex.decideBy(() => {
      sayAsked();
      return { does: 'hang', when: 'before' };
    });
    const checking = check(added);
    await asked;
    await replaceKey(added, 'another');
    // Whoever hangs is cut off.
    await verbex.close();
    expect(await checking).toMatchObject({ state: 'unchecked', version: 2, checked_at: null });
    expect(await checksIn()).toEqual([]);
    verbex = await startVerbex();
  });

  test('that meets a change of address and key sends neither key to the address of the other', async () => {
    const added = await add();
    const elsewhere = await startVerbex({ key: 'key-of-elsewhere' });
    const context = commandLineContext();
    const service = await testServerDatabase();
    const keyring = keyringOf(testConfig.masterKey ?? Buffer.alloc(32));
    const body = {
      settings: { base_url: elsewhere.url },
      credentials: { api_key: elsewhere.state.key },
    };
    let hasMoved = false;
    // Commits between what the check reads first and whatever it does next.
    const meeting: Database = {
      ...service,
      query: async <Row>(...asked: Parameters<Database['query']>) => {
        const rows = await service.query<Row>(...asked);
        if (hasMoved) return rows;
        hasMoved = true;
        const moved = await as.request('PATCH', `/v1/connections/${added.connection_id}`, { body });
        expect(moved.status).toBe(200);
        return rows;
      },
    };
    const { check: checkNow } = createCheck(
      {
        database: meeting,
        credentials: createConnectionCredentials({ keyring, bursts: { notice: () => undefined } }),
        kinds: connectionKinds,
        egress: createEgress({ allowedNetworks: [], allowLoopback: true }),
      },
      createConnectionReader({
        auditEvents: createAuditEventsService({ database: service, keyring }),
        fingerprints: createFingerprints(keyring),
      }),
    );
    await checkNow(context, added.connection_id, new AbortController().signal);
    const keysAt = ({ requests }: VerbexStandIn) => requests.map(({ authorization }) => authorization);
    expect(keysAt(verbex)).toEqual([`Bearer ${verbex.state.key}`]);
    expect(keysAt(elsewhere)).toEqual([]);
    await elsewhere.close();
  });

  test('that was asked before another and ends after it is not kept', async () => {
    const added = await add();
    const path = `/v1/connections/${added.connection_id}`;
    let answerSlow = () => {};
    let sayAsked = () => {};
    const asked = new Promise<void>((resolve) => (sayAsked = resolve));
    const slow = await servePlain((_, response) => {
      answerSlow = () => void response.end(JSON.stringify({ phone_numbers: [] }));
      sayAsked();
    });
    const settings = { base_url: `http://127.0.0.1:${slow.port}` };
    await as.request('PATCH', path, { body: { settings, credentials: { api_key: 'slow' } } });
    const checking = check(added);
    await asked;
    // As another server’s check, which is not shared, would leave it.
    await cordboard.database.query(
      `update connection set state = 'refused', checked_at = clock_timestamp() where id = $1`,
      [added.connection_id],
    );
    answerSlow();
    expect(await checking).toMatchObject({ state: 'refused' });
    await slow.close();
  });

  test('is broken off with the request, and at stop, and nothing is kept of it', async () => {
    const added = await add();
    const path = `/v1/connections/${added.connection_id}`;
    const { headers } = await giveSession(cordboard.database, 'admin');
    const away = new AbortController();
    verbex.decideBy(() => {
      away.abort();
      return { does: 'hang', when: 'before' };
    });
    const request = new Request(`http://cordboard.test${path}/check`, {
      method: 'POST',
      headers,
      signal: away.signal,
    });
    const incoming = { socket: { remoteAddress: '10.9.9.9' } };
    expect((await cordboard.app.hono.fetch(request, { incoming })).status).toBe(400);
    const { test: stopping } = await openTestApp({ unsafeAllowLoopback: true });
    verbex.decideBy(() => {
      stopping.app.close();
      return { does: 'hang', when: 'before' };
    });
    const stopped = await stopping.as('admin').request('POST', `${path}/check`);
    expect(stopped).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    expect((await as.request('GET', path)).body).toMatchObject({ state: 'unchecked', checked_at: null });
  });

  test('is announced where it finds something new', async () => {
    const added = await add();
    const heard: (number | null)[] = [];
    const stop = (await openChangeFeed(cordboard.database)).follow((change) => {
      // That it was added may be heard late.
      if (change !== 'gap' && 'version' in change && change.change === 'updated') heard.push(change.version);
    });
    for (let times = 0; times < 3; times++) await check(added);
    await as.request('POST', `/v1/connections/${added.connection_id}/pause`);
    await expect.poll(() => heard.at(-1)).toBe(2);
    stop();
    expect(heard).toEqual([1, 2]);
  });

  test('of a paused connection is made, and it stays paused', async () => {
    const added = await add();
    await as.request('POST', `/v1/connections/${added.connection_id}/pause`);
    expect(await check(added)).toMatchObject({ state: 'ok', paused: true });
  });
});

test('without the loopback of tests nothing reaches this machine', async () => {
  const strict = await openTestApp();
  const body = {
    kind: 'verbex',
    name: 'Here',
    settings: { base_url: verbex.url.replace('http:', 'https:') },
    credentials: { api_key: 'x' },
  };
  const admin = await strict.test.signedInAs('admin');
  const added = connectionSchema.parse((await admin.request('POST', '/v1/connections', { body })).body);
  const answer = await admin.request('POST', `/v1/connections/${added.connection_id}/check`);
  expect(answer.body).toMatchObject({ state: 'unreachable', reason: 'forbidden_address' });
  expect(verbex.requests).toEqual([]);
  strict.test.app.close();
});
