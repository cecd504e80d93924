import type { BulkExample, PlanOutcome } from '#contract/bulk/plans.ts';
import type { AuditChange } from '#contract/audit-events.ts';
import type { Database } from '#server/platform/db/database.ts';
import type { DoPart, JobHandler, Step } from '#server/platform/jobs/jobs.ts';
import { actingFor, type ActorSources } from './acting-for.ts';
import { createPieceSizes, type PieceLimits } from './piece-sizes.ts';
import type { Kinds } from './kinds.ts';
import type { Kind, Verdict } from './rows/kind.ts';
import {
  addToPlan,
  addToTotal,
  beginJudging,
  finishJudging,
  lockPlan,
  selectPlan,
} from './rows/plan-store.ts';
import {
  insertRows,
  lockUnjudged,
  refuseUnjudged,
  saveJudged,
  selectLastRow,
  type BulkRow,
} from './rows/row-store.ts';

const EXAMPLES = 3;

export interface JudgeDependencies extends ActorSources {
  database: Database;
  kinds: Kinds;
  limits: PieceLimits;
}

// A plan is read by more people than may compare credentials.
const withoutFingerprints = (changes: Readonly<Record<string, AuditChange>>): Record<string, AuditChange> =>
  Object.fromEntries(
    Object.entries(changes).map(([name, change]) => [
      name,
      'secret' in change
        ? { secret: true as const, before_fingerprint: null, after_fingerprint: null }
        : change,
    ]),
  );

const lost: Verdict = {
  planned: 'refused',
  reason: { code: 'forbidden', message: 'Whoever asked may no longer change numbers.' },
};

const tallyOf = (verdicts: readonly Verdict[]): Record<PlanOutcome, number> => {
  const tally = { created: 0, changed: 0, unchanged: 0, skipped: 0, refused: 0 };
  for (const { planned } of verdicts) tally[planned] += 1;
  return tally;
};

const examplesOf = (rows: readonly BulkRow[], verdicts: readonly Verdict[], wanted: number): BulkExample[] =>
  rows
    .flatMap(({ phone_number_id, phone_number }, at) => {
      const { changes, found } = verdicts[at] ?? {};
      return changes === undefined
        ? []
        : [
            {
              phone_number_id: found?.id ?? phone_number_id,
              phone_number,
              changes: withoutFingerprints(changes),
            },
          ];
    })
    .slice(0, Math.max(0, wanted));

/**
 * Selects what a plan is over, each number with the version it has, and judges piece by piece what the change
 * would do, by the very rules that will be asked when it is run.
 */
export const createJudgePlan = (dependencies: JudgeDependencies): JobHandler => {
  const { database, kinds, limits } = dependencies;
  const sizes = createPieceSizes(limits);

  /** One piece at a time: whoever is killed in the middle goes on behind the last row that is there. */
  const select = (planId: string, kind: Required<Kind>): Promise<Step> =>
    database.transaction(async (tx) => {
      const plan = await lockPlan(tx, planId);
      if (plan === undefined) return 'over';
      if (plan.state !== 'selecting') return 'more';
      const last = await selectLastRow(tx, planId);
      const { rows, isLast } = await kind.select(tx, plan, last);
      await insertRows(tx, planId, last === null ? 0 : last.place + 1, rows);
      await addToTotal(tx, planId, rows.length, rows.filter(({ planned }) => planned === 'refused').length);
      if (isLast) await beginJudging(tx, planId);
      return 'more';
    });

  const doPart: DoPart = async (planId) => {
    const plan = await selectPlan(database, planId);
    if (plan === undefined || plan.state === 'ready') return 'over';
    const kind = kinds.of(plan.change.kind);
    // Its rows are brought in by somebody else.
    if (plan.state === 'selecting' && kind.select === undefined) return 'over';
    if (plan.state === 'selecting') return select(planId, kind as Required<Kind>);
    const context = await actingFor(dependencies, plan);
    return sizes.measured(planId, (size) =>
      database.transaction(async (tx): Promise<Step> => {
        const rows = await lockUnjudged(tx, planId, size);
        if (rows.length === 0) {
          // Waits for whoever judges the last of them.
          const locked = await lockPlan(tx, planId);
          if (locked !== undefined) await finishJudging(tx, planId);
          return 'over';
        }
        const verdicts = context === null ? rows.map(() => lost) : await kind.judge(tx, context, plan, rows);
        await saveJudged(
          tx,
          planId,
          rows.map(({ place }, at) => {
            const { planned, reason, errors, found } = verdicts[at] ?? lost;
            return {
              place,
              planned,
              planned_code: reason?.code ?? null,
              planned_message: reason?.message ?? null,
              errors,
              phone_number_id: found?.id,
              version: found?.version,
            };
          }),
        );
        const examples = examplesOf(rows, verdicts, EXAMPLES - plan.examples.length);
        await addToPlan(tx, planId, tallyOf(verdicts), examples);
        return 'more';
      }),
    );
  };

  // What could not be judged is refused, so that the plan comes to its end.
  const giveUp = (planId: string): Promise<void> =>
    database.transaction(async (tx) => {
      const rows = await refuseUnjudged(
        tx,
        planId,
        'internal_error',
        'This could not be judged. The server’s log says why.',
      );
      await addToPlan(tx, planId, { ...tallyOf([]), refused: rows }, []);
      await finishJudging(tx, planId);
    });

  return { doPart, giveUp };
};
