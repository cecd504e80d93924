import { basename, join } from 'node:path';
import { recordAudit } from '#server/platform/audit/record.ts';
import { BackupRefused, backUpEmbedded } from '#server/platform/db/embedded/backup.ts';
import type { Database } from '#server/platform/db/database.ts';
import { CommandError, UsageError, type Command } from '#server/cli/command/command.ts';
import { commandLineContext } from '#server/cli/command/command-line.ts';

const recordBackup = (database: Database, file: string) => (bytes: number) =>
  database.transaction((tx) =>
    recordAudit(tx, commandLineContext(), {
      action: 'database.backed_up',
      subject: { kind: 'database', id: 'embedded', name: 'the embedded database' },
      detail: `${basename(file)}, ${bytes} bytes`,
    }),
  );

export const backup: Command = {
  name: 'backup',
  summary: 'Write the embedded database to one file, also while the server runs.',
  usage: ['backup <file.tar.gz>'],
  run: async ({ config, positionals, openDatabase, print }) => {
    const [file] = positionals;
    if (file === undefined) throw new UsageError('Name the file to write.');
    if (config.databaseUrl !== null)
      throw new CommandError(
        'The database is a PostgreSQL server: back it up with pg_dump, and keep the master key elsewhere.',
      );
    const database = await openDatabase();
    const bytes = await backUpEmbedded(database, config.dataFolder, file, recordBackup(database, file)).catch(
      (error: unknown) => {
        throw error instanceof BackupRefused ? new CommandError(error.message) : error;
      },
    );
    print(
      `Wrote ${file}, ${(bytes / 1e6).toFixed(1)} MB. To restore it into an empty data folder: restore-backup ${file}`,
    );
    print(
      `Its credentials open only with the master key, which is not in it. Keep ${join(config.dataFolder, 'master.key')} too, elsewhere.`,
    );
  },
};
