import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { openDatabase } from '#server/platform/db/open/open-database.ts';
import { newTestDatabaseUrl } from '#server/testing/test-database.ts';
import { testConfig } from '#server/testing/test-app.ts';
import { move } from './move.ts';

test.skipIf(inject('testServerUrl') === '')(
  'what is moved comes up with its connections paused, what waits held, and its jobs cancelled',
  async () => {
    const dataFolder = await mkdtemp(join(tmpdir(), 'cordboard-move-'));
    const config = { ...testConfig, dataFolder };
    const from = await openDatabase(config);
    for (const text of [
      `insert into phone_number (id, phone_number, phone_number_international, provider, settings, name_key, search_text)
         values ('N1', '+12025550111', '', 'pia', '{}', '', '')`,
      `insert into connection (id, kind, role, name, name_key, settings, next_request_at)
         values ('C1', 'verbex', 'platform', 'One', 'one', '{}', now() + interval '1 day')`,
      `insert into number_link (phone_number_id, role, connection_id, state) values ('N1', 'platform', 'C1', 'pending')`,
      `insert into pending_change (phone_number_id, role, connection_id, act, is_person, actor_kind, actor_name)
         values ('N1', 'platform', 'C1', 'push', true, 'system', 'x')`,
      `insert into bulk_plan (id, actor_kind, actor_name, selection, change, state, expires_at)
         values ('P1', 'system', 'x', '{}', '{}', 'ready', now())`,
      `insert into bulk_job (id, plan_id, actor_kind, actor_name, state) values ('B1', 'P1', 'system', 'x', 'running')`,
      `insert into job (id, kind) values ('B1', 'bulk_job')`,
    ])
      await from.query(text);
    await from.close();
    const url = (await newTestDatabaseUrl())?.href ?? '';
    await move.run({
      config,
      positionals: [],
      values: { to: url },
      openDatabase: () => Promise.reject(new Error('It opens both itself')),
      print: () => {},
      explain: () => {},
      readSecret: () => Promise.reject(new Error('Nothing is asked')),
    });
    const to = await openDatabase({ ...config, databaseUrl: url });
    try {
      expect(
        await to.query(
          'select paused, next_request_at < now() + interval $$1 minute$$ as is_free from connection',
        ),
      ).toEqual([{ paused: true, is_free: true }]);
      expect(await to.query('select phone_number_id from pending_change')).toEqual([
        { phone_number_id: 'N1' },
      ]);
      expect(await to.query('select state, cancel_reason from bulk_job')).toEqual([
        { state: 'cancelled', cancel_reason: 'restored' },
      ]);
      expect(await to.query('select id from job')).toEqual([]);
    } finally {
      await to.close();
      await rm(dataFolder, { recursive: true, force: true });
    }
  },
);
