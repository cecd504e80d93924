import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createApp, type App } from '#server/app.ts';
import { commandLineContext } from '#server/cli/command/command-line.ts';
import { createMemoryFirst } from '#server/platform/changes/memory-first.ts';
import { DatabaseUnavailable } from '#server/platform/db/database.ts';
import { announceChange } from '#server/platform/changes/announce.ts';
import { createApiKeysService } from '#server/features/api-keys/service.ts';
import { openLog } from '#server/log.ts';
import { giveKey, giveSession } from '#server/testing/test-actors.ts';
import { testConfig } from '#server/testing/test-app.ts';
import { openWiredDatabase } from '#server/testing/wired-database.ts';

const PATIENCE = { timeout: 30_000, interval: 20 };
const MAX_STALENESS_S = 8;
const TO = '+8801711999999';
const ID = 'a'.repeat(24);
const madeUp = { authorization: `Bearer cbk_${'A'.repeat(43)}` };

let wired: Awaited<ReturnType<typeof openWiredDatabase>>;
let app: App;
let runtime: Awaited<ReturnType<typeof giveKey>>;
/** One more key: where it decides without a question to the database, all are held. */
let probe: Awaited<ReturnType<typeof giveKey>>;
let other: Awaited<ReturnType<typeof giveKey>>;

const ask = async (headers: Record<string, string>) => {
  const askedAt = Date.now();
  const body = JSON.stringify({ to: TO });
  const answer = await app.hono.request('/v1/route', {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body,
  });
  const said = (await answer.json()) as { code?: string; version?: number; data?: { as_of: string } };
  const asOf = Date.parse(said.data?.as_of ?? '');
  return { status: answer.status, code: said.code, version: said.version, asOf, age: askedAt - asOf };
};

/** The database's own decision is never older than the question. */
const untilRemembered = () =>
  expect.poll(async () => (await ask(runtime.headers)).age > 0, PATIENCE).toBe(true);

const untilHeld = () =>
  expect
    .poll(async () => {
      const before = wired.wire.asked();
      await ask(probe.headers);
      return wired.wire.asked() - before;
    }, PATIENCE)
    .toBe(0);

const change = () =>
  wired.elsewhere.transaction(async (tx) => {
    const [row] = await tx.query<{ version: number }>(
      'update phone_number set version = version + 1 where id = $1 returning version',
      [ID],
    );
    await announceChange(tx, {
      subject: 'phone_number',
      id: ID,
      change: 'updated',
      version: row?.version ?? 0,
    });
    return row?.version;
  });

beforeEach(async () => {
  wired = await openWiredDatabase();
  await wired.elsewhere.query(
    `insert into phone_number (id, phone_number, phone_number_international, provider, name_key, search_text) values ($1, $2, $2, 'pia', '', '')`,
    [ID, TO],
  );
  const giveOne = () => giveKey(wired.elsewhere, ['calls:route']);
  [runtime, other, probe] = [await giveOne(), await giveOne(), await giveOne()];
  app = await createApp({
    config: { ...testConfig, routeMaxStalenessSeconds: MAX_STALENESS_S },
    database: wired.database,
    log: openLog('silent'),
  });
  await untilRemembered();
  await untilHeld();
});

afterEach(async () => {
  app.close();
  await wired.wire.open().catch(() => {});
  await wired.close();
});

test('with the database gone calls are decided for the whole bound, by keys that never asked before', async () => {
  await wired.wire.close();
  const goneAt = performance.now();
  expect(await ask(other.headers)).toMatchObject({ status: 200 });
  expect(await ask(madeUp)).toMatchObject({ status: 503, code: 'database_unavailable' });
  let lastDecided = 0;
  const untilStale = async () => {
    const { status, code, age } = await ask(other.headers);
    if (status === 200) {
      lastDecided = performance.now() - goneAt;
      expect(age).toBeLessThanOrEqual(MAX_STALENESS_S * 1000 + 100);
    }
    return code;
  };
  await expect.poll(untilStale, PATIENCE).toBe('routing_data_stale');
  expect(lastDecided).toBeGreaterThan(5500);
  expect(await ask(madeUp)).toMatchObject({ status: 503, code: 'database_unavailable' });
  await wired.wire.open();
  await expect.poll(async () => (await ask(madeUp)).status, PATIENCE).toBe(401);
  await untilRemembered();
});

test('a database that hangs holds nobody up', async () => {
  const { headers } = await giveSession(wired.elsewhere, 'viewer');
  wired.wire.hold(true);
  const before = wired.wire.connections();
  expect(await ask(other.headers)).toMatchObject({ status: 200 });
  for (const nobody of [madeUp, headers])
    expect(await ask(nobody)).toMatchObject({ status: 503, code: 'database_unavailable' });
  await expect.poll(async () => (await ask(other.headers)).code, PATIENCE).toBe('routing_data_stale');
  // Ten calls a second were refused meanwhile: none of their questions is left.
  expect(wired.wire.connections()).toBeLessThanOrEqual(before + 4);
  wired.wire.hold(false);
  await untilRemembered();
});

test('a database that is only late is waited for by whoever memory cannot answer', async () => {
  const unknown = async () => {
    // Longer than it is taken on trust that the database is there.
    await delay(300);
    wired.wire.hold(true);
    const asked = app.hono.request('/v1/route', {
      method: 'POST',
      headers: { ...runtime.headers, 'content-type': 'application/json' },
      body: JSON.stringify({ to: '+8801711000000' }),
    });
    await delay(350);
    wired.wire.hold(false);
    return (await asked).status;
  };
  await expect.poll(unknown, PATIENCE).toBe(404);
});

test('the question whether the database answers outlives nobody’s deadline', async () => {
  const memoryFirst = createMemoryFirst(wired.database, MAX_STALENESS_S);
  wired.wire.hold(true);
  const askedAt = performance.now();
  const nothing = { isWhole: true, confirmed: null, find: () => undefined };
  await expect(memoryFirst(nothing, askedAt + 100, (database) => database.query('select 1'))).rejects.toThrow(
    DatabaseUnavailable,
  );
  // The question itself would be given up after 700 ms.
  expect(performance.now() - askedAt).toBeLessThan(600);
  wired.wire.hold(false);
});

test('while notifications are lost the database is asked, and nothing claims to be fresh that is not', async () => {
  wired.wire.deafen(true);
  const version = await change();
  const savedAt = Date.now();
  const untilSeen = async () => {
    const asked = await ask(runtime.headers);
    expect(asked).toMatchObject({ status: 200 });
    if (asked.version !== version) expect(asked.asOf).toBeLessThanOrEqual(savedAt);
    return asked.version;
  };
  await expect.poll(untilSeen, PATIENCE).toBe(version);
  wired.wire.deafen(false);
  // From memory, and proved since the change.
  const untilProved = async () => {
    const asked = await ask(runtime.headers);
    return asked.age > 0 && asked.asOf > savedAt && asked.version;
  };
  await expect.poll(untilProved, PATIENCE).toBe(version);
});

test('a key that is revoked elsewhere while nothing is heard is refused once the database is there again', async () => {
  await wired.wire.close();
  const apiKeys = createApiKeysService({ database: wired.elsewhere, known: { forgetKey: () => {} } });
  await apiKeys.revokeApiKey(commandLineContext(), other.apiKeyId);
  const version = await change();
  expect(await ask(other.headers)).toMatchObject({ status: 200 });
  await wired.wire.open();
  await expect.poll(async () => (await ask(other.headers)).status, PATIENCE).toBe(401);
  await expect.poll(async () => (await ask(runtime.headers)).version, PATIENCE).toBe(version);
});
