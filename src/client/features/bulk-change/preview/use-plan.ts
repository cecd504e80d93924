import { useEffect, useState } from 'react';
import type { BulkPlan } from '#contract/bulk/plans.ts';
import { toApiError, type ApiError } from '#client/api/api-error.ts';
import type { PlanRequest } from '#client/features/bulk/acts.ts';
import { followPlan } from '#client/features/bulk/follow-plan.ts';
import { useNow } from '#client/lib/use-now.ts';

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
    followPlan(asked, abort.signal, setPlan).catch((thrown: unknown) =>
      abort.signal.aborted ? undefined : setError(toApiError(thrown)),
    );
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
