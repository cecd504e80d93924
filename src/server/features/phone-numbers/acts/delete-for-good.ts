import type { AuditChange } from '#contract/audit-events.ts';
import type { Transaction } from '#server/platform/db/database.ts';
import { readMark, type StoredMarks } from '#server/platform/secrets/fingerprints.ts';
import type { Outbox } from '#server/features/outbox/outbox.ts';
import { Problem } from '#server/problem.ts';
import type { RequestContext } from '#server/request-context.ts';
import type { NumberAtVersion, VersionCheck } from './check-versions.ts';
import { outcomeOf, type Outcome } from './outcome.ts';
import { recordActs } from './record-acts.ts';
import { erasePhoneNumbers, lockRestorable } from '#server/features/phone-numbers/rows/deleted-store.ts';

const notDeleted = () =>
  new Problem('phone_number_not_deleted', 'The number is there. Delete it first, then for good.');

const notDeletedThere = () =>
  new Problem(
    'not_deleted_there',
    'It is still to be deleted on its platform. Wait until it is, or restore it to call that off.',
  );

/** What is known of the secrets that go. */
const erasedCredentials = (marks: StoredMarks): Record<string, AuditChange> =>
  Object.fromEntries(
    Object.entries(marks).flatMap(([name, mark]) =>
      mark === undefined
        ? []
        : [
            [
              name,
              { secret: true, before_fingerprint: readMark(mark).fingerprint, after_fingerprint: null },
            ] as const,
          ],
    ),
  );

/**
 * The promise: of deleted numbers alone, and nothing of them stays but their history: the rows go, and the
 * sealed credentials with them.
 */
export const createDeleteForGood =
  ({ checkVersions, outbox }: { checkVersions: VersionCheck; outbox: Outbox }) =>
  async (
    tx: Transaction,
    context: RequestContext,
    numbers: readonly NumberAtVersion[],
  ): Promise<Outcome[]> => {
    const locked = await lockRestorable(
      tx,
      numbers.map(({ id }) => id),
    );
    const there = locked.filter(({ deleted_at: at }) => at === null);
    const { rows, refusals } = await checkVersions(tx, context, numbers, locked);
    for (const { id } of there) {
      refusals.set(id, notDeleted());
      rows.delete(id);
    }
    for (const id of await outbox.findToDelete(tx, [...rows.keys()])) {
      refusals.set(id, notDeletedThere());
      rows.delete(id);
    }
    const erased = [...rows.values()].map((row) => ({ ...row, version: row.version + 1 }));
    if (erased.length > 0) await erasePhoneNumbers(tx, [...rows.keys()]);
    await recordActs(
      tx,
      context,
      'deleted_for_good',
      erased.map((row) => ({ row, changes: erasedCredentials(row.credential_fingerprints) })),
    );
    const rowOf = new Map(erased.map((row) => [row.id, row]));
    return numbers.map(({ id }) => outcomeOf(rowOf.get(id), refusals.get(id)));
  };
