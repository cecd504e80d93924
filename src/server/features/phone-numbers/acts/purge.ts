import { RESTORABLE_DAYS } from '#contract/numbers/restorable-days.ts';
import { recordAudits } from '#server/platform/audit/record.ts';
import type { Transaction } from '#server/platform/db/database.ts';
import { systemContext } from '#server/request-context.ts';
import { eraseLate } from '#server/features/phone-numbers/rows/deleted-store.ts';

// Short enough that nobody notices it in the one session of the embedded database.
const PURGED_AT_ONCE = 500;

/**
 * Housekeeping: of what can no longer be restored the oldest go, each with its event, and their sealed
 * credentials with them. Says whether there may be more.
 */
export const purgeDeletedPhoneNumbers = async (tx: Transaction): Promise<boolean> => {
  const erased = await eraseLate(tx, PURGED_AT_ONCE);
  await recordAudits(
    tx,
    systemContext('Cordboard'),
    erased.map(({ id, phone_number: name }) => ({
      action: 'phone_number.purged',
      subject: { kind: 'phone_number', id, name },
      detail: `Deleted more than ${RESTORABLE_DAYS} days before`,
    })),
  );
  return erased.length === PURGED_AT_ONCE;
};
