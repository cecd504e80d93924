import type { NotRestored } from '#contract/numbers/restored.ts';
import { RESTORABLE_DAYS } from '#contract/numbers/restorable-days.ts';
import type { Transaction } from '#server/platform/db/database.ts';
import type { AgentsService } from '#server/features/agents/service.ts';
import type { BusinessHoursService } from '#server/features/business-hours/service.ts';
import { fieldProblem, Problem } from '#server/problem.ts';
import type { Outbox } from '#server/features/outbox/outbox.ts';
import type { RequestContext } from '#server/request-context.ts';
import { addedFields } from './apply-patch.ts';
import { findForwardErrors } from './check-forwards.ts';
import type { NumberAtVersion, VersionCheck } from './check-versions.ts';
import { createMend } from './mend-references.ts';
import { outcomeOf, takenProblem, type Outcome } from './outcome.ts';
import { recordActs } from './record-acts.ts';
import type { DeletedRow, PhoneNumberRow, RestoredRow } from '#server/features/phone-numbers/rows/row.ts';
import {
  lockRestorable,
  selectRestorable,
  unmarkDeleted,
} from '#server/features/phone-numbers/rows/deleted-store.ts';
import { selectTaken } from '#server/features/phone-numbers/rows/store.ts';

interface RestoreDependencies {
  checkVersions: VersionCheck;
  agents: Pick<AgentsService, 'findStanding'>;
  businessHours: Pick<BusinessHoursService, 'findMissing'>;
  outbox: Outbox;
}

const tooLate = () =>
  new Problem('not_found', `No number with this id was deleted in the last ${RESTORABLE_DAYS} days.`);

const TOLD = 10;

/** What did not come back, in the words of the log: a few of them, and how many more. */
const told = (lost: readonly NotRestored[]): string =>
  [
    ...lost.slice(0, TOLD).map(({ message }) => message),
    ...(lost.length > TOLD ? [`And ${lost.length - TOLD} more.`] : []),
  ].join(' ');

/**
 * What speaks against putting these back, by id: the number was added again, or others have been set to
 * forward to it.
 */
const findRefusals = async (
  tx: Transaction,
  deleted: readonly PhoneNumberRow[],
): Promise<Map<string, Problem>> => {
  const taken = await selectTaken(
    tx,
    deleted.map(({ phone_number: number }) => number),
  );
  const refusals = new Map<string, Problem>();
  for (const { id, phone_number: number } of deleted) {
    // Of two that are one number the first is put back.
    if (taken.has(number))
      refusals.set(id, takenProblem(number, { present: taken.get(number), deleted: id }));
    else taken.set(number, id);
  }
  const free = deleted.filter(({ id }) => !refusals.has(id));
  const rerouted = free.map(({ phone_number, routing }) => ({
    phone_number,
    before: null,
    after: routing,
    isRefused: false,
  }));
  for (const [at, errors] of (await findForwardErrors(tx, rerouted)).entries())
    if (errors.length > 0) refusals.set(free[at]?.id ?? '', fieldProblem(errors));
  return refusals;
};

const putBack = async (
  tx: Transaction,
  deleted: readonly RestoredRow[],
): Promise<[RestoredRow[], Map<string, Problem>]> => {
  const refusals = await findRefusals(tx, deleted);
  const free = deleted.filter(({ id }) => !refusals.has(id));
  if (free.length === 0) return [[], refusals];
  const restored = await unmarkDeleted(tx, free);
  // Somebody added one of them at this moment: it is seen now.
  if (restored === null) return putBack(tx, deleted);
  const lost = new Map(free.map(({ id, not_restored }) => [id, not_restored]));
  return [
    restored.map((row) => {
      const notRestored = lost.get(row.id);
      return notRestored === undefined ? row : { ...row, not_restored: notRestored };
    }),
    refusals,
  ];
};

const isDeleted = (row: { deleted_at: string | null }): row is DeletedRow => row.deleted_at !== null;

/** What taking a deletion back would do: what would not come back with it, or why it would be refused. */
export type RestoreJudgement =
  | { problem: Problem }
  | { problem: null; isThere: boolean; lost: readonly NotRestored[] };

/** The same as restoring them, with nothing locked and nothing written. */
export const createJudgeRestore = (references: Omit<RestoreDependencies, 'checkVersions' | 'outbox'>) => {
  const mend = createMend(references);
  return async (tx: Transaction, ids: readonly string[]): Promise<RestoreJudgement[]> => {
    const rows = await selectRestorable(tx, ids);
    const mended = await mend(tx, rows.filter(isDeleted));
    const refusals = await findRefusals(tx, mended);
    const lost = new Map(mended.map(({ id, not_restored: gone = [] }) => [id, gone]));
    const found = new Set(rows.map(({ id }) => id));
    return ids.map((id): RestoreJudgement => {
      const problem = found.has(id) ? refusals.get(id) : tooLate();
      return problem === undefined
        ? { problem: null, isThere: !lost.has(id), lost: lost.get(id) ?? [] }
        : { problem };
    });
  };
};

/** The promise: there is no other way to take deletions back. A number that is there is answered as it is. */
export const createRestore = ({ checkVersions, outbox, ...references }: RestoreDependencies) => {
  const mend = createMend(references);
  return async (
    tx: Transaction,
    context: RequestContext,
    numbers: readonly NumberAtVersion[],
  ): Promise<Outcome<RestoredRow>[]> => {
    const locked = await lockRestorable(
      tx,
      numbers.map(({ id }) => id),
    );
    const there = new Set(locked.flatMap(({ id, deleted_at: at }) => (at === null ? [id] : [])));
    // Put back already, perhaps by the same who ask: the version they hold is of before.
    const compared = numbers.map(({ id, version }) => ({ id, version: there.has(id) ? null : version }));
    const { rows, refusals } = await checkVersions(tx, context, compared, locked);
    for (const id of refusals.keys()) if (!locked.some((row) => row.id === id)) refusals.set(id, tooLate());
    const deleted = numbers.flatMap(({ id }) => {
      const row = rows.get(id);
      return row === undefined || row.deleted_at === null ? [] : [row as DeletedRow];
    });
    const [restored, refused] = await putBack(tx, await mend(tx, deleted));
    await recordActs(
      tx,
      context,
      'restored',
      restored.map((row) => ({
        row,
        changes: addedFields(row),
        detail: row.not_restored && told(row.not_restored),
      })),
    );
    await outbox.queueRestored(
      tx,
      context,
      restored.map(({ id }) => id),
    );
    const rowOf = new Map<string, RestoredRow>([...rows, ...restored.map((row) => [row.id, row] as const)]);
    return numbers.map(({ id }) => outcomeOf(rowOf.get(id), refusals.get(id) ?? refused.get(id)));
  };
};
