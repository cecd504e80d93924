import type { Transaction } from '#server/platform/db/database.ts';
import type { Outbox } from '#server/features/outbox/outbox.ts';
import type { RequestContext } from '#server/request-context.ts';
import { blank, fieldChanges } from './apply-patch.ts';
import type { NumberAtVersion, VersionCheck } from './check-versions.ts';
import { outcomeOf, type Outcome } from './outcome.ts';
import { recordActs } from './record-acts.ts';
import { markDeleted } from '#server/features/phone-numbers/rows/deleted-store.ts';
import { lockPhoneNumbers } from '#server/features/phone-numbers/rows/store.ts';

/** The promise: there is no other way to delete numbers, and each can be restored for RESTORABLE_DAYS. */
export const createDelete =
  ({ checkVersions, outbox }: { checkVersions: VersionCheck; outbox: Outbox }) =>
  async (
    tx: Transaction,
    context: RequestContext,
    numbers: readonly NumberAtVersion[],
    platform: 'forget' | 'delete' = 'forget',
  ): Promise<Outcome[]> => {
    const locked = await lockPhoneNumbers(
      tx,
      numbers.map(({ id }) => id),
    );
    const { rows, refusals } = await checkVersions(tx, context, numbers, locked);
    const deleted = rows.size === 0 ? [] : await markDeleted(tx, [...rows.keys()]);
    await recordActs(
      tx,
      context,
      'deleted',
      deleted.map((row) => ({ row, changes: fieldChanges(row, blank) })),
    );
    const linked = locked.filter(({ id, links = [] }) => links.length > 0 && rows.has(id));
    await outbox.queueDeleted(
      tx,
      context,
      linked.map(({ id }) => id),
      platform,
    );
    const rowOf = new Map(deleted.map((row) => [row.id, row]));
    return numbers.map(({ id }) => outcomeOf(rowOf.get(id), refusals.get(id)));
  };
