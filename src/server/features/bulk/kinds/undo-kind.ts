import type { JobKind } from '#contract/bulk/plans.ts';
import type { AuditEventsService, RecordedAct } from '#server/features/audit-events/service.ts';
import type { PhoneNumbersService } from '#server/features/phone-numbers/service.ts';
import type { Transaction } from '#server/platform/db/database.ts';
import type { RequestContext } from '#server/request-context.ts';
import type { Kind, Result } from '#server/features/bulk/rows/kind.ts';
import { selectBulkJob } from '#server/features/bulk/rows/job-store.ts';
import { selectMade } from '#server/features/bulk/rows/follow-up-store.ts';
import type { BulkRow } from '#server/features/bulk/rows/row-store.ts';
import type { StoredChange } from '#server/features/bulk/rows/stored-change.ts';
import { putBack } from './put-back.ts';
import { numberOf, resultOf } from './results.ts';
import { restoreNumbers } from './restore-numbers.ts';

interface UndoDependencies {
  /** So many are selected at once. */
  pieceRows: number;
  /** The kinds of what is undone. */
  kinds: { of(kind: JobKind): Pick<Kind, 'takeBack'> };
  auditEvents: Pick<AuditEventsService, 'findActs'>;
  phoneNumbers: Pick<
    PhoneNumbersService,
    'changePhoneNumbers' | 'deletePhoneNumbers' | 'restorePhoneNumbers' | 'findPresent'
  >;
}

const unknownAct: Result = {
  outcome: 'refused',
  reason: { code: 'not_undoable', message: 'What was done to it is no longer on record.' },
};

/**
 * Takes back what a job did, number by number, as its events tell it: fields are put back where they still are
 * as the job left them; what it added or restored is deleted, if nobody changed it since; what it deleted comes
 * back.
 */
export const createUndoKind = ({ kinds, auditEvents, phoneNumbers, pieceRows }: UndoDependencies): Kind => {
  const takeBack = async (tx: Transaction, { undoes }: StoredChange, rows: readonly BulkRow[]) => {
    const undone = undoes === undefined ? undefined : await selectBulkJob(tx, undoes);
    return undone && kinds.of(undone.change.kind).takeBack?.(tx, undone.plan_id, rows);
  };

  /** What it added or restored goes again, if it is as the job left it. */
  const deleteAgain = async (tx: Transaction, context: RequestContext, rows: readonly BulkRow[]) => {
    const outcomes = await phoneNumbers.deletePhoneNumbers(tx, context, rows.map(numberOf));
    return rows.map((row, at): Result => {
      const outcome = outcomes[at];
      if (outcome === undefined) throw new Error('Each number has an outcome');
      return outcome.problem?.code === 'version_conflict'
        ? {
            outcome: 'conflict',
            reason: { code: 'changed_since', message: 'It was changed since, so it is not deleted.' },
          }
        : resultOf(row, outcome);
    });
  };

  return {
    async select(tx, { change }, last) {
      const made = await selectMade(tx, change.undoes ?? '', last?.place ?? -1, pieceRows);
      return {
        rows: made.map(({ place, phone_number_id, phone_number, made_version: version }) => ({
          place,
          phone_number_id,
          phone_number,
          version,
        })),
        isLast: made.length < pieceRows,
      };
    },

    judge: async (_tx, _context, _plan, rows) => rows.map(() => ({ planned: 'changed' })),

    async act(tx, context, { change }, all) {
      const results = new Map<number, Result>(await takeBack(tx, change, all));
      const rows = all.filter(({ place }) => !results.has(place));
      const acts = await auditEvents.findActs(
        tx,
        'phone_number',
        rows.map((row) => ({ id: numberOf(row).id, version: row.version ?? 0 })),
      );
      const byAct = new Map<string, { row: BulkRow; act: RecordedAct }[]>();
      for (const row of rows) {
        const act = acts.get(numberOf(row).id);
        if (act === undefined) results.set(row.place, unknownAct);
        else byAct.set(act.action, [...(byAct.get(act.action) ?? []), { row, act }]);
      }
      const of = (...actions: string[]) => actions.flatMap((action) => byAct.get(action) ?? []);
      const take = (some: readonly { row: BulkRow }[], found: readonly Result[]) =>
        some.forEach(({ row }, at) => results.set(row.place, found[at] ?? unknownAct));

      for (const [place, result] of await putBack(phoneNumbers, tx, context, of('phone_number.updated')))
        results.set(place, result);
      const made = of('phone_number.added', 'phone_number.restored');
      if (made.length > 0)
        take(
          made,
          await deleteAgain(
            tx,
            context,
            made.map(({ row }) => row),
          ),
        );
      const deleted = of('phone_number.deleted');
      if (deleted.length > 0)
        take(
          deleted,
          await restoreNumbers(
            phoneNumbers,
            tx,
            context,
            deleted.map(({ row }) => row),
          ),
        );
      return all.map(({ place }) => results.get(place) ?? unknownAct);
    },
  };
};
