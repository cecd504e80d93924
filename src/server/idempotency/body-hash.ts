import { createHmac } from 'node:crypto';
import type { Keyring } from '#server/secrets/keyring.ts';

/**
 * The promise: what is kept to tell a retry from another request says nothing of the request. A body may hold a new
 * credential beside what anyone can read of the number, so a hash without a key would let the database be guessed at.
 */
export const createBodyHash = (keyring: Keyring): ((text: string) => Buffer) => {
  const key = keyring.derive('idempotency');
  return (text) => createHmac('sha256', key).update(text).digest();
};
