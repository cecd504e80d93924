import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ConnectionImport, ConnectionImportChoices } from '#contract/bulk/connection-imports.ts';
import { ApiError, toApiError } from '#client/api/api-error.ts';
import { ErrorPanel } from '#client/components/error-panel.tsx';
import { FormError } from '#client/components/form/field.tsx';
import { GonePage } from '#client/components/gone-page.tsx';
import { Page, RowsSkeleton } from '#client/components/page.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { connectionImportHref, usePlanImport } from '#client/features/connections/plan-import.ts';
import { useConnectionNames } from '#client/features/connections/queries.ts';
import { goTo } from '#client/lib/location.ts';
import { plural } from '#client/lib/words/format.ts';
import { ImportChoices } from './import-choices.tsx';
import { ImportPlan } from './import-plan.tsx';
import { ImportRows } from './import-rows.tsx';
import { touchedBy } from './import-words.ts';
import { connectionImportQuery, useRunConnectionImport, type ImportPlace } from './queries.ts';

const parent = { title: 'Connections', href: '/connections' };

const Gone = () => (
  <GonePage
    page="Import"
    title="This preview is not here"
    onward={{ words: 'All connections', href: '/connections' }}
  >
    A preview that was not run is kept for a while, and only whoever made it sees it. Nothing of this one was
    changed. Begin another one at its connection.
  </GonePage>
);

const isSame = (a: ConnectionImportChoices, b: ConnectionImportChoices) =>
  a.different === b.different && a.new === b.new && a.agents === b.agents;

const Planned = ({ plan, name }: { plan: ConnectionImport; name: string }) => {
  const { connection_id, state, bulk_job_id: jobId } = plan;
  const [choices, setChoices] = useState(plan.choices);
  const planAgain = usePlanImport();
  const run = useRunConnectionImport();
  const isChanged = !isSame(choices, plan.choices);
  const touched = touchedBy(plan.counts);
  const isUnderWay = state === 'reading' || state === 'judging';

  const preview = () =>
    planAgain.mutate(
      { connection_id, choices },
      {
        onSuccess: (next) => goTo(connectionImportHref(next), { replace: true }),
      },
    );
  const begin = () => run.mutate(plan, { onSuccess: (job) => goTo(`/jobs/${job.bulk_job_id}`) });
  const error = planAgain.error ?? run.error;
  return (
    <Page
      title={`Import from ${name}`}
      parent={parent}
      action={
        jobId !== null ? (
          <Button onClick={() => goTo(`/jobs/${jobId}`)}>Show the job</Button>
        ) : isChanged || state === 'failed' ? (
          <Button isBusy={planAgain.isPending} onClick={preview}>
            Preview again
          </Button>
        ) : (
          <Button disabled={isUnderWay || touched === 0} isBusy={run.isPending} onClick={begin}>
            {isUnderWay
              ? 'Reading'
              : touched === 0
                ? 'Nothing to import'
                : `Import ${plural(touched, 'number')}`}
          </Button>
        )
      }
    >
      <div className="grid max-w-240 grid-cols-[minmax(0,1fr)] gap-6 px-4 py-5">
        <FormError messages={error === null ? [] : [toApiError(error).detail]} />
        <ImportChoices choices={choices} onChoose={setChoices} />
        {isChanged && (
          <p className="text-ink-2">You have chosen something else: preview again to see what comes of it.</p>
        )}
        <ImportPlan plan={plan} name={name} />
        {state === 'ready' && <ImportRows plan={plan} />}
      </div>
    </Page>
  );
};

/** What an account has, beside what is here; and what would become of it. */
export const ConnectionImportPage = (place: ImportPlace) => {
  const name = useConnectionNames()?.get(place.connection_id) ?? 'the platform';
  const { data: plan, error, refetch } = useQuery(connectionImportQuery(place));
  const isGone =
    error instanceof ApiError &&
    (error.status === 404 || error.status === 422 || error.code === 'plan_expired');
  if (isGone) return <Gone />;
  if (plan === undefined)
    return (
      <Page title="Import" parent={parent}>
        {error ? <ErrorPanel error={error} onRetry={() => void refetch()} /> : <RowsSkeleton />}
      </Page>
    );
  return <Planned key={plan.plan_id} plan={plan} name={name} />;
};
