import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createApp } from '#server/app.ts';
import { startEmbedded } from '#server/platform/db/embedded/embedded.ts';
import { migrate } from '#server/platform/db/migrate/migrate.ts';
import { openPool } from '#server/platform/db/postgres/pool.ts';
import { openLog } from '#server/log.ts';
import { openWire } from '#server/testing/cuttable-wire.ts';
import { giveKey } from '#server/testing/test-actors.ts';
import { testConfig } from '#server/testing/test-app.ts';

const PATIENCE = { timeout: 20_000, interval: 20 };

test('without the database memory decides up to the bound, then nothing does, and afterwards all is well again', async () => {
  const embedded = await startEmbedded(':memory:', 'own', () => {});
  const wire = await openWire({ path: join(embedded.socketFolder, '.s.PGSQL.5432') });
  const connection = { host: '127.0.0.1', port: wire.port, user: 'postgres', database: 'postgres' };
  const database = openPool({ connection, size: 1, namedStatements: true });
  await migrate(database);
  const app = await createApp({
    config: { ...testConfig, routeMaxStalenessSeconds: 2 },
    database,
    log: openLog('silent'),
  });
  try {
    const add = (number: string, id: string) =>
      database.query(
        `insert into phone_number (id, phone_number, phone_number_international, provider, name_key, search_text) values ($1, $2, $2, 'pia', '', '')`,
        [id, number],
      );
    await add('+8801711999999', 'a'.repeat(24));
    const { headers } = await giveKey(database, ['calls:route']);
    const ask = async (to: string) => {
      const askedAt = Date.now();
      const body = JSON.stringify({ to });
      const answer = await app.hono.request('/v1/route', {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body,
      });
      const said = (await answer.json()) as { code?: string; data?: { as_of: string } };
      return { status: answer.status, code: said.code, age: askedAt - Date.parse(said.data?.as_of ?? '') };
    };
    await expect.poll(async () => (await ask('+8801711999999')).age > 0, PATIENCE).toBe(true);

    await wire.close();
    const seen = new Set<number>();
    await expect
      .poll(async () => {
        const { status, code, age } = await ask('+8801711999999');
        seen.add(status);
        if (status === 200) expect(age).toBeLessThanOrEqual(2100);
        return code;
      }, PATIENCE)
      .toBe('routing_data_stale');
    expect([...seen]).toEqual([200, 503]);

    await wire.open();
    await add('+8801711999998', 'b'.repeat(24)).catch(() => add('+8801711999998', 'b'.repeat(24)));
    for (const to of ['+8801711999999', '+8801711999998']) {
      await expect.poll(async () => (await ask(to).catch(() => null))?.status, PATIENCE).toBe(200);
      await expect.poll(async () => (await ask(to)).age > 0, PATIENCE).toBe(true);
    }
  } finally {
    app.close();
    await database.close();
    await wire.close();
    await embedded.stop();
  }
});
