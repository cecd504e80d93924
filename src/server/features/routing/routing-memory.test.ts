import { expect } from 'vitest';
import { announceChange } from '#server/changes/announce.ts';
import { openChangeFeed } from '#server/changes/change-feed.ts';
import type { Database } from '#server/db/database.ts';
import { createAgentsService } from '#server/features/agents/service.ts';
import { createAuditEventsService } from '#server/features/audit-events/service.ts';
import { createBusinessHoursService } from '#server/features/business-hours/service.ts';
import { openLog } from '#server/log.ts';
import { openKeyring } from '#server/secrets/keyring.ts';
import { test, testConfig } from '#server/testing/test-app.ts';
import { createRoutingMemory } from './routing-memory.ts';

const PATIENCE = { timeout: 30_000, interval: 20 };
const ROWS = 6000;
const numberOf = (index: number) => `+88019${String(index).padStart(8, '0')}`;

const seed = (database: Database) =>
  database.query(
    `insert into phone_number (id, phone_number, phone_number_international, provider, name_key, search_text)
       select lpad(to_hex(i), 24, '0'), '+88019' || lpad(i::text, 8, '0'), '', 'pia', '', '' from generate_series(1, $1) i`,
    [ROWS],
  );

const write = (database: Database, index: number, set: string) =>
  database.transaction(async (tx) => {
    const text = `update phone_number set ${set}, version = version + 1 where phone_number = $1 returning id, version`;
    const [row] = await tx.query<{ id: string; version: number }>(text, [numberOf(index)]);
    if (row) await announceChange(tx, { subject: 'phone_number', change: 'updated', ...row });
  });

test('a change while everything is being read is not undone by a page that was read before', async ({ cordboard: { database } }) => {
  await seed(database);
  const keyring = await openKeyring(testConfig);
  const changes = await openChangeFeed(database);
  const sources = {
    agents: createAgentsService({ database, keyring }),
    businessHours: createBusinessHoursService({ database, auditEvents: createAuditEventsService({ database, keyring }) }),
  };
  const memory = createRoutingMemory({ database, changes, ...sources, log: openLog('silent') });
  try {
    // Here and there, before and behind where the reading is: changed, deleted, and deleted and restored.
    for (let index = 1; index <= ROWS; index += 60) {
      await write(database, index, `call_handling = '{"recording": "both"}'`);
      await write(database, index + 1, 'deleted_at = now()');
      await write(database, index + 2, 'deleted_at = now()');
      await write(database, index + 2, 'deleted_at = null');
    }
    await expect.poll(() => memory.isWhole() && memory.confirmed() !== null, PATIENCE).toBe(true);
    const before = performance.now();
    await expect.poll(() => (memory.confirmed()?.steady ?? 0) > before, PATIENCE).toBe(true);
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
