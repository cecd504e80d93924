import { createCipher } from '#server/platform/secrets/cipher.ts';
import type { Keyring } from '#server/platform/secrets/keyring.ts';

/** Of a secret what can be kept in clear: equal for equal ones, and nothing can be read from it. */
export type FingerprintOf = (secret: string) => string;

export const createFingerprintOf = (keyring: Keyring): FingerprintOf => {
  const cipher = createCipher(keyring);
  return (secret) => cipher.fingerprint(secret);
};
