import { setTimeout as delay } from 'node:timers/promises';
import type { z } from 'zod';
import type { BulkJob, BulkJobList, bulkJobListQuerySchema } from '#contract/bulk/jobs.ts';
import {
  MAX_OPEN_PLANS,
  PLAN_MINUTES,
  type BulkJobRowList,
  type bulkJobRowsQuerySchema,
  type BulkPlan,
  type BulkPlanRowList,
  type bulkPlanRowsQuerySchema,
} from '#contract/bulk/plans.ts';
import type { BulkRequest } from '#contract/bulk/request.ts';
import { refuseForeignFingerprint } from '#server/features/phone-numbers/list/find-terms.ts';
import type { PhoneNumbersService } from '#server/features/phone-numbers/service.ts';
import { newId } from '#server/lib/ids.ts';
import { announceChange } from '#server/platform/changes/announce.ts';
import type { Database, Transaction } from '#server/platform/db/database.ts';
import { createPageTokens } from '#server/platform/http/page-token.ts';
import type { Jobs } from '#server/platform/jobs/jobs.ts';
import { createCipher } from '#server/platform/secrets/cipher.ts';
import type { Keyring } from '#server/platform/secrets/keyring.ts';
import { Problem } from '#server/problem.ts';
import type { RequestContext } from '#server/request-context.ts';
import type { ActorSources } from './acting-for.ts';
import { splitChange } from './change-to-make.ts';
import {
  endBulkJob,
  insertBulkJob,
  lockBulkJob,
  selectBulkJob,
  selectBulkJobOfPlan,
  selectBulkJobs,
  type JobRow,
} from './job-store.ts';
import { createJudgePlan } from './judge-plan.ts';
import {
  dropOldPlans,
  eraseSealed,
  insertPlan,
  lockPlan,
  selectPlan,
  selectRefusals,
  type PlanRow,
} from './plan-store.ts';
import { toJob, toPlan } from './present.ts';
import { selectDoneRows, selectPlannedRows } from './rows-store.ts';
import { createRunJob } from './run-job.ts';
import { sealSecrets } from './sealed-secrets.ts';

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
  readJob(id: string): Promise<BulkJob>;
  listJobRows(id: string, query: z.infer<typeof bulkJobRowsQuerySchema>): Promise<BulkJobRowList>;
  cancelJob(context: RequestContext, id: string): Promise<BulkJob>;
}

interface BulkDependencies extends ActorSources {
  database: Database;
  keyring: Keyring;
  jobs: Jobs;
  phoneNumbers: PhoneNumbersService;
}

const READY_WITHIN_MS = 5000;
const LOOK_EVERY_MS = 50;

const noPlan = () => new Problem('not_found', 'No plan of yours has this id.');
const noJob = () => new Problem('not_found', 'No bulk job has this id.');

const isOwn = ({ actor }: RequestContext, plan: PlanRow) =>
  plan.actor_kind === actor.kind && plan.actor_id === actor.id;

const refuseExpired = ({ expires_at: at }: PlanRow): void => {
  if (Date.parse(at) > Date.now()) return;
  throw new Problem(
    'plan_expired',
    'The plan’s hour is over. Make it anew, and look at what it would do now.',
  );
};

export const createBulkService = ({
  database,
  keyring,
  jobs,
  phoneNumbers,
  ...sources
}: BulkDependencies): BulkService => {
  const cipher = createCipher(keyring);
  const pageTokens = createPageTokens(keyring);
  const { isOneSession } = database;
  jobs.handle(
    'bulk_plan',
    createJudgePlan({ database, cipher, phoneNumbers, ...sources, pieceRows: isOneSession ? 100 : 500 }),
  );
  jobs.handle(
    'bulk_job',
    createRunJob({
      database,
      cipher,
      phoneNumbers,
      ...sources,
      pieceRows: isOneSession ? 50 : 250,
      pieceMs: isOneSession ? 35 : 500,
    }),
  );

  const present = async (plan: PlanRow): Promise<BulkPlan> =>
    toPlan(plan, plan.refused === 0 ? [] : await selectRefusals(database, plan.id));

  const readOwn = async (context: RequestContext, id: string): Promise<PlanRow> => {
    const plan = await selectPlan(database, id);
    if (plan === undefined || !isOwn(context, plan)) throw noPlan();
    return plan;
  };

  const readRow = async (id: string): Promise<JobRow> => {
    const row = await selectBulkJob(database, id);
    if (row === undefined) throw noJob();
    return row;
  };

  const pageOf = async <Row extends { place: number }>(
    list: readonly unknown[],
    { page_size: pageSize, page_token: token }: { page_size: number; page_token?: string | undefined },
    select: (after: number, limit: number) => Promise<Row[]>,
  ) => {
    const after = token === undefined ? -1 : Number(pageTokens.read(list, token)[0]);
    const rows = await select(after, pageSize + 1);
    const page = rows.slice(0, pageSize);
    const last = page.at(-1);
    return {
      rows: page.map(({ place: _place, ...row }) => row),
      next_page_token:
        rows.length > pageSize && last !== undefined ? pageTokens.write(list, [String(last.place)]) : null,
    };
  };

  return {
    async makePlan(context, { select, change }) {
      if (change === undefined) throw new Error('A plan without a change has been refused');
      refuseForeignFingerprint(context.actor, select?.filter ?? {});
      const id = newId();
      const { stored, secrets } = splitChange(change);
      const { actor, address, requestId } = context;
      await database.transaction(async (tx) => {
        await dropOldPlans(tx, actor, MAX_OPEN_PLANS - 1);
        await insertPlan(
          tx,
          {
            id,
            actor_kind: actor.kind,
            actor_id: actor.id,
            actor_name: actor.name,
            address,
            request_id: requestId,
            selection: select ?? null,
            change: stored,
            ...sealSecrets(cipher, id, secrets),
          },
          PLAN_MINUTES,
        );
        await jobs.add(tx, { id, kind: 'bulk_plan' });
      });
      jobs.wake();
      const until = performance.now() + READY_WITHIN_MS;
      for (;;) {
        const plan = await selectPlan(database, id);
        if (plan === undefined) throw noPlan();
        if (plan.state === 'ready' || performance.now() > until) return present(plan);
        await delay(LOOK_EVERY_MS);
      }
    },

    readPlan: async (context, id) => {
      const plan = await readOwn(context, id);
      refuseExpired(plan);
      return present(plan);
    },

    async listPlanRows(context, id, { outcome, code, ...paging }) {
      refuseExpired(await readOwn(context, id));
      return pageOf(['bulk-plan-rows', id, outcome ?? null, code ?? null], paging, (after, limit) =>
        selectPlannedRows(database, { planId: id, outcome, code, after, limit }),
      ) as Promise<BulkPlanRowList>;
    },

    async runPlan(context, planId) {
      const id = newId();
      const run = async (tx: Transaction): Promise<JobRow> => {
        const plan = await lockPlan(tx, planId);
        if (plan === undefined || !isOwn(context, plan)) throw noPlan();
        const running = await selectBulkJobOfPlan(tx, planId);
        if (running !== undefined) return running;
        refuseExpired(plan);
        if (plan.state !== 'ready')
          throw new Problem(
            'plan_not_ready',
            'The plan is still being judged. Read it again until it is ready.',
          );
        await insertBulkJob(tx, { id, planId, actor: context.actor });
        await jobs.add(tx, { id, kind: 'bulk_job' });
        await announceChange(tx, { subject: 'bulk_job', id, change: 'added', version: null });
        const added = await selectBulkJobOfPlan(tx, planId);
        if (added === undefined) throw new Error('The job that was added is gone');
        return added;
      };
      const job = await database.transaction(run);
      jobs.wake();
      return toJob(job);
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

    readJob: async (id) => toJob(await readRow(id)),

    async listJobRows(id, { outcome, ...paging }) {
      const { plan_id: planId } = await readRow(id);
      return pageOf(['bulk-job-rows', id, outcome ?? null], paging, (after, limit) =>
        selectDoneRows(database, { planId, outcome, after, limit }),
      );
    },

    async cancelJob(_context, id) {
      await database.transaction(async (tx) => {
        const job = await lockBulkJob(tx, id);
        if (job === undefined) throw noJob();
        if (job.ended_at !== null) return;
        await endBulkJob(tx, id, 'cancelled', 'asked');
        await eraseSealed(tx, job.plan_id);
        await announceChange(tx, { subject: 'bulk_job', id, change: 'updated', version: null });
      });
      return toJob(await readRow(id));
    },
  };
};
