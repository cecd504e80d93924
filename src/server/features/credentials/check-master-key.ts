import type { Database } from '#server/db/database.ts';
import { createCipher, type SealedPlace } from '#server/secrets/cipher.ts';
import { KeyRefused, type Keyring } from '#server/secrets/keyring.ts';
import { keepMasterKeyCheck } from './store.ts';

export const masterKeyCheckPlace: SealedPlace = { table: 'master_key', rowId: 'only_one', field: 'sealed_check', secretVersion: 1 };

/**
 * The promise: the server never runs with a master key that does not open what is stored. A new database writes down
 * which key it is sealed under; every later start must bring that key.
 */
export const checkMasterKey = async ({ database, keyring }: { database: Database; keyring: Keyring }): Promise<void> => {
  const cipher = createCipher(keyring);
  const { sealed, keyId } = cipher.seal('cordboard', masterKeyCheckPlace);
  const stored = await database.transaction((tx) => keepMasterKeyCheck(tx, { key_id: keyId, sealed_check: sealed }));
  try {
    cipher.open({ sealed: stored.sealed_check, keyId: stored.key_id }, masterKeyCheckPlace);
  } catch {
    throw new KeyRefused(
      `This master key (${keyring.keyId}) is not the one the database is sealed under (${stored.key_id}). ` +
        'Start with that key: in CORDBOARD_MASTER_KEY, or as master.key in the data folder. Nothing was changed.',
    );
  }
};
