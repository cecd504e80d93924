import type { Database } from '#server/platform/db/database.ts';
import { createCipher, type SealedPlace } from '#server/platform/secrets/cipher.ts';
import {
  findKeyring,
  KeyRefused,
  keyPlaces,
  openKeyring,
  type Keyring,
  type KeyringConfig,
} from '#server/platform/secrets/keyring.ts';
import {
  findSealingKeyId,
  keepMasterKeyCheck,
  lockMasterKey,
  selectMasterKeyCheck,
  type MasterKeyRow,
} from './store.ts';

export const masterKeyCheckPlace: SealedPlace = {
  table: 'master_key',
  rowId: 'only_one',
  field: 'sealed_check',
  secretVersion: 1,
};

const checkOf = (keyring: Keyring): MasterKeyRow => {
  const { sealed, keyId } = createCipher(keyring).seal('cordboard', masterKeyCheckPlace);
  return { key_id: keyId, sealed_check: sealed };
};

const wrongKey = (keyring: Keyring, sealedUnder: string) =>
  new KeyRefused(
    `This master key (${keyring.keyId}) is not the one the database is sealed under (${sealedUnder}). ` +
      'Start with that key: in CORDBOARD_MASTER_KEY, or as master.key in the data folder. Nothing was changed.',
  );

/**
 * The promise: the server never runs with a master key that does not open what is stored. A new database
 * writes down which key it is sealed under; every later start must bring that key.
 */
export const checkMasterKey = async ({
  database,
  keyring,
}: {
  database: Database;
  keyring: Keyring;
}): Promise<void> => {
  const stored = await database.transaction(async (tx) => {
    const sealedUnder = await findSealingKeyId(tx);
    if (sealedUnder !== null && sealedUnder !== keyring.keyId) throw wrongKey(keyring, sealedUnder);
    return keepMasterKeyCheck(tx, checkOf(keyring));
  });
  try {
    createCipher(keyring).open({ sealed: stored.sealed_check, keyId: stored.key_id }, masterKeyCheckPlace);
  } catch {
    throw wrongKey(keyring, stored.key_id);
  }
};

/**
 * The master key at hand, checked. A new one is made for a new database only: beside a database that is
 * sealed already it would be a wrong one, and would be taken for the right one by whoever looks for it later.
 */
export const openMasterKey = async ({
  config,
  database,
}: {
  config: KeyringConfig;
  database: Database;
}): Promise<Keyring> => {
  const make = () =>
    database.transaction(async (tx) => {
      // Of several first starts one makes the key. The others wait here, and then find what is sealed under
      // it.
      await lockMasterKey(tx);
      const sealedUnder = await findSealingKeyId(tx);
      if (sealedUnder !== null) {
        const found = await findKeyring(config);
        if (found !== null) return found;
        throw new KeyRefused(
          `The database is sealed under the master key ${sealedUnder}, and there is none in ${keyPlaces(config)}. ` +
            'Put that key back. No new one was made, and nothing was changed.',
        );
      }
      const keyring = await openKeyring(config);
      await keepMasterKeyCheck(tx, checkOf(keyring));
      return keyring;
    });
  const keyring = (await findKeyring(config)) ?? (await make());
  await checkMasterKey({ database, keyring });
  return keyring;
};

/** Whether this key opens what is stored, and what the database is sealed under; nothing is written. */
export const tryMasterKey = async (
  database: Database,
  keyring: Keyring,
): Promise<{ opens: boolean; sealedUnder: string | null }> => {
  const stored = await selectMasterKeyCheck(database);
  if (stored === undefined) return { opens: true, sealedUnder: await findSealingKeyId(database) };
  try {
    createCipher(keyring).open({ sealed: stored.sealed_check, keyId: stored.key_id }, masterKeyCheckPlace);
    return { opens: true, sealedUnder: stored.key_id };
  } catch {
    return { opens: false, sealedUnder: stored.key_id };
  }
};
