import { setTimeout as delay } from 'node:timers/promises';
import { MAX_OPEN_PLANS, type PlanOutcome } from '#contract/bulk/plans.ts';
import type { BulkSelect } from '#contract/bulk/select.ts';
import { newId } from '#server/lib/ids.ts';
import type { Database, Transaction } from '#server/platform/db/database.ts';
import type { PageTokens } from '#server/platform/http/page-token.ts';
import type { Jobs } from '#server/platform/jobs/jobs.ts';
import { Problem } from '#server/problem.ts';
import type { RequestContext } from '#server/request-context.ts';
import { selectBulkJobOfPlan, type JobRow } from './rows/job-store.ts';
import { selectDoneRows, selectPlannedRows, type ListedRow } from './rows/listed-store.ts';
import {
  addToPlan,
  beginJudging,
  dropOldPlans,
  insertPlan,
  lockPlan,
  selectToldPlan,
  type PlanRow,
  type ToldPlan,
} from './rows/plan-store.ts';
import { refusalsOf } from './rows/refusals-of.ts';
import { insertRows, type NewRow } from './rows/row-store.ts';
import type { StoredChange } from './rows/stored-change.ts';
import { createStartJob } from './start-job.ts';

const READY_WITHIN_MS = 5000;
const LOOK_EVERY_MS = 50;

export interface Paging {
  page_size: number;
  page_token?: string | undefined;
}

export const noPlan = () => new Problem('not_found', 'No plan of yours has this id.');

const doorOf = ({ change: { kind } }: PlanRow): Door => {
  if (kind === 'import') return 'import';
  return kind === 'connection_import' ? 'connection' : 'bulk';
};

const isOwn = ({ actor }: RequestContext, plan: PlanRow) =>
  plan.actor_kind === actor.kind && plan.actor_id === actor.id;

const refuseExpired = ({ expires_at: at }: PlanRow): void => {
  if (Date.parse(at) > Date.now()) return;
  throw new Problem(
    'plan_expired',
    'The plan’s time is over. Make it anew, and look at what it would do now.',
  );
};

interface NewPlan {
  change: StoredChange;
  selection?: BulkSelect | undefined;
  minutes: number;
  /** Its job is put there with it, and nobody looks at it first: no other gives way. */
  isRun?: boolean;
}

interface PlansDependencies {
  database: Database;
  jobs: Jobs;
  pageTokens: PageTokens;
}

/** Through which door a plan was made: it is read and run through that one alone. */
export type Door = 'bulk' | 'import' | 'connection';

/** Plans, whoever makes them: what bulk changes and imports have in common. */
export const createPlans = ({ database, jobs, pageTokens }: PlansDependencies) => {
  const readOwn = async (context: RequestContext, id: string, door: Door): Promise<ToldPlan> => {
    const plan = await selectToldPlan(database, id);
    if (plan === undefined || !isOwn(context, plan) || doorOf(plan) !== door) throw noPlan();
    return plan;
  };

  const startJob = createStartJob(jobs);

  const pageOf = async <Row extends { place: number }>(
    list: readonly unknown[],
    { page_size: pageSize, page_token: token }: Paging,
    select: (after: number, limit: number) => Promise<Row[]>,
  ) => {
    const after = token === undefined ? -1 : Number(pageTokens.read(list, token)[0]);
    const rows = await select(after, pageSize + 1);
    const page = rows.slice(0, pageSize);
    const last = page.at(-1);
    return {
      rows: page,
      next_page_token:
        rows.length > pageSize && last !== undefined ? pageTokens.write(list, [String(last.place)]) : null,
    };
  };

  return {
    /** Puts a plan there that has no rows yet; the oldest that its actor did not run gives way. */
    add: async (
      tx: Transaction,
      { actor, address, requestId }: RequestContext,
      { change, selection, minutes, isRun = false }: NewPlan,
    ): Promise<string> => {
      const id = newId();
      if (!isRun) await dropOldPlans(tx, actor, MAX_OPEN_PLANS - 1);
      const by = { actor_kind: actor.kind, actor_id: actor.id, actor_name: actor.name };
      const asked = { address, request_id: requestId, selection: selection ?? null, change };
      await insertPlan(tx, { id, ...by, ...asked }, minutes, isRun);
      return id;
    },

    /** Appends rows, the first at this place; those that are refused already are not judged. */
    async addRows(tx: Transaction, planId: string, from: number, rows: readonly NewRow[]): Promise<void> {
      await insertRows(tx, planId, from, rows);
      await addToPlan(tx, planId, { added: rows.length, refusals: refusalsOf(rows) });
    },

    /** All rows are there: they are judged now. */
    beginJudging: async (tx: Transaction, planId: string): Promise<void> => {
      await beginJudging(tx, planId);
      await jobs.add(tx, { id: planId, kind: 'bulk_plan' });
    },

    /** The rows are selected, and judged, by whoever takes it up. */
    beginSelecting: (tx: Transaction, planId: string): Promise<void> =>
      jobs.add(tx, { id: planId, kind: 'bulk_plan' }),

    /** After a few seconds also as far as it has come. */
    async whenReady(id: string): Promise<ToldPlan> {
      jobs.wake();
      const until = performance.now() + READY_WITHIN_MS;
      for (;;) {
        const plan = await selectToldPlan(database, id);
        if (plan === undefined) throw noPlan();
        if (plan.state === 'ready' || performance.now() > until) return plan;
        await delay(LOOK_EVERY_MS);
      }
    },

    /** One's own, made through this door. */
    readOwn,
    refuseExpired,

    /** The job that runs it; asked for again, the same. */
    async run(
      context: RequestContext,
      planId: string,
      door: Door,
      first: (tx: Transaction, plan: PlanRow) => Promise<void> = async () => {},
    ): Promise<JobRow> {
      const job = await database.transaction(async (tx) => {
        const plan = await lockPlan(tx, planId);
        if (plan === undefined || !isOwn(context, plan) || doorOf(plan) !== door) throw noPlan();
        const running = await selectBulkJobOfPlan(tx, planId);
        if (running !== undefined) return running;
        refuseExpired(plan);
        if (plan.state !== 'ready')
          throw new Problem(
            'plan_not_ready',
            'The plan is still being judged. Read it again until it is ready.',
          );
        await first(tx, plan);
        return startJob(tx, context, planId);
      });
      jobs.wake();
      return job;
    },

    startJob,

    /** What would become of each; without words of a bulk plan's or import's own. */
    listPlanned: (
      planId: string,
      { outcome, code, ...paging }: Paging & { outcome?: PlanOutcome | undefined; code?: string | undefined },
    ): Promise<{ rows: ListedRow[]; next_page_token: string | null }> =>
      pageOf(['bulk-plan-rows', planId, outcome ?? null, code ?? null], paging, (after, limit) =>
        selectPlannedRows(database, { planId, outcome, code, after, limit }),
      ),

    /** What became of each that is done. */
    listDone: (
      planId: string,
      { outcome, ...paging }: Paging & { outcome?: string | undefined },
    ): Promise<{ rows: ListedRow[]; next_page_token: string | null }> =>
      pageOf(['bulk-job-rows', planId, outcome ?? null], paging, (after, limit) =>
        selectDoneRows(database, { planId, outcome, after, limit }),
      ),
  };
};

export type Plans = ReturnType<typeof createPlans>;
