import type { AuditChange } from '#contract/audit-events.ts';
import { recordAudits } from '#server/platform/audit/record.ts';
import { announceChanges } from '#server/platform/changes/announce.ts';
import type { Transaction } from '#server/platform/db/database.ts';
import type { RequestContext } from '#server/request-context.ts';
import type { PhoneNumberRow } from '#server/features/phone-numbers/rows/row.ts';

/** Whoever follows the changes sees a restored number come. */
const announced = {
  added: 'added',
  updated: 'updated',
  deleted: 'deleted',
  restored: 'added',
  deleted_for_good: 'deleted',
} as const;

/** A number as an act left it. */
export interface Done {
  row: PhoneNumberRow;
  changes: Record<string, AuditChange>;
  /** What the fields do not say. */
  detail?: string | undefined;
  /** Where it is said to have happened earlier. */
  at?: Date | null;
}

/** The end of each act on a set: one event for each number, and one announcement. */
export const recordActs = async (
  tx: Transaction,
  context: RequestContext,
  act: keyof typeof announced,
  acts: readonly Done[],
): Promise<void> => {
  const records = acts.map(({ row: { id, phone_number: name, version }, changes, detail, at = null }) => ({
    action: `phone_number.${act}` as const,
    subject: { kind: 'phone_number' as const, id, name },
    version,
    changes,
    ...(detail !== undefined && { detail }),
    at,
  }));
  await recordAudits(tx, context, records);
  await announceChanges(
    tx,
    { subject: 'phone_number', change: announced[act] },
    acts.map(({ row }) => row),
  );
};
