import type { Config } from '#server/config.ts';
import type { Database } from '#server/platform/db/database.ts';
import { listKeysNearTheirEnd } from '#server/features/api-keys/service.ts';
import { tryMasterKey } from '#server/features/credentials/check-master-key.ts';
import { findKeyring, KeyRefused, keyPlaces, type Keyring } from '#server/platform/secrets/keyring.ts';
import { bad, good, warning, type Finding } from './finding.ts';

const MASTER_KEY = 'master key';

const readKey = async (config: Config): Promise<Keyring | Finding> => {
  try {
    return (
      (await findKeyring(config)) ??
      warning(
        MASTER_KEY,
        `none in ${keyPlaces(config)}`,
        'The first start of a new database makes one. Of a database in use: put its key back.',
      )
    );
  } catch (error) {
    if (!(error instanceof KeyRefused)) throw error;
    return bad(MASTER_KEY, error.message, 'Nothing that is sealed can be opened until then.');
  }
};

/** The key alone, where there is no database to try it on. */
export const examineKeyFile = async (config: Config): Promise<Finding> => {
  const keyring = await readKey(config);
  return 'state' in keyring ? keyring : good(MASTER_KEY, keyring.keyId);
};

export const examineMasterKey = async (database: Database, config: Config): Promise<Finding> => {
  const keyring = await readKey(config);
  if ('state' in keyring) return keyring;
  const { opens, sealedUnder } = await tryMasterKey(database, keyring);
  if (opens) return good(MASTER_KEY, `${keyring.keyId} opens what is stored`);
  return bad(
    MASTER_KEY,
    `${keyring.keyId} is not the one the database is sealed under (${sealedUnder})`,
    `Put that key back, in ${keyPlaces(config)}.`,
  );
};

export const examineApiKeys = async (database: Database): Promise<Finding[]> => {
  const keys = await listKeysNearTheirEnd(database);
  if (keys.length === 0) return [good('API keys', 'none ends within 14 days')];
  return keys.map(({ name, hint, expires_at: end }) =>
    warning(
      'API keys',
      `${name} (${hint}…) ends on ${end?.slice(0, 10)}`,
      'Add a new one, give it to whoever uses this one, then revoke this one.',
    ),
  );
};
