import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { recordAudit } from '#server/platform/audit/record.ts';
import type { Config } from '#server/config.ts';
import type { Database } from '#server/platform/db/database.ts';
import { RestoreRefused, restoreEmbedded } from '#server/platform/db/open/restore.ts';
import { openMasterKey } from '#server/features/credentials/check-master-key.ts';
import { cancelRestored } from '#server/features/bulk/rows/job-store.ts';
import { pauseCopiedConnections } from '#server/features/connections/after-restore.ts';
import { checkCredentials } from '#server/features/credentials/rotate-master-key.ts';
import { countAllPhoneNumbers } from '#server/features/phone-numbers/rows/store.ts';
import { CommandError, UsageError, type Command } from '#server/cli/command/command.ts';
import { commandLineContext } from '#server/cli/command/command-line.ts';

const isKeyThere = ({ masterKey, dataFolder }: Config) =>
  masterKey !== null || existsSync(join(dataFolder, 'master.key'));

/** That the key opens all of it, and how much there is. */
const check = async (database: Database, config: Config, file: string): Promise<string> => {
  const context = commandLineContext();
  const keyring = await openMasterKey({ config, database });
  const { count, broken } = await checkCredentials(database, context, keyring);
  if (broken.length > 0)
    throw new RestoreRefused(
      `${broken.length} of its ${count} credentials do not open, the first is the ${broken[0]}.`,
    );
  await database.transaction(async (tx) => {
    await cancelRestored(tx);
    await recordAudit(tx, context, {
      action: 'database.restored',
      subject: { kind: 'database', id: 'embedded', name: 'the embedded database' },
      detail: basename(file),
    });
    await pauseCopiedConnections(tx, context);
  });
  return `${await countAllPhoneNumbers(database)} phone numbers; all ${count} credentials open with the master key ${keyring.keyId}`;
};

export const restoreBackup: Command = {
  name: 'restore-backup',
  summary: 'Put a backup of the embedded database into an empty data folder, and try the master key on it.',
  usage: [
    'restore-backup <file.tar.gz>   (the master key in CORDBOARD_MASTER_KEY, or as master.key in the data folder)',
  ],
  run: async ({ config, positionals, print }) => {
    const [file] = positionals;
    if (file === undefined) throw new UsageError('Name the file to restore.');
    if (config.databaseUrl !== null)
      throw new CommandError(
        'DATABASE_URL names a PostgreSQL server: restore that one with pg_restore or psql. This command fills a data folder.',
      );
    if (!isKeyThere(config))
      throw new CommandError(
        `The backup's credentials open only with its master key. Give it as CORDBOARD_MASTER_KEY, or put it at ${join(config.dataFolder, 'master.key')}, mode 0600.`,
      );
    try {
      print(
        `Restored ${await restoreEmbedded(config.dataFolder, file, (database) => check(database, config, file))}.`,
      );
    } catch (error) {
      throw error instanceof RestoreRefused
        ? new CommandError(`${error.message} Nothing was restored.`)
        : error;
    }
  },
};
