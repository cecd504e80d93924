import { RESTORABLE_DAYS } from '#contract/numbers/restorable-days.ts';
import { recordAudit } from '#server/platform/audit/record.ts';
import type { Transaction } from '#server/platform/db/database.ts';
import { systemContext } from '#server/request-context.ts';
import { eraseLate } from '#server/features/phone-numbers/rows/deleted-store.ts';

// Short enough that nobody notices it in the one session of the embedded database.
const PURGED_AT_ONCE = 500;

/**
 * Housekeeping: of what can no longer be restored the oldest go, and their sealed credentials with them. One
 * event tells how many; who deleted each, and when, is in its own history. Says whether there may be more.
 */
export const purgeDeletedPhoneNumbers = async (tx: Transaction): Promise<boolean> => {
  const count = await eraseLate(tx, PURGED_AT_ONCE);
  if (count > 0)
    await recordAudit(tx, systemContext('Cordboard'), {
      action: 'phone_number.purged',
      subject: { kind: 'database', id: 'deleted_numbers', name: 'deleted numbers' },
      detail: `${count}, deleted more than ${RESTORABLE_DAYS} days before`,
    });
  return count === PURGED_AT_ONCE;
};
