import { recordAudit } from '#server/platform/audit/record.ts';
import type { Database, Queryable } from '#server/platform/db/database.ts';
import type { RequestContext } from '#server/request-context.ts';
import { createCipher, type Cipher, type SealedPlace } from '#server/platform/secrets/cipher.ts';
import type { Keyring } from '#server/platform/secrets/keyring.ts';
import { checkBeforeImages, resealBeforeImages } from './before-images.ts';
import { masterKeyCheckPlace } from './check-master-key.ts';
import { checkConnections, resealConnections } from './connection-credentials.ts';
import { findBroken, type SealsChecked } from './find-broken.ts';
import { checkHeld, resealHeld } from './held-secrets.ts';
import {
  lockAllCredentials,
  replaceLinkMarks,
  replaceMasterKeyCheck,
  replaceSealed,
  selectCredentials,
  type CredentialBatchRow,
} from './rotation-store.ts';

const BATCH = 1000;

const placeOf = (row: CredentialBatchRow): SealedPlace => ({
  table: 'credential',
  rowId: row.phone_number_id,
  field: row.field,
  secretVersion: row.secret_version,
});

const openRow = (cipher: Cipher, row: CredentialBatchRow) =>
  cipher.open({ sealed: row.sealed, keyId: row.key_id }, placeOf(row));

async function* batches(queryable: Queryable): AsyncGenerator<CredentialBatchRow[]> {
  let after: readonly [string, string] = ['', ''];
  for (;;) {
    const rows = await selectCredentials(queryable, after, BATCH);
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    after = [last.phone_number_id, last.field];
  }
}

/**
 * The promise: after it, everything is sealed under the new key, or, where anything failed, everything still
 * is under the old one. One transaction; a credential that does not open stops it. Returns how many were
 * sealed anew.
 */
export const rotateMasterKey = (
  database: Database,
  context: RequestContext,
  { from, to }: { from: Keyring; to: Keyring },
): Promise<number> =>
  database.transaction(async (tx) => {
    await lockAllCredentials(tx);
    const [old, next] = [createCipher(from), createCipher(to)];
    let count = 0;
    for await (const rows of batches(tx)) {
      const sealed = rows.map((row) => {
        const secret = openRow(old, row);
        const { phone_number_id: phoneNumberId, field, secret_version: secretVersion } = row;
        return {
          phoneNumberId,
          field,
          secretVersion,
          fingerprint: next.fingerprint(secret),
          ...next.seal(secret, placeOf(row)),
        };
      });
      await replaceSealed(tx, sealed);
      await replaceLinkMarks(
        tx,
        sealed.map(({ phoneNumberId, fingerprint }, at) => ({
          phoneNumberId,
          before: rows[at]?.fingerprint ?? '',
          after: fingerprint,
        })),
      );
      count += rows.length;
    }
    count += await resealConnections(tx, old, next);
    count += await resealBeforeImages(tx, old, next);
    await resealHeld(tx, old, next);
    const { sealed, keyId } = next.seal('cordboard', masterKeyCheckPlace);
    await replaceMasterKeyCheck(tx, { key_id: keyId, sealed_check: sealed });
    await recordAudit(tx, context, {
      action: 'master_key.rotated',
      subject: { kind: 'master_key', id: keyId, name: keyId },
      changes: { key_id: { before: from.keyId, after: keyId } },
      detail: `Credentials sealed anew: ${count}`,
    });
    return count;
  });

/**
 * Opens all that is sealed, of which a credential is one, and throws the plaintext away; that somebody did is put
 * on record. Returns how many there are, and the places of those that do not open.
 */
export const checkCredentials = async (
  database: Database,
  context: RequestContext,
  keyring: Keyring,
): Promise<SealsChecked> => {
  const cipher = createCipher(keyring);
  const checked = [
    await checkConnections(database, cipher),
    await checkBeforeImages(database, cipher),
    await checkHeld(database, cipher),
    await findBroken(
      batches(database),
      (row) => openRow(cipher, row),
      (row) => `${row.field} of phone number ${row.phone_number_id}`,
    ),
  ];
  const broken = checked.flatMap((each) => each.broken);
  const count = checked.reduce((sum, each) => sum + each.count, 0);
  await database.transaction((tx) =>
    recordAudit(tx, context, {
      action: 'master_key.checked',
      subject: { kind: 'master_key', id: keyring.keyId, name: keyring.keyId },
      detail: `Credentials: ${count}, of which do not open: ${broken.length}`,
    }),
  );
  return { count, broken };
};
