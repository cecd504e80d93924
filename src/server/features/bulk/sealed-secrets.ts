import type { Cipher } from '#server/platform/secrets/cipher.ts';
import type { Secrets } from './change-to-make.ts';
import type { PlanRow } from './plan-store.ts';

const placeOf = (planId: string) => ({
  table: 'bulk_plan',
  rowId: planId,
  field: 'secrets',
  secretVersion: 1,
});

/** Null where there are none. */
export const sealSecrets = (
  cipher: Cipher,
  planId: string,
  secrets: Secrets,
): Pick<PlanRow, 'sealed' | 'key_id'> => {
  if (Object.keys(secrets).length === 0) return { sealed: null, key_id: null };
  const { sealed, keyId } = cipher.seal(JSON.stringify(secrets), placeOf(planId));
  return { sealed, key_id: keyId };
};

/** What was sealed with the plan; throws SealBroken. */
export const openSecrets = (cipher: Cipher, { id, sealed, key_id: keyId }: PlanRow): Secrets =>
  sealed === null || keyId === null
    ? {}
    : (JSON.parse(cipher.open({ sealed, keyId }, placeOf(id))) as Secrets);
