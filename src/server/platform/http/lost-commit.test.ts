import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp, type App } from '#server/app.ts';
import { startEmbedded, type Embedded } from '#server/platform/db/embedded/embedded.ts';
import { migrate } from '#server/platform/db/migrate/migrate.ts';
import { openPool } from '#server/platform/db/postgres/pool.ts';
import type { Database } from '#server/platform/db/database.ts';
import { openLog } from '#server/log.ts';
import { openWire } from '#server/testing/cuttable-wire.ts';
import { giveKey } from '#server/testing/test-actors.ts';
import { testConfig } from '#server/testing/test-app.ts';
import { newTestDatabaseUrl } from '#server/testing/test-database.ts';

let embedded: Embedded | undefined;
let wire: Awaited<ReturnType<typeof openWire>>;
let database: Database;
let app: App;
let headers: Record<string, string>;

beforeAll(async () => {
  const server = await newTestDatabaseUrl();
  embedded = server === null ? await startEmbedded(':memory:', 'own', () => {}) : undefined;
  const url = server ?? new URL('postgres://postgres@localhost/postgres');
  wire = await openWire(
    embedded
      ? { path: join(embedded.socketFolder, '.s.PGSQL.5432') }
      : { host: url.hostname, port: Number(url.port || 5432) },
  );
  url.hostname = '127.0.0.1';
  url.port = String(wire.port);
  database = openPool({ connection: { connectionString: url.href }, size: 1, namedStatements: true });
  await migrate(database);
  app = await createApp({ config: testConfig, database, log: openLog('silent') });
  ({ headers } = await giveKey(database, ['agents:write', 'numbers:read']));
});

afterAll(async () => {
  app.close();
  await database.close();
  await wire.close();
  await embedded?.stop();
});

const addAgent = async (name: string, more: Record<string, string> = {}) => {
  const answer = await app.hono.request('/v2/ai-agents', {
    method: 'POST',
    headers: { ...headers, ...more, 'content-type': 'application/json' },
    body: JSON.stringify({ agent_name: name }),
  });
  return {
    status: answer.status,
    headers: answer.headers,
    body: (await answer.json()) as Record<string, unknown>,
  };
};

const namesOfAgents = async () =>
  (await database.query<{ name: string }>('select name from agent order by name')).map(({ name }) => name);

test('a change whose COMMIT was sent and not answered may have been saved, and is not said to have failed', async () => {
  wire.cutAfter('COMMIT');
  const answer = await addAgent('Kept');
  wire.cutAfter(undefined);
  expect(answer).toMatchObject({ status: 503, body: { code: 'outcome_unknown' } });
  expect(answer.body['detail']).toContain('Look before you repeat it');
  // Whoever obeys Retry-After would do it twice.
  expect(answer.headers.get('retry-after')).toBeNull();
  expect(await namesOfAgents()).toContain('Kept');
});

test('with an Idempotency-Key it is to be sent again, and then happened once', async () => {
  const once = { 'idempotency-key': 'once' };
  wire.cutAfter('COMMIT');
  const lost = await addAgent('Once', once);
  wire.cutAfter(undefined);
  expect(lost).toMatchObject({ status: 503, body: { code: 'outcome_unknown', retry_after_seconds: 1 } });
  expect(lost.headers.get('retry-after')).toBe('1');
  await expect.poll(async () => (await addAgent('Once', once)).status).toBe(201);
  expect((await namesOfAgents()).filter((name) => name === 'Once')).toEqual(['Once']);
});

test('a change whose connection was lost before the COMMIT was sent has changed nothing, and says so', async () => {
  wire.cutBefore('insert into audit_event');
  const answer = await addAgent('Lost');
  wire.cutBefore(undefined);
  expect(answer).toMatchObject({
    status: 503,
    body: { code: 'database_unavailable', detail: 'Nothing was changed. Try again in a moment.' },
  });
  expect(await namesOfAgents()).not.toContain('Lost');
});
