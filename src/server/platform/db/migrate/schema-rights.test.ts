import { describe, expect, inject, test } from 'vitest';
import { CommandError, type CommandContext } from '#server/cli/command/command.ts';
import { migrate as migrateCommand } from '#server/cli/commands/migrate.ts';
import { testConfig } from '#server/testing/test-app.ts';
import { newTestDatabaseUrl } from '#server/testing/test-database.ts';
import type { Database } from '#server/platform/db/database.ts';
import { migrate, readMigrations, SchemaBehind, SchemaTooNew } from './migrate.ts';
import { openDatabase } from '#server/platform/db/open/open-database.ts';
import { tablesOf } from './schema-rights.ts';

// Roles are a server's; the embedded database knows its one owner. Every HTTP test on PostgreSQL runs under
// this role, too.
const role = inject('testServerRole');

const commandAs = async (databaseUrl: string | null, values: CommandContext['values']): Promise<string[]> => {
  const printed: string[] = [];
  const unused = () => Promise.reject(new Error('unused'));
  const print = (line: string) => void printed.push(line);
  const config = { ...testConfig, databaseUrl };
  await migrateCommand.run({
    config,
    positionals: [],
    values,
    print,
    explain: print,
    openDatabase: unused,
    readSecret: unused,
  });
  return printed;
};

describe.skipIf(inject('testServerUrl') === '')('a server under a role that does not own the tables', () => {
  const withRoles = async (work: (given: { owner: string; server: string }) => Promise<void>) => {
    const url = (await newTestDatabaseUrl()) ?? new URL('');
    const owner = url.href;
    url.username = url.password = role;
    await work({ owner, server: url.href });
  };
  const openAs = (databaseUrl: string) => openDatabase({ ...testConfig, databaseUrl });
  const withDatabase = async <T>(url: string, work: (database: Database) => Promise<T>): Promise<T> => {
    const database = await openAs(url);
    try {
      return await work(database);
    } finally {
      await database.close();
    }
  };

  test('is refused an empty database and told the command; after it, starts', () =>
    withRoles(async ({ owner, server }) => {
      await expect(openAs(server)).rejects.toThrow(SchemaBehind);
      await expect(openAs(server)).rejects.toThrow(`cordboard migrate --grant ${role}`);
      const steps = (await readMigrations()).map(({ name }) => `Applied ${name}`);
      const granted = expect.stringContaining(`${role} may run the server`) as string;
      expect(await commandAs(owner, { grant: role })).toEqual([
        ...steps,
        'The database is up to date.',
        granted,
      ]);
      expect(await commandAs(owner, { grant: role })).toEqual([
        'The database was up to date already.',
        granted,
      ]);
      await withDatabase(server, async (database) => expect(await database.isReachable()).toBe(true));
    }));

  test('is refused a database without its rights, behind it or ahead of it', () =>
    withRoles(async ({ owner, server }) => {
      await commandAs(owner, {});
      await expect(openAs(server)).rejects.toThrow(`may not be read by ${role}`);
      await commandAs(owner, { grant: role });
      await withDatabase(owner, async (database) => {
        await database.query(`revoke update on agent from ${role}`);
        await expect(openAs(server)).rejects.toThrow('lacks rights that a server needs: UPDATE on agent');
        await commandAs(owner, { grant: role });
        await withDatabase(server, async (asServer) => {
          const step = { number: 9001, name: '9001_test.sql', sql: 'create table later (id integer)' };
          await expect(migrate(asServer, [...(await readMigrations()), step])).rejects.toThrow(
            'lacks 9001_test.sql',
          );
          await database.query(`insert into schema_migration (number, name) values (9001, 'newer')`);
          await expect(migrate(asServer)).rejects.toThrow(SchemaTooNew);
        });
      });
    }));

  test('can add to the audit log and do nothing else to it, nor to its rules', () =>
    withRoles(async ({ owner, server }) => {
      await commandAs(owner, { grant: role });
      await withDatabase(server, async (database) => {
        await database.query(`insert into audit_event (action, actor_kind, actor_name, subject_kind, subject_id, subject_name)
          values ('agent.added', 'system', 'Test', 'agent', '1', 'Test')`);
        for (const forbidden of [
          'delete from audit_event',
          `update audit_event set actor_name = 'nobody'`,
          'truncate audit_event',
          'drop trigger audit_event_is_not_emptied on audit_event',
          'alter table audit_event disable trigger all',
          'set session_replication_role = replica',
          'drop table audit_event',
          'create table other (id integer)',
          'delete from schema_migration',
          'truncate agent',
        ])
          await expect(database.query(forbidden), forbidden).rejects.toMatchObject({ code: '42501' });
        expect(await database.query('select count(*) as events from audit_event')).toEqual([{ events: 1 }]);
      });
    }));

  test('is given nothing of a table that is not ours, whoever owns it', () =>
    withRoles(async ({ owner, server }) => {
      await commandAs(owner, {});
      await withDatabase(owner, async (database) => {
        await database.query(`create table payroll (id integer); grant select on payroll to ${role}`);
        await commandAs(owner, { grant: role });
        // What somebody else granted is not taken away either.
        const rights = await database.query(
          'select privilege_type as name from information_schema.table_privileges where table_name = $1 and grantee = $2',
          ['payroll', role],
        );
        expect(rights).toEqual([{ name: 'SELECT' }]);
        await withDatabase(server, async (asServer) => expect(await asServer.isReachable()).toBe(true));
      });
    }));

  test('hears what is announced', () =>
    withRoles(async ({ owner, server }) => {
      await commandAs(owner, { grant: role });
      await withDatabase(server, async (database) => {
        const heard: string[] = [];
        await database.listen(
          'rights',
          (payload) => void heard.push(payload),
          () => {},
        );
        await database.query(`select pg_notify('rights', 'now')`);
        await expect.poll(() => heard).toEqual(['now']);
      });
    }));

  test('must exist, and must be less than the owner', () =>
    withRoles(async ({ owner }) => {
      await expect(commandAs(owner, { grant: 'nobody "at all"' })).rejects.toThrow(
        'There is no role nobody "at all"',
      );
      await expect(commandAs(owner, { grant: new URL(owner).username })).rejects.toThrow(
        'owns the tables or is a superuser',
      );
    }));
});

test('our tables are those that the migrations leave', async () => {
  // One of its own: what other tests make for themselves stays in the database that they share.
  const url = await newTestDatabaseUrl();
  const database = await openDatabase({ ...testConfig, databaseUrl: url?.href ?? null });
  const found = await database.query<{ name: string }>(
    `select tablename::text as name from pg_tables where schemaname = 'public'`,
  );
  await database.close();
  expect(tablesOf(await readMigrations()).toSorted()).toEqual(found.map(({ name }) => name).toSorted());
});

test('the embedded database has no roles to grant anything to', async () => {
  await expect(commandAs(null, { grant: 'cordboard_server' })).rejects.toThrow(CommandError);
});
