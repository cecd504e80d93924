import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { RESTORABLE_DAYS } from '#contract/numbers/restorable-days.ts';
import type { Queryable } from '#server/platform/db/database.ts';
import type { ShowFingerprint } from '#server/platform/secrets/fingerprints.ts';
import type { AuditEventsService } from '#server/features/audit-events/service.ts';
import type { DeletedRow } from './row.ts';
import { toPhoneNumber } from './to-phone-number.ts';

const restorableUntil = (deletedAt: string) =>
  new Date(Date.parse(deletedAt) + RESTORABLE_DAYS * 86_400_000).toISOString();

/** What deleted numbers were, and who deleted them, when. */
export const presentDeleted = async (
  queryable: Queryable,
  auditEvents: Pick<AuditEventsService, 'findLastActors'>,
  rows: readonly DeletedRow[],
  show: ShowFingerprint,
): Promise<PhoneNumber[]> => {
  const ids = rows.map(({ id }) => id);
  const actors =
    ids.length === 0
      ? undefined
      : await auditEvents.findLastActors(queryable, 'phone_number', ids, 'phone_number.deleted');
  return rows.map((row) => {
    const by = actors?.get(row.id);
    return {
      ...toPhoneNumber(row, show),
      deleted_at: row.deleted_at,
      ...(by !== undefined && { deleted_by: by }),
      restorable_until: restorableUntil(row.deleted_at),
    };
  });
};
