import { useQuery } from '@tanstack/react-query';
import { ApiError } from '#client/api/api-error.ts';
import { ErrorPanel } from '#client/components/error-panel.tsx';
import { GonePage } from '#client/components/gone-page.tsx';
import { Page, RowsSkeleton } from '#client/components/page.tsx';
import { ImportCheck } from './import-check.tsx';
import { importQuery } from './plan/queries.ts';
import { ImportRun } from './import-run.tsx';

const isGone = (error: unknown) =>
  error instanceof ApiError &&
  (error.status === 404 || error.status === 422 || error.code === 'plan_expired');

const Gone = () => (
  <GonePage
    page="Import numbers"
    title="This import is not here"
    onward={{ words: 'Import a file', href: '/imports/new' }}
  >
    An import that was not run is kept for a day, and only whoever made it sees it. Nothing of this one was
    changed.
  </GonePage>
);

/** An import from its address: being looked at, ready to be run, or run. */
export const PlannedImport = ({ importId }: { importId: string }) => {
  const { data: plan, error, refetch } = useQuery(importQuery(importId));
  if (isGone(error)) return <Gone />;
  if (plan === undefined)
    return (
      <Page title="Import numbers">
        {error ? <ErrorPanel error={error} onRetry={() => void refetch()} /> : <RowsSkeleton />}
      </Page>
    );
  return plan.bulk_job_id === null ? (
    <ImportCheck plan={plan} />
  ) : (
    <ImportRun plan={plan} jobId={plan.bulk_job_id} />
  );
};
