import type { PlanOutcome } from '#contract/bulk/plans.ts';
import type { AuditChange } from '#contract/audit-events.ts';
import type { HeldSecrets } from '#server/features/credentials/held-secrets.ts';
import type { Database, Transaction } from '#server/platform/db/database.ts';
import type { DoPart, JobHandler, Step } from '#server/platform/jobs/jobs.ts';
import type { RequestContext } from '#server/request-context.ts';
import { actingFor, type ActorSources } from './acting-for.ts';
import { inLanes } from './in-lanes.ts';
import { createPieceSizes, type PieceLimits } from './piece-sizes.ts';
import { replacedInOf } from './kinds/replaced-in.ts';
import type { Kinds } from './kinds.ts';
import type { StoredExample } from './rows/example-store.ts';
import type { Kind, Verdict } from './rows/kind.ts';
import {
  addToPlan,
  beginJudging,
  finishJudging,
  lockPlan,
  selectPlan,
  sharePlan,
} from './rows/plan-store.ts';
import { refusalsOf } from './rows/refusals-of.ts';
import {
  hasUnjudged,
  insertRows,
  lockUnjudged,
  refuseUnjudged,
  saveJudged,
  selectLastRow,
  type BulkRow,
} from './rows/row-store.ts';

export interface JudgeDependencies extends ActorSources {
  database: Database;
  held: HeldSecrets;
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

// More than a plan tells.
const MOST_EXAMPLES = 5;

const lost: Verdict = {
  planned: 'refused',
  reason: { code: 'forbidden', message: 'Whoever asked may no longer change numbers.' },
};

const noReason = { code: 'invalid', message: '' };
const unjudged = {
  code: 'internal_error',
  message: 'This could not be judged. The server’s log says why.',
};
const GIVEN_UP_AT_ONCE = 500;

const tallyOf = (verdicts: readonly Verdict[]): Record<PlanOutcome, number> => {
  const tally = { created: 0, changed: 0, unchanged: 0, skipped: 0, refused: 0 };
  for (const { planned } of verdicts) tally[planned] += 1;
  return tally;
};

const examplesOf = (rows: readonly BulkRow[], verdicts: readonly Verdict[]): StoredExample[] => {
  const examples: StoredExample[] = [];
  for (const [at, { place, phone_number_id, phone_number }] of rows.entries()) {
    const { changes, found } = verdicts[at] ?? {};
    if (changes === undefined) continue;
    const id = found?.id ?? phone_number_id;
    examples.push({ place, phone_number_id: id, phone_number, changes: withoutFingerprints(changes) });
    if (examples.length === MOST_EXAMPLES) break;
  }
  return examples;
};

/**
 * Selects what a plan is over, each number with the version it has, and judges piece by piece what the change
 * would do, by the very rules that will be asked when it is run.
 */
export const createJudgePlan = (dependencies: JudgeDependencies): JobHandler => {
  const { database, held, kinds, limits } = dependencies;
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
      await addToPlan(tx, planId, { added: rows.length, refusals: refusalsOf(rows) });
      if (isLast) await beginJudging(tx, planId);
      return 'more';
    });

  const judgePiece = (
    planId: string,
    kind: Kind,
    context: RequestContext | null,
    size: number,
  ): Promise<Step> =>
    database.transaction(async (tx): Promise<Step> => {
      // First: whoever finishes it waits for those that are in hand.
      const plan = await sharePlan(tx, planId);
      if (plan === undefined) return 'over';
      const rows = await lockUnjudged(tx, planId, size);
      if (rows.length === 0) return 'over';
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
      const isOver = ({ planned }: Verdict) => planned !== 'created' && planned !== 'changed';
      await held.erase(
        tx,
        planId,
        rows.filter((_, at) => isOver(verdicts[at] ?? lost)).map(({ place }) => place),
      );
      await addToPlan(tx, planId, {
        tally: tallyOf(verdicts),
        refusals: verdicts.flatMap(({ planned, reason = noReason }) =>
          planned === 'refused' ? [reason] : [],
        ),
        examples: examplesOf(rows, verdicts),
        replacedIn: plan.change.kind === 'replace_agent' ? replacedInOf(verdicts) : undefined,
      });
      return 'more';
    });

  /** Ready, unless somebody still has rows in hand. */
  const finish = (planId: string): Promise<Step> =>
    database.transaction(async (tx): Promise<Step> => {
      const plan = await lockPlan(tx, planId);
      if (plan === undefined) return 'over';
      if (await hasUnjudged(tx, planId)) return 'wait';
      await finishJudging(tx, planId);
      return 'over';
    });

  const doPart: DoPart = async (planId) => {
    const plan = await selectPlan(database, planId);
    if (plan === undefined || plan.state === 'ready') return 'over';
    const kind = kinds.of(plan.change.kind);
    // Its rows are brought in by somebody else.
    if (plan.state === 'selecting' && kind.select === undefined) return 'over';
    if (plan.state === 'selecting') return select(planId, kind as Required<Kind>);
    const context = await actingFor(dependencies, plan);
    const steps = await sizes.measured(planId, (size) =>
      inLanes(database, () => judgePiece(planId, kind, context, size)),
    );
    return steps.includes('more') ? 'more' : finish(planId);
  };

  /** What could not be judged is refused, so that the plan comes to its end. */
  const giveUp = async (planId: string): Promise<void> => {
    const refuse = (tx: Transaction) =>
      refuseUnjudged(tx, planId, unjudged, GIVEN_UP_AT_ONCE).then(async (count) => {
        await addToPlan(tx, planId, { refusals: Array.from({ length: count }, () => unjudged) });
        return count;
      });
    while ((await database.transaction(refuse)) === GIVEN_UP_AT_ONCE);
    await finish(planId);
  };

  return { doPart, giveUp };
};
