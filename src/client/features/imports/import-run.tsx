import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { Link } from 'wouter';
import type { Import } from '#contract/bulk/imports.ts';
import { ErrorPanel } from '#client/components/error-panel.tsx';
import { RowsSkeleton } from '#client/components/page.tsx';
import { buttonVariants } from '#client/components/ui/button.tsx';
import { CancelJob } from '#client/features/bulk/cancel-job.tsx';
import { RefusedRows } from './check/refused-rows.tsx';
import { heldFor, takeNext } from './file/held.ts';
import { ImportFrame } from './import-frame.tsx';
import { usualChoices } from './plan/choices.ts';
import { jobQuery } from './plan/queries.ts';
import { JobState } from './run/job-state.tsx';

/** The third step: how far it is, what came of it, and where to go from here. */
export const ImportRun = ({ plan, jobId }: { plan: Import; jobId: string }) => {
  const { data: job, error, refetch } = useQuery(jobQuery(jobId));
  const isEnded = job?.ended_at !== null && job !== undefined;
  const result = useRef<HTMLDivElement>(null);
  useEffect(() => result.current?.focus({ preventScroll: true }), []);
  return (
    <ImportFrame
      step="Import"
      isOff={!isEnded}
      onTake={(name, blob) => takeNext({ name, blob, choices: usualChoices })}
    >
      {() => (
        <>
          <div ref={result} tabIndex={-1} className="outline-hidden">
            {job !== undefined ? (
              <JobState job={job} plan={plan} />
            ) : error ? (
              <ErrorPanel error={error} onRetry={() => void refetch()} />
            ) : (
              <RowsSkeleton rows={2} />
            )}
          </div>
          {job !== undefined && (
            <div className="flex flex-wrap gap-2">
              {isEnded && (
                <Link href="/numbers" className={buttonVariants({ variant: 'default' })}>
                  Show the numbers
                </Link>
              )}
              <Link href={`/jobs/${jobId}`} className={buttonVariants({ variant: 'outline' })}>
                {isEnded ? 'Outcomes and undo' : 'The job'}
              </Link>
              {!isEnded && <CancelJob job={job} />}
              {isEnded && (
                <Link href="/imports/new" className={buttonVariants({ variant: 'outline' })}>
                  Import another file
                </Link>
              )}
            </div>
          )}
          {isEnded && job.counts.refused > 0 && (
            <RefusedRows plan={plan} file={heldFor(plan.import_id)?.file ?? null} />
          )}
        </>
      )}
    </ImportFrame>
  );
};
