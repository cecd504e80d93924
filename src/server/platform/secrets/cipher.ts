import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import type { Keyring } from './keyring.ts';

/*
 * The promise: what is sealed for one place opens in that place alone. A ciphertext moved to another table,
 * row or field, put back from an earlier version, given another address to go to, sealed under another key,
 * changed in a bit or cut short does not open.
 */

export interface SealedPlace {
  table: string;
  rowId: string;
  field: string;
  secretVersion: number;
  /** Where alone it may be sent, of what is sent anywhere. */
  address?: string;
}

export interface Sealed {
  sealed: Buffer;
  keyId: string;
}

export interface Cipher {
  seal(secret: string, place: SealedPlace): Sealed;
  /** Throws SealBroken. */
  open(sealed: Sealed, place: SealedPlace): string;
  /**
   * Eight hexadecimal digits of a keyed hash: equal for equal secrets, and useless for guessing without the
   * key.
   */
  fingerprint(secret: string): string;
}

/** Says which place, never what stood there. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';
}

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

// As JSON, so that no two different places read the same.
const bindingOf = ({ table, rowId, field, secretVersion, address }: SealedPlace, keyId: string) => {
  const place = [table, rowId, field, secretVersion, keyId];
  return Buffer.from(JSON.stringify(address === undefined ? place : [...place, address]));
};

export const createCipher = (keyring: Keyring): Cipher => {
  const sealingKey = keyring.derive('seal');
  const fingerprintKey = keyring.derive('fingerprint');

  return {
    seal(secret, place) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(ALGORITHM, sealingKey, nonce, { authTagLength: TAG_BYTES });
      cipher.setAAD(bindingOf(place, keyring.keyId));
      const sealed = Buffer.concat([
        nonce,
        cipher.update(secret, 'utf8'),
        cipher.final(),
        cipher.getAuthTag(),
      ]);
      return { sealed, keyId: keyring.keyId };
    },
    open({ sealed, keyId }, place) {
      const broken = () =>
        new SealBroken(`The sealed ${place.field} of ${place.table} ${place.rowId} does not open`);
      if (keyId !== keyring.keyId || sealed.length < NONCE_BYTES + TAG_BYTES) throw broken();
      // Without authTagLength, node:crypto accepts a tag cut to four bytes.
      const decipher = createDecipheriv(ALGORITHM, sealingKey, sealed.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(bindingOf(place, keyId));
      decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
      try {
        return Buffer.concat([
          decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)),
          decipher.final(),
        ]).toString('utf8');
      } catch {
        throw broken();
      }
    },
    fingerprint: (secret) =>
      createHmac('sha256', fingerprintKey).update(secret, 'utf8').digest('hex').slice(0, 8),
  };
};
