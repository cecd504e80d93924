import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { ApiError } from '#client/api/api-error.ts';
import { EmptyState } from '#client/components/empty-state.tsx';
import { ErrorPanel } from '#client/components/error-panel.tsx';
import { Page, RowsSkeleton } from '#client/components/page.tsx';
import { buttonVariants } from '#client/components/ui/button.tsx';
import { ImportCheck } from './import-check.tsx';
import { importQuery } from './plan/queries.ts';
import { ImportRun } from './import-run.tsx';

const isGone = (error: unknown) =>
  error instanceof ApiError &&
  (error.status === 404 || error.status === 422 || error.code === 'plan_expired');

const Gone = () => (
  <EmptyState
    title="This import is not here"
    action={
      <Link href="/imports/new" className={buttonVariants({ variant: 'default' })}>
        Import a file
      </Link>
    }
  >
    An import that was not run is kept for a day, and only whoever made it sees it. Nothing of this one was
    changed.
  </EmptyState>
);

/** An import from its address: being looked at, ready to be run, or run. */
export const PlannedImport = ({ importId }: { importId: string }) => {
  const { data: plan, error, refetch } = useQuery(importQuery(importId));
  if (plan === undefined || isGone(error))
    return (
      <Page title="Import numbers">
        {isGone(error) ? (
          <Gone />
        ) : error ? (
          <ErrorPanel error={error} onRetry={() => void refetch()} />
        ) : (
          <RowsSkeleton />
        )}
      </Page>
    );
  return plan.bulk_job_id === null ? (
    <ImportCheck plan={plan} />
  ) : (
    <ImportRun plan={plan} jobId={plan.bulk_job_id} />
  );
};
