import { expect } from 'vitest';
import { announceChange, announceChanges } from '#server/platform/changes/announce.ts';
import { openChangeFeed } from '#server/platform/changes/change-feed.ts';
import type { Database } from '#server/platform/db/database.ts';
import { createAgentsService } from '#server/features/agents/service.ts';
import { createAuditEventsService } from '#server/features/audit-events/service.ts';
import { createBusinessHoursService } from '#server/features/business-hours/service.ts';
import { openLog } from '#server/log.ts';
import { openKeyring } from '#server/platform/secrets/keyring.ts';
import { test, testConfig } from '#server/testing/test-app.ts';
import { createRoutingMemory, type RoutingMemory } from './routing-memory.ts';

const PATIENCE = { timeout: 30_000, interval: 20 };
const ROWS = 6000;
const numberOf = (index: number) => `+88019${String(index).padStart(8, '0')}`;

const seed = (database: Database) =>
  database.query(
    `insert into phone_number (id, phone_number, phone_number_international, provider, name_key, search_text)
       select lpad(to_hex(i), 24, '0'), '+88019' || lpad(i::text, 8, '0'), '', 'pia', '', '' from generate_series(1, $1) i`,
    [ROWS],
  );

const openMemory = async (database: Database, reading: Database = database) => {
  const keyring = await openKeyring(testConfig);
  const changes = await openChangeFeed(database);
  const sources = {
    agents: createAgentsService({ database, keyring }),
    businessHours: createBusinessHoursService({
      database,
      auditEvents: createAuditEventsService({ database, keyring }),
    }),
  };
  return createRoutingMemory({ database: reading, changes, ...sources, log: openLog('silent') });
};

const untilWhole = (memory: RoutingMemory) =>
  expect.poll(() => memory.isWhole() && memory.confirmed() !== null, PATIENCE).toBe(true);

/** Until it was proved that all that has committed by now is taken into account. */
const untilProved = (memory: RoutingMemory) => {
  const before = performance.now();
  return expect.poll(() => (memory.confirmed()?.steady ?? 0) > before, PATIENCE).toBe(true);
};

const write = (database: Database, index: number, set: string) =>
  database.transaction(async (tx) => {
    const text = `update phone_number set ${set}, version = version + 1 where phone_number = $1 returning id, version`;
    const [row] = await tx.query<{ id: string; version: number }>(text, [numberOf(index)]);
    if (row) await announceChange(tx, { subject: 'phone_number', change: 'updated', ...row });
  });

test('a change while everything is being read is not undone by a page that was read before', async ({
  cordboard: { database },
}) => {
  await seed(database);
  const memory = await openMemory(database);
  try {
    // Here and there, before and behind where the reading is: changed, deleted, and deleted and restored.
    for (let index = 1; index <= ROWS; index += 60) {
      await write(database, index, `call_handling = '{"recording": "both"}'`);
      await write(database, index + 1, 'deleted_at = now()');
      await write(database, index + 2, 'deleted_at = now()');
      await write(database, index + 2, 'deleted_at = null');
    }
    await untilWhole(memory);
    await untilProved(memory);
    const stored = await database.query<{ phone_number: string; version: number; recording: string | null }>(
      `select phone_number, version, call_handling ->> 'recording' as recording from phone_number where deleted_at is null order by id`,
    );
    expect(memory.size()).toBe(stored.length);
    const remembered = stored.map(({ phone_number: to }) => {
      const row = memory.find(to);
      return { phone_number: to, version: row?.version, recording: row?.call_handling?.recording ?? null };
    });
    expect(remembered).toEqual(stored);
  } finally {
    memory.close();
  }
});

test('of many that changed at once those alone are read again, and nothing else', async ({
  cordboard: { database },
}) => {
  await seed(database);
  const asked: { name: string; ids: number }[] = [];
  const recorded: Database = {
    ...database,
    within: (ms) => ({
      query: (statement, values = []) => {
        const [first] = values;
        asked.push({
          name: typeof statement === 'string' ? statement : (statement.name ?? ''),
          ids: Array.isArray(first) ? first.length : 0,
        });
        return database.within(ms).query(statement, values);
      },
    }),
  };
  const memory = await openMemory(database, recorded);
  try {
    await untilWhole(memory);
    asked.length = 0;
    await database.transaction(async (tx) => {
      const text = `update phone_number set call_handling = '{"recording": "both"}', version = version + 1
        where phone_number <= $1 returning id, version`;
      const rows = await tx.query<{ id: string; version: number }>(text, [numberOf(600)]);
      await announceChanges(tx, { subject: 'phone_number', change: 'updated' }, rows);
    });
    await untilProved(memory);
    const recordings = Array.from(
      { length: ROWS },
      (_, at) => memory.find(numberOf(at + 1))?.call_handling?.recording ?? null,
    );
    expect(recordings.filter((recording) => recording === 'both')).toHaveLength(600);
    expect(recordings.slice(0, 600)).not.toContain(null);
    expect(new Set(asked.map(({ name }) => name))).toEqual(new Set(['route_by_ids']));
    expect(asked.reduce((sum, { ids }) => sum + ids, 0)).toBe(600);
  } finally {
    memory.close();
  }
});

test('a load comes to its end while changes never pause', async ({ cordboard: { database } }) => {
  await seed(database);
  const memory = await openMemory(database);
  try {
    let index = 0;
    while (!memory.isWhole())
      await write(database, (index++ % ROWS) + 1, `call_handling = '{"recording": "both"}'`);
    await untilProved(memory);
    expect(memory.size()).toBe(ROWS);
  } finally {
    memory.close();
  }
});
