import { Suspense, useState } from 'react';
import { ApiError } from '#client/api/api-error.ts';
import type { BulkJobDetail } from '#contract/bulk/jobs.ts';
import { ErrorPanel } from '#client/components/error-panel.tsx';
import { GonePage } from '#client/components/gone-page.tsx';
import { Page, RowsSkeleton } from '#client/components/page.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { ChangeExamples } from '#client/features/audit-events/change-examples.tsx';
import {
  againWords,
  isOutcome,
  isRetryable,
  isUndoable,
  isUndoToGoOn,
  jobHref,
  jobTitle,
  leftCount,
  outcomeWords,
  stateWords,
} from '#client/features/bulk/job-words.ts';
import { changeMany } from '#client/features/bulk/questions.ts';
import { useJob } from '#client/features/bulk/queries.ts';
import { NumberName } from '#client/features/numbers/number-name.tsx';
import { useMay } from '#client/features/sessions/queries.ts';
import { lazyPart } from '#client/lib/lazy-part.ts';
import { goTo, useConsoleSearch } from '#client/lib/location.ts';
import { plural } from '#client/lib/words/format.ts';
import { Ended, RefusedInImport, SelectedBy } from './job-facts.tsx';
import { JobProgress } from './job-progress.tsx';
import { JobRows, OutcomeChips } from './job-rows.tsx';
import { SaveButton } from './save-button.tsx';
import { UndoRestButton } from './undo-rest-button.tsx';
import { useAgentName } from './use-agent-name.ts';

const UndoDialog = lazyPart(() => import('./undo-dialog.tsx').then((file) => ({ default: file.UndoDialog })));

const Gone = () => (
  <GonePage page="Job" title="This job is not here" onward={{ words: 'All jobs', href: '/jobs' }}>
    The link is not right, or what became of its numbers is no longer kept.
  </GonePage>
);

const allJobs = { title: 'Jobs', href: '/jobs' };

/** What was not there before has no before. */
const examplesTitle = ({ ended_at, examples }: BulkJobDetail): string => {
  const title = examples.every(({ phone_number_id: id }) => id === null) ? 'For example' : 'Before and after';
  return ended_at === null ? `${title}, as previewed` : title;
};

const outcomeIn = (search: string) => {
  const given = new URLSearchParams(search).get('outcome') ?? '';
  return isOutcome(given) ? given : undefined;
};

/** One job: how far it is or how it ended, and what became of each number. */
export const JobPage = ({ jobId }: { jobId: string }) => {
  const mayUndo = useMay('operator');
  const agentName = useAgentName();
  const outcome = outcomeIn(useConsoleSearch());
  const { data: job, dataUpdatedAt: readAt, error, refetch } = useJob(jobId);
  const [isUndoing, setUndoing] = useState(false);
  if (job === undefined) {
    if (error instanceof ApiError && (error.status === 404 || error.status === 422)) return <Gone />;
    return (
      <Page title="Job" parent={allJobs}>
        {error ? <ErrorPanel error={error} onRetry={() => void refetch()} /> : <RowsSkeleton />}
      </Page>
    );
  }
  const title = jobTitle(job, agentName);
  const isEnded = job.ended_at !== null;
  return (
    <Page
      title={title}
      parent={allJobs}
      action={
        isEnded && (
          <>
            {mayUndo && isUndoable(job) && (
              <Button variant="outline" onClick={() => setUndoing(true)}>
                Undo…
              </Button>
            )}
            {mayUndo && isRetryable(job) && (
              <Button
                variant="outline"
                onClick={() =>
                  void changeMany({
                    selected: { words: `the ${plural(leftCount(job), 'number')} that this job left` },
                    ask: { title: `${title}, again`, retry: jobId },
                  })
                }
              >
                {againWords(job)}
              </Button>
            )}
            {mayUndo && job.undoes !== null && isUndoToGoOn(job) && (
              <UndoRestButton id={jobId} undoes={job.undoes} />
            )}
            <SaveButton job={job} title={title} outcome={outcome} />
          </>
        )
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 px-4 py-4">
        <output className="sr-only">{isEnded && `${stateWords(job)}. ${outcomeWords(job)}`}</output>
        {isEnded ? <Ended job={job} /> : <JobProgress {...{ job, readAt, title }} />}
        <SelectedBy job={job} />
        <ChangeExamples
          level={2}
          title={examplesTitle(job)}
          examples={job.examples.filter(({ changes }) => Object.keys(changes).length > 0)}
          numberOf={({ phone_number_id: id, phone_number, friendly_name }) => (
            <NumberName id={id} phoneNumber={phone_number} name={friendly_name} isLink />
          )}
        />
        <RefusedInImport job={job} />
        <OutcomeChips
          job={job}
          chosen={outcome}
          onChoose={(chosen) =>
            goTo(`${jobHref(jobId)}${chosen === undefined ? '' : `?outcome=${chosen}`}`, { replace: true })
          }
        />
        <div className="-mx-4">
          <JobRows job={job} outcome={outcome} />
        </div>
      </div>
      <Suspense>
        {isUndoing && <UndoDialog job={job} title={title} onClose={() => setUndoing(false)} />}
      </Suspense>
    </Page>
  );
};
