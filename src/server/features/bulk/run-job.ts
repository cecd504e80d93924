import { WHOLE_PLAN, type HeldSecrets } from '#server/features/credentials/held-secrets.ts';
import { recordAudit } from '#server/platform/audit/record.ts';
import { announceChange } from '#server/platform/changes/announce.ts';
import type { Database, Transaction } from '#server/platform/db/database.ts';
import type { DoPart, JobHandler, Step } from '#server/platform/jobs/jobs.ts';
import type { RequestContext } from '#server/request-context.ts';
import { actingFor, type ActorSources } from './acting-for.ts';
import type { Kinds } from './kinds.ts';
import { inLanes } from './in-lanes.ts';
import { createPieceSizes, type PieceLimits } from './piece-sizes.ts';
import { actingForJob, jobEvent } from './record-job.ts';
import {
  addToJob,
  endBulkJob,
  isHeldOpen,
  lockBulkJob,
  selectOpenPlan,
  type JobRow,
} from './rows/job-store.ts';
import type { Result } from './rows/kind.ts';
import { selectPlan, type PlanRow } from './rows/plan-store.ts';
import { hasUndone, lockUndone, saveDone, type BulkRow, type Done } from './rows/row-store.ts';

export interface RunDependencies extends ActorSources {
  database: Database;
  held: HeldSecrets;
  kinds: Kinds;
  limits: PieceLimits;
  /** Judges what is not judged yet: an undo is run without being looked at first. */
  judgePlan: DoPart;
}

const ANNOUNCE_EVERY_MS = 1000;

const doneOf = ({ place }: BulkRow, result: Result | undefined): Done => {
  if (result === undefined) throw new Error('Each number has a result');
  const { outcome, reason, made } = result;
  return {
    place,
    outcome,
    code: reason?.code ?? null,
    message: reason?.message ?? null,
    phone_number_id: made?.id ?? null,
    made_version: made?.version ?? null,
  };
};

/**
 * Runs a plan piece by piece. The promise: what becomes of a number, its event and its row of the report are
 * one transaction, so each is changed exactly once, whoever is killed and however many work at it; and before
 * each piece it is asked anew whether whoever started it still may.
 */
export const createRunJob = (dependencies: RunDependencies): JobHandler => {
  const { database, held, kinds, limits, judgePlan } = dependencies;
  const sizes = createPieceSizes(limits);
  const announcedAt = new Map<string, number>();

  const end = async (
    tx: Transaction,
    job: JobRow,
    state: 'done' | 'cancelled' | 'failed',
    reason: JobRow['cancel_reason'] = null,
  ): Promise<void> => {
    await endBulkJob(tx, job.id, state, reason);
    await held.erase(tx, job.plan_id, [WHOLE_PLAN]);
    await recordAudit(tx, actingForJob(job), jobEvent(job, state, reason));
    await announceChange(tx, { subject: 'bulk_job', id: job.id, change: 'updated', version: null });
    announcedAt.delete(job.id);
  };

  const announceProgress = async (tx: Transaction, id: string): Promise<void> => {
    const now = performance.now();
    if (now - (announcedAt.get(id) ?? -Infinity) < ANNOUNCE_EVERY_MS) return;
    announcedAt.set(id, now);
    await announceChange(tx, { subject: 'bulk_job', id, change: 'updated', version: null });
  };

  const doPiece = (plan: PlanRow, id: string, context: RequestContext, size: number): Promise<Step> =>
    database.transaction(async (tx): Promise<Step> => {
      // First: whoever cancels waits for a piece at most, and none is done after that.
      if (!(await isHeldOpen(tx, id))) return 'over';
      const rows = await lockUndone(tx, plan.id, size);
      if (rows.length === 0) return (await hasUndone(tx, plan.id)) ? 'wait' : 'over';
      const results = await kinds.of(plan.change.kind).act(tx, { ...context, bulkJobId: id }, plan, rows);
      const done = rows.map((row, at) => doneOf(row, results[at]));
      await saveDone(tx, plan.id, done);
      await held.erase(
        tx,
        plan.id,
        rows.map(({ place }) => place),
      );
      await addToJob(
        tx,
        id,
        done.map(({ outcome }) => outcome),
      );
      await announceProgress(tx, id);
      return 'more';
    });

  const doPieces = async (plan: PlanRow, id: string, context: RequestContext): Promise<Step> => {
    const steps = await sizes.measured(id, (size) =>
      inLanes(database, () => doPiece(plan, id, context, size)),
    );
    return steps.includes('more') ? 'more' : steps.includes('wait') ? 'wait' : 'over';
  };

  const endIfOpen = async (id: string, state: 'done' | 'cancelled' | 'failed', reason?: 'actor_lost') => {
    const ended = await database.transaction(async (tx): Promise<JobRow | undefined> => {
      const job = await lockBulkJob(tx, id);
      if (job === undefined || job.ended_at !== null) return undefined;
      // Somebody else may have put rows back that were in hand when it looked over.
      if (state === 'done' && (await hasUndone(tx, job.plan_id))) return undefined;
      await end(tx, job, state, reason);
      return job;
    });
    if (ended !== undefined) await held.eraseRest(ended.plan_id);
  };

  const doPart: DoPart = async (id, signal) => {
    const planId = await selectOpenPlan(database, id);
    const plan = planId === undefined ? undefined : await selectPlan(database, planId);
    if (plan === undefined) return 'over';
    const context = await actingFor(dependencies, plan);
    if (context === null) {
      await endIfOpen(id, 'cancelled', 'actor_lost');
      return 'over';
    }
    if (plan.state !== 'ready') {
      await judgePlan(plan.id, signal);
      return 'more';
    }
    const step = await doPieces(plan, id, context);
    if (step !== 'over') return step;
    await endIfOpen(id, 'done');
    // Once more, to see that it has ended.
    return 'more';
  };

  return { doPart, giveUp: (id) => endIfOpen(id, 'failed') };
};
