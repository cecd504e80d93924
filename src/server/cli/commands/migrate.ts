import { readMigrations } from '#server/platform/db/migrate/migrate.ts';
import { openDatabase } from '#server/platform/db/open/open-database.ts';
import { grantServerRights, GrantRefused } from '#server/platform/db/migrate/schema-rights.ts';
import { CommandError, type Command } from '#server/cli/command/command.ts';
import { textOf } from '#server/cli/command/command-line.ts';

export const migrate: Command = {
  name: 'migrate',
  summary: 'Bring the database up to this version, as the role that owns its tables.',
  usage: [
    'migrate',
    'migrate --grant <role>   (and let this role run the server: it can neither change the schema nor the audit log)',
  ],
  options: { grant: { type: 'string' } },
  run: async ({ config, values, print }) => {
    const role = textOf(values['grant']);
    if (role !== undefined && config.databaseUrl === null)
      throw new CommandError('The embedded database has no roles. Name a server in DATABASE_URL.');
    let steps = 0;
    const onStep = (name: string) => {
      steps++;
      print(`Applied ${name}`);
    };
    const database = await openDatabase(config, { attach: true, onStep });
    try {
      print(steps === 0 ? 'The database was up to date already.' : 'The database is up to date.');
      if (role === undefined) return;
      await grantServerRights(database, role, await readMigrations());
      print(`${role} may run the server. Say --grant ${role} again with each migration: new tables need it.`);
    } catch (error) {
      throw error instanceof GrantRefused ? new CommandError(error.message) : error;
    } finally {
      await database.close();
    }
  },
};
