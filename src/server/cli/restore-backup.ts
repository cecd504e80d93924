import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '#server/config.ts';
import type { Database } from '#server/db/database.ts';
import { RestoreRefused, restoreEmbedded } from '#server/db/restore.ts';
import { checkMasterKey } from '#server/features/credentials/check-master-key.ts';
import { checkCredentials } from '#server/features/credentials/rotate-master-key.ts';
import { countAllPhoneNumbers } from '#server/features/phone-numbers/bulk-store.ts';
import { openKeyring } from '#server/secrets/keyring.ts';
import { CommandError, UsageError, type Command } from './command.ts';

const isKeyThere = ({ masterKey, dataFolder }: Config) => masterKey !== null || existsSync(join(dataFolder, 'master.key'));

/** That the key opens all of it, and how much there is. */
const check = async (database: Database, config: Config): Promise<string> => {
  const keyring = await openKeyring(config);
  await checkMasterKey({ database, keyring });
  const { count, broken } = await checkCredentials(database, keyring);
  if (broken.length > 0) throw new RestoreRefused(`${broken.length} of its ${count} credentials do not open, the first is the ${broken[0]}.`);
  return `${await countAllPhoneNumbers(database)} phone numbers; all ${count} credentials open with the master key ${keyring.keyId}`;
};

export const restoreBackup: Command = {
  name: 'restore-backup',
  summary: 'Put a backup of the embedded database into an empty data folder, and try the master key on it.',
  usage: ['restore-backup <file.tar.gz>   (the master key in CORDBOARD_MASTER_KEY, or as master.key in the data folder)'],
  run: async ({ config, positionals, print }) => {
    const [file] = positionals;
    if (file === undefined) throw new UsageError('Name the file to restore.');
    if (config.databaseUrl !== null)
      throw new CommandError('DATABASE_URL names a PostgreSQL server: restore that one with pg_restore or psql. This command fills a data folder.');
    if (!isKeyThere(config))
      throw new CommandError(
        `The backup's credentials open only with its master key. Give it as CORDBOARD_MASTER_KEY, or put it at ${join(config.dataFolder, 'master.key')}, mode 0600.`,
      );
    try {
      print(`Restored ${await restoreEmbedded(config.dataFolder, file, (database) => check(database, config))}.`);
    } catch (error) {
      throw error instanceof RestoreRefused ? new CommandError(`${error.message} Nothing was restored.`) : error;
    }
  },
};
