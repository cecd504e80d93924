import type { CredentialName } from '#contract/numbers/fields.ts';
import type { Queryable } from '#server/platform/db/database.ts';
import { createCipher } from '#server/platform/secrets/cipher.ts';
import type { Keyring } from '#server/platform/secrets/keyring.ts';
import { openCredential } from './open-credential.ts';
import { selectCredentialsOf } from './store.ts';

/**
 * The credentials of a number in clear, to be sent to the platform that the number is linked to, and kept by
 * nobody. Throws SealBroken.
 */
export interface SecretsToSend {
  openAll(queryable: Queryable, phoneNumberId: string): Promise<Partial<Record<CredentialName, string>>>;
  /** By what a secret is known where it is compared and not kept. */
  markOf(secret: string): string;
}

export const createSecretsToSend = (keyring: Keyring): SecretsToSend => {
  const cipher = createCipher(keyring);
  return {
    async openAll(queryable, phoneNumberId) {
      const secrets: Partial<Record<CredentialName, string>> = {};
      for (const row of await selectCredentialsOf(queryable, phoneNumberId)) {
        const secret = openCredential(cipher, row, phoneNumberId, row.field);
        if (secret !== null) secrets[row.field] = secret;
      }
      return secrets;
    },
    markOf: (secret) => cipher.fingerprint(secret),
  };
};
