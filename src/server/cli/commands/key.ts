import { openDatabase } from '#server/platform/db/open/open-database.ts';
import type { Config } from '#server/config.ts';
import type { Database } from '#server/platform/db/database.ts';
import { checkMasterKey, openMasterKey } from '#server/features/credentials/check-master-key.ts';
import { checkCredentials, rotateMasterKey } from '#server/features/credentials/rotate-master-key.ts';
import { countOtherConnections } from '#server/features/credentials/rotation-store.ts';
import { selectMasterKeyCheck } from '#server/features/credentials/store.ts';
import {
  adoptNextKey,
  findKeyring,
  keyringOf,
  stageNextKey,
  type Keyring,
} from '#server/platform/secrets/keyring.ts';
import { commandLineContext } from '#server/cli/command/command-line.ts';
import { CommandError, UsageError, type Command, type CommandContext } from '#server/cli/command/command.ts';

const check = async ({ config, openDatabase: open, print }: CommandContext): Promise<void> => {
  const database = await open();
  const keyring = await openMasterKey({ config, database });
  const { count, broken } = await checkCredentials(database, commandLineContext(), keyring);
  for (const place of broken) print(`Does not open: the ${place}`);
  if (broken.length > 0)
    throw new CommandError(
      `${broken.length} of ${count} credentials do not open. Set them again, or restore a backup.`,
    );
  print(`All ${count} credentials open with the master key ${keyring.keyId}.`);
};

const readNextKey = async ({ readSecret }: CommandContext): Promise<Keyring> => {
  const key = Buffer.from(await readSecret('New master key (openssl rand -base64 32): '), 'base64');
  if (key.length !== 32)
    throw new CommandError('A master key is 32 bytes in base64: openssl rand -base64 32');
  return keyringOf(key);
};

/** What a rotation that was cut off after its commit left to do, or the rotation itself. */
const rotateTo = async (database: Database, from: Keyring, to: Keyring): Promise<string> => {
  const stored = await selectMasterKeyCheck(database);
  if (stored?.key_id === to.keyId) return 'The database was sealed under the new key already.';
  await checkMasterKey({ database, keyring: from });
  return `Sealed ${await rotateMasterKey(database, commandLineContext(), { from, to })} credentials under the new master key ${to.keyId}.`;
};

const withStoppedServer = async <T>(config: Config, work: (database: Database) => Promise<T>): Promise<T> => {
  // Not attached: where a server runs on the embedded database, opening it is refused.
  const database = await openDatabase(config);
  try {
    if (config.databaseUrl !== null && (await countOtherConnections(database)) > 0)
      throw new CommandError(
        'A server is connected to this database. Stop it first: it would go on sealing under the old key.',
      );
    return await work(database);
  } finally {
    await database.close();
  }
};

const rotate = async (context: CommandContext): Promise<void> => {
  const { config, print } = context;
  const given = config.masterKey === null ? null : await readNextKey(context);
  const from = await withStoppedServer(config, async (database) => {
    const present = (await findKeyring(config)) ?? (await openMasterKey({ config, database }));
    print(await rotateTo(database, present, given ?? (await stageNextKey(config.dataFolder))));
    return present;
  });
  if (given === null) {
    const kept = await adoptNextKey(config.dataFolder, from);
    print(
      `The old key is kept as ${kept}: backups made before need it. Fingerprints differ from those in older audit events.`,
    );
  } else
    print('Start the server with the new key in CORDBOARD_MASTER_KEY. Backups made before need the old one.');
};

const acts: Record<string, (context: CommandContext) => Promise<void>> = { check, rotate };

export const key: Command = {
  name: 'key',
  summary: 'Check that every credential opens with the master key, or seal them all under a new one.',
  usage: [
    'key check',
    'key rotate   (stop the server first; a key in the environment is replaced by one read from standard input)',
  ],
  run: async (context) => {
    const act = acts[context.positionals[0] ?? ''];
    if (act === undefined) throw new UsageError('Say what to do: check or rotate.');
    await act(context);
  },
};
