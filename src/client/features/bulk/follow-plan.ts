import type { BulkPlan } from '#contract/bulk/plans.ts';
import { makePlan, readPlan, type PlanRequest } from './acts.ts';

const LOOK_EVERY_MS = 400;

const rest = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, LOOK_EVERY_MS);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });

/** Has a plan made, and follows it until it is judged; `tell` hears how far it is. Aborted, it throws. */
export const followPlan = async (
  request: PlanRequest,
  signal: AbortSignal,
  tell: (plan: BulkPlan) => void = () => {},
): Promise<BulkPlan> => {
  let plan = await makePlan(request, signal);
  tell(plan);
  while (plan.state !== 'ready') {
    await rest(signal);
    // Each look is at what the one before has found unfinished.
    plan = await readPlan(plan.plan_id, signal);
    tell(plan);
  }
  return plan;
};
