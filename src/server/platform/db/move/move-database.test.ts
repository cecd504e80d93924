import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, describe, expect, inject, test as base, vi } from 'vitest';
import { openDatabase } from '#server/platform/db/open/open-database.ts';
import { emptyTables } from '#server/testing/test-database.ts';
import type { Database } from '#server/platform/db/database.ts';
import { MoveRefused, moveDatabase } from './move-database.ts';

// Each migrates a database of its own.
vi.setConfig({ testTimeout: 60_000 });

const serverUrl = inject('testServerUrl');

interface Places {
  from: Database;
  /** Opens the target as the move does, or as a server would. */
  openTarget: (isMoveTarget: boolean) => Promise<Database>;
}

let embedded: Promise<Database> | undefined;
const openEmbedded = () =>
  (embedded ??= openDatabase({ databaseUrl: null, databasePoolSize: 1, dataFolder: ':memory:' }));
afterAll(async () => (await embedded)?.close());

const test = base.extend<{ places: Places }>({
  // oxlint-disable-next-line no-empty-pattern -- vitest reads the pattern to know what a fixture needs
  places: async ({}, provide) => {
    const from = await openEmbedded();
    await emptyTables(from);
    const name = `${inject('testDatabasePrefix')}${randomUUID().slice(0, 8)}`;
    const admin = new pg.Client({ connectionString: serverUrl });
    await admin.connect();
    await admin.query(`CREATE DATABASE ${name}`);
    await admin.end();
    const url = new URL(serverUrl);
    url.pathname = `/${name}`;
    const opened: Database[] = [];
    const openTarget = async (isMoveTarget: boolean) => {
      const database = await openDatabase(
        { databaseUrl: url.href, databasePoolSize: 2, dataFolder: ':memory:' },
        { isMoveTarget },
      );
      opened.push(database);
      return database;
    };
    await provide({ from, openTarget });
    for (const each of opened) await each.close();
  },
});

const hostile = `Zoë "quoted" \\u0041 \\ 'single' 名 \u{1f4de} {}[],`;

/**
 * Every kind of column: text of any sort, arrays, JSON, bytes, instants, nothing, and keys of two columns.
 */
const fill = async (database: Database, agents: number): Promise<void> => {
  await database.query(
    `insert into agent (id, name, name_key, search_text, created_at)
     select 'agent' || n, $1 || n, 'agent' || n, '', '2026-01-31 12:00:00.123+00'::timestamptz + n * interval '1 minute' from generate_series(1, $2::int) n`,
    [hostile, agents],
  );
  await database.query(
    `insert into phone_number (id, phone_number, phone_number_international, provider, friendly_name, labels, metadata, settings, name_key, search_text,
       inbound_agent_id, routing)
     select 'N' || n, '+120255501' || n, '', case n % 2 when 0 then 'sip' else 'pia' end, $1, array[$1, 'plain'], jsonb_build_object('k', $1::text, 'n', 1.10),
       '{}', '', '', 'agent1', case n % 3 when 0 then '{"rules": []}'::jsonb end
     from generate_series(10, 99) n`,
    [hostile],
  );
  await database.query(
    `insert into credential (phone_number_id, field, sealed, key_id, secret_version, fingerprint)
     select id, 'sip_trunk_password', '\\x00ff5c27'::bytea, 'key', 1, 'abcd' from phone_number where provider = 'sip'`,
  );
  await database.query(
    `insert into connection (id, kind, role, name, name_key, settings) values ('C1', 'verbex', 'platform', $1, $1, '{}')`,
    [hostile],
  );
  await database.query(
    `insert into agent_link (agent_id, connection_id, upstream_id) values ('agent1', 'C1', $1)`,
    [hostile],
  );
  await database.query(
    `insert into number_link (phone_number_id, role, connection_id, upstream_id, state, seen, sent_marks)
     select id, 'platform', 'C1', 'up ' || id, 'pending', jsonb_build_object('friendly_name', $1::text), '{"x": null}' from phone_number`,
    [hostile],
  );
  await database.query(
    `insert into pending_change (phone_number_id, role, connection_id, act, fields, is_person, actor_kind, actor_name, leased_by, leased_until)
     select phone_number_id, role, connection_id, 'push', array[$1, 'friendly_name'], true, 'system', $1, 'elsewhere', now() from number_link`,
    [hostile],
  );
  await database.query(
    `insert into before_image (id, phone_number_id, role, sealed, key_id)
     select 'B' || phone_number_id, phone_number_id, role, '\\x00ff5c27'::bytea, 'key' from number_link`,
  );
  await database.query(
    `insert into audit_event (action, actor_kind, actor_name, subject_kind, subject_id, subject_name, changes)
     select 'phone_number.added', 'system', $1, 'phone_number', id, phone_number, '{"a": {"before": null, "after": 1}}' from phone_number`,
    [hostile],
  );
};

const moveTo = (from: Database, to: Database, seen: Record<string, number> = {}) =>
  moveDatabase({ from, to, finish: async () => {}, onTable: (name, rows) => void (seen[name] = rows) });

const rowsOf = (database: Database, table: string) => database.query(`select * from ${table} order by 1, 2`);

describe.skipIf(serverUrl === '')('moving the embedded database to a server', () => {
  test('carries every row of every table over as it is, and counts on behind them', async ({
    places: { from, openTarget },
  }) => {
    await fill(from, 1200);
    const to = await openTarget(true);
    const seen: Record<string, number> = {};
    await moveTo(from, to, seen);
    expect(seen).toMatchObject({ agent: 1200, phone_number: 90, credential: 45, audit_event: 90 });
    expect(seen).toMatchObject({ agent_link: 1, number_link: 90, pending_change: 90, before_image: 90 });
    for (const table of Object.keys(seen)) expect(await rowsOf(to, table)).toEqual(await rowsOf(from, table));
    const insert = `insert into audit_event (action, actor_kind, actor_name, subject_kind, subject_id, subject_name)
      values ('agent.added', 'system', 'x', 'agent', 'x', 'x') returning id`;
    expect(await to.query(insert)).toEqual([{ id: 91 }]);
    await openTarget(false);
  });

  test('that was cut off serves nobody, goes on where it stopped, and ends the same', async ({
    places: { from, openTarget },
  }) => {
    await fill(from, 1200);
    const to = await openTarget(true);
    let pages = 0;
    const cut: Database = {
      ...to,
      transaction: (work) => {
        if (++pages > 2) throw new Error('cut off');
        return to.transaction(work);
      },
    };
    await expect(moveTo(from, cut)).rejects.toThrow('cut off');
    const arrived = await to.query<{ count: number }>('select count(*) as count from agent');
    expect(arrived[0]?.count).toBe(1000);
    await expect(openTarget(false)).rejects.toThrow('being filled');
    await moveTo(from, to);
    expect(await rowsOf(to, 'agent')).toEqual(await rowsOf(from, 'agent'));
    await openTarget(false);
  });

  test('finds the one row that differs, and then serves nobody', async ({ places: { from, openTarget } }) => {
    await fill(from, 600);
    const to = await openTarget(true);
    const touched: Database = {
      ...to,
      transaction: async (work) => {
        const done = await to.transaction(work);
        await to.query(
          `update agent set modified_at = modified_at + interval '1 millisecond' where id = 'agent500' and search_text = ''`,
        );
        return done;
      },
    };
    await expect(moveTo(from, touched)).rejects.toThrow(/row agent500 of agent/);
    await expect(openTarget(false)).rejects.toThrow('being filled');
  });

  test('is refused where something is already', async ({ places: { from, openTarget } }) => {
    const to = await openTarget(true);
    await fill(to, 1);
    await expect(moveTo(from, to)).rejects.toThrow(MoveRefused);
    await openTarget(false);
  });
});
