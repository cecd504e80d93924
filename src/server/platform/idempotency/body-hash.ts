import { createHmac, type Hmac } from 'node:crypto';
import type { Keyring } from '#server/platform/secrets/keyring.ts';

/** Takes the body piece by piece, as it arrives: a large one is never hashed at one go. */
export type OpenBodyHash = () => Hmac;

/**
 * The promise: what is kept to tell a retry from another request says nothing of the request. A body may hold
 * a new credential beside what anyone can read of the number, so a hash without a key would let the database
 * be guessed at.
 */
export const createBodyHash = (keyring: Keyring): OpenBodyHash => {
  const key = keyring.derive('idempotency');
  return () => createHmac('sha256', key);
};
