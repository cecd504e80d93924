import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { recordAudit } from '#server/platform/audit/record.ts';
import type { Database } from '#server/platform/db/database.ts';
import { markMovedAway } from '#server/platform/db/move/moved-away.ts';
import { MoveRefused, moveDatabase } from '#server/platform/db/move/move-database.ts';
import { openDatabase } from '#server/platform/db/open/open-database.ts';
import { checkMasterKey, openMasterKey } from '#server/features/credentials/check-master-key.ts';
import { checkCredentials } from '#server/features/credentials/rotate-master-key.ts';
import { cancelRestored } from '#server/features/bulk/rows/job-store.ts';
import { pauseCopiedConnections } from '#server/features/connections/after-restore.ts';
import { countOtherConnections } from '#server/features/credentials/rotation-store.ts';
import { CommandError, UsageError, type Command, type CommandContext } from '#server/cli/command/command.ts';
import { commandLineContext, textOf } from '#server/cli/command/command-line.ts';

const readTarget = ({ values }: CommandContext): string => {
  const to = textOf(values['to']);
  if (to === undefined || !URL.canParse(to) || !['postgres:', 'postgresql:'].includes(new URL(to).protocol))
    throw new UsageError('Say where to: --to postgres://user@host/database');
  return to;
};

const refuseWithoutSource = ({ config: { databaseUrl, dataFolder } }: CommandContext): void => {
  if (databaseUrl !== null)
    throw new CommandError(
      'DATABASE_URL is set: there the embedded database is not in use. Unset it for this command.',
    );
  // Opening would make an empty one, and move that.
  if (!existsSync(join(dataFolder, 'database', 'PG_VERSION')))
    throw new CommandError(`There is no embedded database in ${dataFolder}.`);
};

const moveBetween = async (
  { config, explain, print }: CommandContext,
  from: Database,
  to: Database,
): Promise<void> => {
  const context = commandLineContext();
  const keyring = await openMasterKey({ config, database: from });
  if ((await countOtherConnections(to)) > 0)
    throw new CommandError('A Cordboard server is connected to that database. Stop it first.');
  const rows = await moveDatabase({
    from,
    to,
    finish: async (tx) => {
      await recordAudit(tx, context, {
        action: 'database.moved',
        subject: { kind: 'database', id: 'postgresql', name: 'a PostgreSQL server' },
      });
      await cancelRestored(tx);
      await pauseCopiedConnections(tx, context);
    },
    onTable: (name, count) => explain(`  ${name.padEnd(24)} ${count} rows, the same in both`),
  });
  await checkMasterKey({ database: to, keyring });
  const { count, broken } = await checkCredentials(to, context, keyring);
  if (broken.length > 0)
    throw new CommandError(`${broken.length} of ${count} credentials do not open there.`);
  markMovedAway(config.dataFolder);
  print(
    `Moved ${rows} rows, compared one by one; all ${count} credentials open there with the master key ${keyring.keyId}.`,
  );
  print(
    `Start with DATABASE_URL from now on, and with the same master key. The embedded database in ${join(config.dataFolder, 'database')} is as it was, and no server starts on it.`,
  );
};

export const move: Command = {
  name: 'move',
  summary:
    'Copy the embedded database to a PostgreSQL server, and compare every row. Cut off, it goes on when run again.',
  usage: [
    'move --to postgres://user@host/database   (stop the server first; a password may be given as PGPASSWORD)',
  ],
  options: { to: { type: 'string' } },
  run: async (context) => {
    const target = readTarget(context);
    refuseWithoutSource(context);
    // Not attached: while a server runs on it, opening is refused.
    const from = await openDatabase(context.config);
    try {
      const to = await openDatabase({ ...context.config, databaseUrl: target }, { isMoveTarget: true });
      try {
        await moveBetween(context, from, to);
      } finally {
        await to.close();
      }
    } catch (error) {
      throw error instanceof MoveRefused ? new CommandError(error.message) : error;
    } finally {
      await from.close();
    }
  },
};
