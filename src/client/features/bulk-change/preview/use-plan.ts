import { useEffect, useState } from 'react';
import type { BulkPlan } from '#contract/bulk/plans.ts';
import { toApiError, type ApiError } from '#client/api/api-error.ts';
import { makePlan, readPlan, type PlanRequest } from '#client/features/bulk/acts.ts';
import { useNow } from '#client/lib/use-now.ts';

const LOOK_EVERY_MS = 400;

const rest = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, LOOK_EVERY_MS);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });

/** A plan of a change, made as soon as it is shown and followed until it is judged. */
export const usePlan = (request: PlanRequest) => {
  const [plan, setPlan] = useState<BulkPlan | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [tries, setTries] = useState(1);
  const now = useNow();
  // One request a dialog: what it says does not change while it is shown.
  const [asked] = useState(request);

  useEffect(() => {
    const abort = new AbortController();
    const { signal } = abort;
    const follow = async () => {
      let read = await makePlan(asked, signal);
      setPlan(read);
      while (read.state !== 'ready' && !signal.aborted) {
        await rest(signal);
        // Each look is at what the one before has found unfinished.
        read = await readPlan(read.plan_id, signal);
        setPlan(read);
      }
    };
    follow().catch((thrown: unknown) => (signal.aborted ? undefined : setError(toApiError(thrown))));
    return () => abort.abort();
  }, [asked, tries]);

  return {
    /** Null until something is known of it. */
    plan,
    error,
    /** It was judged too long ago to be run. */
    isExpired: error?.code === 'plan_expired' || (plan !== null && Date.parse(plan.expires_at) <= now),
    /** Told what the server said of the plan when it was to be run. */
    refuse: setError,
    again: () => {
      setPlan(null);
      setError(null);
      setTries(tries + 1);
    },
  };
};
