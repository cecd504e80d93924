import { announceChange } from '#server/platform/changes/announce.ts';
import type { Database, Transaction } from '#server/platform/db/database.ts';
import type { Step } from '#server/platform/jobs/jobs.ts';
import type { Cipher } from '#server/platform/secrets/cipher.ts';
import type { PhoneNumbersService } from '#server/features/phone-numbers/service.ts';
import type { Outcome } from '#server/features/phone-numbers/acts/outcome.ts';
import type { RequestContext } from '#server/request-context.ts';
import { actingFor, type ActorSources } from './acting-for.ts';
import { patchToMake } from './change-to-make.ts';
import {
  endBulkJob,
  hasUndone,
  lockBulkJob,
  lockUndone,
  saveOutcomes,
  selectBulkJob,
  type JobRow,
  type RowOutcome,
} from './job-store.ts';
import { reasonOf } from './judge-plan.ts';
import { eraseSealed, selectPlan, type PinRow, type PlanRow } from './plan-store.ts';
import { openSecrets } from './sealed-secrets.ts';

export interface RunDependencies extends ActorSources {
  database: Database;
  cipher: Cipher;
  phoneNumbers: Pick<
    PhoneNumbersService,
    'changePhoneNumbers' | 'deletePhoneNumbers' | 'restorePhoneNumbers'
  >;
  /** How many are done at once, at first and at most; fewer where they take longer than `pieceMs`. */
  pieceRows: number;
  pieceMs: number;
}

const ANNOUNCE_EVERY_MS = 1000;
const FEWEST = 5;

const toOutcome = ({ place, version }: PinRow, { row, problem }: Outcome): RowOutcome => {
  if (problem === null)
    return {
      place,
      outcome: row.version > version ? 'changed' : 'unchanged',
      code: null,
      message: null,
      made_version: row.version > version ? row.version : null,
    };
  const isConflict = problem.code === 'version_conflict' || problem.code === 'not_found';
  return {
    place,
    outcome: isConflict ? 'conflict' : 'refused',
    ...(isConflict
      ? { code: problem.code, message: 'Somebody else changed it after the preview; it was left as it is.' }
      : reasonOf(problem)),
    made_version: null,
  };
};

/**
 * Runs a plan piece by piece. The promise: what becomes of a number, its event and its row of the report are
 * one transaction, so each is changed exactly once, whoever is killed and however many work at it; and before
 * each piece it is asked anew whether whoever started it still may.
 */
export const createRunJob = (dependencies: RunDependencies) => {
  const { database, cipher, phoneNumbers, pieceRows, pieceMs } = dependencies;
  const sizes = new Map<string, number>();
  const announcedAt = new Map<string, number>();

  const act = (
    tx: Transaction,
    context: RequestContext,
    plan: PlanRow,
    rows: readonly PinRow[],
  ): Promise<Outcome[]> => {
    const numbers = rows.map(({ phone_number_id: id, version }) => ({ id, version }));
    if (plan.change.kind === 'delete') return phoneNumbers.deletePhoneNumbers(tx, context, numbers);
    if (plan.change.kind === 'restore') return phoneNumbers.restorePhoneNumbers(tx, context, numbers);
    const patch = patchToMake(plan.change, openSecrets(cipher, plan), Date.now());
    return phoneNumbers.changePhoneNumbers(
      tx,
      context,
      numbers.map((number) => ({ ...number, patch })),
    );
  };

  const end = async (
    tx: Transaction,
    { id, plan_id: planId }: JobRow,
    state: 'done' | 'cancelled' | 'failed',
    reason: JobRow['cancel_reason'] = null,
  ): Promise<Step> => {
    await endBulkJob(tx, id, state, reason);
    await eraseSealed(tx, planId);
    await announceChange(tx, { subject: 'bulk_job', id, change: 'updated', version: null });
    sizes.delete(id);
    announcedAt.delete(id);
    return 'over';
  };

  const announceProgress = async (tx: Transaction, id: string): Promise<void> => {
    const now = performance.now();
    if (now - (announcedAt.get(id) ?? -Infinity) < ANNOUNCE_EVERY_MS) return;
    announcedAt.set(id, now);
    await announceChange(tx, { subject: 'bulk_job', id, change: 'updated', version: null });
  };

  return async (id: string): Promise<Step> => {
    const job = await selectBulkJob(database, id);
    const plan = job && (await selectPlan(database, job.plan_id));
    if (job === undefined || plan === undefined || job.ended_at !== null) return 'over';
    const context = await actingFor(dependencies, plan);
    const size = sizes.get(id) ?? pieceRows;
    const startedAt = performance.now();
    const step = await database.transaction(async (tx): Promise<Step> => {
      // First: whoever cancels waits for a piece at most, and none is done after that.
      const locked = await lockBulkJob(tx, id);
      if (locked === undefined || locked.ended_at !== null) return 'over';
      if (context === null) return end(tx, locked, 'cancelled', 'actor_lost');
      const rows = await lockUndone(tx, plan.id, size);
      if (rows.length === 0) return (await hasUndone(tx, plan.id)) ? 'wait' : end(tx, locked, 'done');
      const outcomes = await act(tx, { ...context, detail: `Bulk job ${id}` }, plan, rows);
      await saveOutcomes(
        tx,
        { id, planId: plan.id },
        rows.map((row, at) => toOutcome(row, outcomes[at] as Outcome)),
      );
      await announceProgress(tx, id);
      return 'more';
    });
    const tookMs = performance.now() - startedAt;
    if (step === 'more')
      sizes.set(
        id,
        Math.round(Math.min(pieceRows, Math.max(FEWEST, (size * pieceMs) / Math.max(tookMs, 1)))),
      );
    return step;
  };
};
