import { join } from 'node:path';
import { backUpEmbedded } from '#server/db/backup.ts';
import { CommandError, UsageError, type Command } from './command.ts';

export const backup: Command = {
  name: 'backup',
  summary: 'Write the embedded database to one file, also while the server runs.',
  usage: ['backup <file.tar.gz>'],
  run: async ({ config, positionals, openDatabase, print }) => {
    const [file] = positionals;
    if (file === undefined) throw new UsageError('Name the file to write.');
    if (config.databaseUrl !== null)
      throw new CommandError('The database is a PostgreSQL server: back it up with pg_dump, and keep the master key elsewhere.');
    const bytes = await backUpEmbedded(await openDatabase(), config.dataFolder, file);
    print(`Wrote ${file}, ${(bytes / 1e6).toFixed(1)} MB. To restore it into an empty data folder: restore-backup ${file}`);
    print(`Its credentials open only with the master key, which is not in it. Keep ${join(config.dataFolder, 'master.key')} too, elsewhere.`);
  },
};
