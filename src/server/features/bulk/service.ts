import type { z } from 'zod';
import type { BulkJob, BulkJobDetail, BulkJobList, bulkJobListQuerySchema } from '#contract/bulk/jobs.ts';
import {
  PLAN_MINUTES,
  type BulkJobRowList,
  type bulkJobRowsQuerySchema,
  type BulkPlan,
  type BulkPlanRowList,
  type bulkPlanRowsQuerySchema,
} from '#contract/bulk/plans.ts';
import type { BulkRequest } from '#contract/bulk/request.ts';
import type { AuditEventsService } from '#server/features/audit-events/service.ts';
import { WHOLE_PLAN, type HeldSecrets } from '#server/features/credentials/held-secrets.ts';
import { refuseForeignFingerprint } from '#server/features/phone-numbers/list/find-terms.ts';
import type { PhoneNumbersService } from '#server/features/phone-numbers/service.ts';
import { recordAudit } from '#server/platform/audit/record.ts';
import { announceChange } from '#server/platform/changes/announce.ts';
import type { Database, Transaction } from '#server/platform/db/database.ts';
import { answerOnce } from '#server/platform/idempotency/answer-once.ts';
import { createPageTokens } from '#server/platform/http/page-token.ts';
import type { Jobs } from '#server/platform/jobs/jobs.ts';
import type { Keyring } from '#server/platform/secrets/keyring.ts';
import { Problem } from '#server/problem.ts';
import type { RequestContext } from '#server/request-context.ts';
import { assertMayDo, type ActorSources } from './acting-for.ts';
import { changeAgain, refuseUndo, undoOf } from './again.ts';
import { createJudgePlan } from './judge-plan.ts';
import { createKinds, type Kinds } from './kinds.ts';
import { createChangeKind } from './kinds/change-kind.ts';
import { createDeleteKinds } from './kinds/delete-kinds.ts';
import { splitChange } from './kinds/split-change.ts';
import { createUndoKind } from './kinds/undo-kind.ts';
import { createPlans, type Plans } from './plans.ts';
import { toJob, toJobRow, toPlan } from './present.ts';
import { jobEvent } from './record-job.ts';
import { endBulkJob, lockBulkJob, selectBulkJob, selectBulkJobs, type JobRow } from './rows/job-store.ts';
import { countNotUpstream } from './rows/listed-store.ts';
import { selectPlanned } from './rows/example-store.ts';
import type { PlanRow } from './rows/plan-store.ts';
import { createRunJob } from './run-job.ts';

export interface BulkService {
  /** Answers once it is judged, or after a few seconds as far as it has come. */
  makePlan(context: RequestContext, body: BulkRequest): Promise<BulkPlan>;
  readPlan(context: RequestContext, id: string): Promise<BulkPlan>;
  listPlanRows(
    context: RequestContext,
    id: string,
    query: z.infer<typeof bulkPlanRowsQuerySchema>,
  ): Promise<BulkPlanRowList>;
  runPlan(context: RequestContext, planId: string): Promise<BulkJob>;
  listJobs(query: z.infer<typeof bulkJobListQuerySchema>): Promise<BulkJobList>;
  readJob(id: string): Promise<BulkJobDetail>;
  listJobRows(id: string, query: z.infer<typeof bulkJobRowsQuerySchema>): Promise<BulkJobRowList>;
  cancelJob(context: RequestContext, id: string): Promise<BulkJob>;
  /** A second job, which takes back what this one did; asked for again, the same. */
  undoJob(context: RequestContext, id: string): Promise<BulkJob>;
  /** For features whose changes of many numbers are planned and run as bulk changes are. */
  plans: Plans;
  kinds: Pick<Kinds, 'add'>;
}

interface BulkDependencies extends ActorSources {
  database: Database;
  keyring: Keyring;
  jobs: Jobs;
  held: HeldSecrets;
  auditEvents: Pick<AuditEventsService, 'findActs'>;
  phoneNumbers: PhoneNumbersService;
}

const noJob = () => new Problem('not_found', 'No bulk job has this id.');
export const createBulkService = ({
  database,
  keyring,
  jobs,
  held,
  auditEvents,
  phoneNumbers,
  ...sources
}: BulkDependencies): BulkService => {
  const pageTokens = createPageTokens(keyring);
  const plans = createPlans({ database, jobs, pageTokens });
  const kinds = createKinds();
  // One session is everybody's: a piece is as long as everybody else may wait.
  const { isOneSession } = database;
  const pieceRows = isOneSession ? 250 : 5000;
  const changing = createChangeKind(phoneNumbers, held, pieceRows);
  const deleting = createDeleteKinds(phoneNumbers, pieceRows);
  kinds.add('patch', changing);
  kinds.add('replace_agent', changing);
  kinds.add('rotate', changing);
  kinds.add('delete', deleting.delete);
  kinds.add('restore', deleting.restore);
  kinds.add('undo', createUndoKind({ kinds, auditEvents, phoneNumbers, pieceRows }));
  const limits = isOneSession ? { rows: 100, ms: 35 } : { rows: 500, ms: 400 };
  const judging = createJudgePlan({ database, held, kinds, limits, ...sources });
  jobs.handle('bulk_plan', judging);
  jobs.handle(
    'bulk_job',
    createRunJob({ database, held, kinds, limits, judgePlan: judging.doPart, ...sources }),
  );

  const readRow = async (id: string): Promise<JobRow> => {
    const row = await selectBulkJob(database, id);
    if (row === undefined) throw noJob();
    return row;
  };

  return {
    plans,
    kinds,

    async makePlan(context, { select, change, retry }) {
      refuseForeignFingerprint(context.actor, select?.filter ?? {});
      const { stored, secrets } =
        retry === undefined ? splitChange(change ?? {}) : changeAgain(await readRow(retry));
      assertMayDo(stored, context.actor);
      const add = async (tx: Transaction): Promise<string> => {
        const added = await plans.add(tx, context, {
          change: stored,
          selection: select,
          minutes: PLAN_MINUTES,
        });
        await held.hold(tx, added, [{ place: WHOLE_PLAN, secrets }]);
        await plans.beginSelecting(tx, added);
        return added;
      };
      const id = await database.transaction((tx) => answerOnce(tx, context, 201, () => add(tx)));
      return toPlan(await plans.whenReady(id));
    },

    readPlan: async (context, id) => {
      const plan = await plans.readOwn(context, id, 'bulk');
      plans.refuseExpired(plan);
      return toPlan(plan);
    },

    async listPlanRows(context, id, query) {
      plans.refuseExpired(await plans.readOwn(context, id, 'bulk'));
      const { rows, next_page_token } = await plans.listPlanned(id, query);
      return { rows: rows.map(toJobRow), next_page_token } as BulkPlanRowList;
    },

    runPlan: async (context, planId) => {
      const assertMay = async (_tx: Transaction, { change }: PlanRow) => assertMayDo(change, context.actor);
      return toJob(await plans.run(context, planId, 'bulk', assertMay));
    },

    async listJobs({ page_size: pageSize, page_token: token, state }) {
      const list = ['bulk-jobs', state ?? null];
      const after = token === undefined ? undefined : pageTokens.read(list, token);
      const rows = await selectBulkJobs(database, { state, after, limit: pageSize + 1 });
      const page = rows.slice(0, pageSize);
      const last = page.at(-1);
      return {
        bulk_jobs: page.map(toJob),
        next_page_token:
          rows.length > pageSize && last !== undefined
            ? pageTokens.write(list, [last.created_at, last.id])
            : null,
      };
    },

    async readJob(id) {
      const row = await readRow(id);
      const job = toJob(row);
      const pending = await countNotUpstream(database, row.plan_id);
      return { ...job, counts: { ...job.counts, pending }, ...(await selectPlanned(database, id)) };
    },

    async listJobRows(id, query) {
      const { plan_id: planId } = await readRow(id);
      const { rows, next_page_token } = await plans.listDone(planId, query);
      return { rows: rows.map(toJobRow), next_page_token };
    },

    async cancelJob(context, id) {
      const cancelled = await database.transaction(async (tx) => {
        const job = await lockBulkJob(tx, id);
        if (job === undefined) throw noJob();
        if (job.ended_at !== null) return undefined;
        await endBulkJob(tx, id, 'cancelled', 'asked');
        await held.erase(tx, job.plan_id, [WHOLE_PLAN]);
        await recordAudit(tx, context, jobEvent(job, 'cancelled'));
        await announceChange(tx, { subject: 'bulk_job', id, change: 'updated', version: null });
        return job;
      });
      if (cancelled !== undefined) await held.eraseRest(cancelled.plan_id);
      return toJob(await readRow(id));
    },

    async undoJob(context, id) {
      const undoing = await database.transaction(async (tx) => {
        if ((await lockBulkJob(tx, id)) === undefined) throw noJob();
        // Read when it is locked: whoever waited for another undo finds it.
        const job = await selectBulkJob(tx, id);
        if (job === undefined) throw noJob();
        const undone = job.undone_by === null ? undefined : await selectBulkJob(tx, job.undone_by);
        if (undone !== undefined && undone.state !== 'cancelled' && undone.state !== 'failed') return undone;
        refuseUndo(job);
        const change = undoOf(job);
        assertMayDo(change, context.actor);
        const planId = await plans.add(tx, context, { change, minutes: PLAN_MINUTES, isRun: true });
        const started = await plans.startJob(tx, context, planId, job);
        await announceChange(tx, { subject: 'bulk_job', id, change: 'updated', version: null });
        return started;
      });
      jobs.wake();
      return toJob(undoing);
    },
  };
};
