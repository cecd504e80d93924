import { MAX_OPEN_JOBS } from '#contract/bulk/jobs.ts';
import { newId } from '#server/lib/ids.ts';
import { recordAudit } from '#server/platform/audit/record.ts';
import { announceChange } from '#server/platform/changes/announce.ts';
import type { Transaction } from '#server/platform/db/database.ts';
import type { Jobs } from '#server/platform/jobs/jobs.ts';
import { Problem } from '#server/problem.ts';
import type { RequestContext } from '#server/request-context.ts';
import { jobEvent } from './record-job.ts';
import { countOpenJobs, insertBulkJob, selectBulkJobOfPlan, type JobRow } from './rows/job-store.ts';
import { markRun } from './rows/plan-store.ts';
import { countMade } from './rows/follow-up-store.ts';

const refuseTooMany = async (tx: Transaction, { actor }: RequestContext): Promise<void> => {
  if ((await countOpenJobs(tx, actor)) < MAX_OPEN_JOBS) return;
  throw new Problem(
    'too_many_jobs',
    `${MAX_OPEN_JOBS} jobs of yours are under way. Wait until one has ended, or cancel one.`,
  );
};

/** Puts the job of a plan there; of an undo, with the job that it takes back. Throws `too_many_jobs`. */
export const createStartJob =
  (jobs: Pick<Jobs, 'add'>) =>
  async (
    tx: Transaction,
    context: RequestContext,
    planId: string,
    undone?: Pick<JobRow, 'id' | 'undone_by'>,
  ): Promise<JobRow> => {
    await refuseTooMany(tx, context);
    const id = newId();
    await markRun(tx, planId);
    await insertBulkJob(tx, { id, planId, actor: context.actor, ...(undone && { undoes: undone.id }) });
    await jobs.add(tx, { id, kind: 'bulk_job' });
    const job = await selectBulkJobOfPlan(tx, planId);
    if (job === undefined) throw new Error('The job that was added is gone');
    // Of an undo that goes on with another.
    const total = undone?.undone_by ? await countMade(tx, undone.id) : job.total;
    await recordAudit(tx, context, jobEvent({ ...job, total }, 'started'));
    await announceChange(tx, { subject: 'bulk_job', id, change: 'added', version: null });
    return job;
  };
