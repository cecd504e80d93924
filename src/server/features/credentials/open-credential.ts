import type { CredentialName } from '#contract/numbers/fields.ts';
import type { Cipher, SealedPlace } from '#server/platform/secrets/cipher.ts';
import type { CredentialRow } from './store.ts';

export const placeOf = (rowId: string, field: string, secretVersion: number): SealedPlace => ({
  table: 'credential',
  rowId,
  field,
  secretVersion,
});

/** The plaintext; null where none is set. Throws SealBroken. */
export const openCredential = (
  cipher: Cipher,
  { sealed, key_id, secret_version }: Pick<CredentialRow, 'sealed' | 'key_id' | 'secret_version'>,
  phoneNumberId: string,
  name: CredentialName,
): string | null =>
  sealed === null || key_id === null || secret_version === null
    ? null
    : cipher.open({ sealed, keyId: key_id }, placeOf(phoneNumberId, name, secret_version));
