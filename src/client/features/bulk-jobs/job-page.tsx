import { Suspense, useState } from 'react';
import { Link } from 'wouter';
import { ApiError } from '#client/api/api-error.ts';
import type { BulkJob, BulkJobDetail } from '#contract/bulk/jobs.ts';
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
  notDoneCount,
  outcomeWords,
  stateWords,
} from '#client/features/bulk/job-words.ts';
import { changeMany } from '#client/features/bulk/questions.ts';
import { useJob } from '#client/features/bulk/queries.ts';
import { NumberName } from '#client/features/numbers/number-name.tsx';
import { useMay, useMe } from '#client/features/sessions/queries.ts';
import { lazyPart } from '#client/lib/lazy-part.ts';
import { goTo, useConsoleSearch } from '#client/lib/location.ts';
import { exactTime, plural } from '#client/lib/words/format.ts';
import { durationWords } from '#routing/words/value-words.ts';
import { JobProgress } from './job-progress.tsx';
import { JobRows, OutcomeChips } from './job-rows.tsx';
import { SaveButton } from './save-button.tsx';
import { UndoRestButton } from './undo-rest-button.tsx';
import { useAgentName } from './use-agent-name.ts';

const UndoDialog = lazyPart(() => import('./undo-dialog.tsx').then((file) => ({ default: file.UndoDialog })));

const linkClass =
  'rounded-sm underline decoration-line-2 underline-offset-3 hover:decoration-current text-ink';

const Gone = () => (
  <GonePage page="Job" title="This job is not here" onward={{ words: 'All jobs', href: '/jobs' }}>
    The link is not right, or what became of its numbers is no longer kept.
  </GonePage>
);

const allJobs = { title: 'Jobs', href: '/jobs' };

const secondsOf = ({ started_at: from, ended_at: to }: BulkJob) =>
  from === null || to === null ? 0 : Math.round((Date.parse(to) - Date.parse(from)) / 1000);

/** How it ended, when, by whom it was started, and how it hangs together with other jobs. */
const Ended = ({ job }: { job: BulkJob }) => {
  const seconds = secondsOf(job);
  return (
    <div className="grid gap-0.5">
      <p className="font-medium wrap-anywhere">{outcomeWords(job)}</p>
      <p className="text-ink-2 wrap-anywhere">
        {stateWords(job)}, {exactTime(job.ended_at ?? '')} · <bdi>{job.actor.name}</bdi>
        {seconds > 0 && ` · in ${durationWords(seconds)}`}
        {job.undoes && (
          <>
            {' · takes back '}
            <Link href={jobHref(job.undoes)} className={linkClass}>
              this job
            </Link>
          </>
        )}
        {job.undone_by && (
          <>
            {' · taken back by '}
            <Link href={jobHref(job.undone_by)} className={linkClass}>
              this job
            </Link>
          </>
        )}
      </p>
      {job.kind === 'import' && notDoneCount(job) > 0 && (
        <p className="text-ink-2">
          For the rest,{' '}
          <Link href="/imports/new" className={linkClass}>
            import the file again
          </Link>
          , and choose what becomes of the numbers that are there by now.
        </p>
      )}
    </div>
  );
};

/** What was not there before has no before. */
const examplesTitle = ({ ended_at, examples }: BulkJobDetail): string => {
  const title = examples.every(({ phone_number_id: id }) => id === null) ? 'For example' : 'Before and after';
  return ended_at === null ? `${title}, as previewed` : title;
};

/** To where the rows of one's own file are told place by place, and saved to be repaired. */
const RefusedInImport = ({ job: { import_id, actor, counts, ended_at } }: { job: BulkJob }) => {
  const me = useMe();
  const isOwn = actor.kind === 'operator' && actor.id === me.operator_id;
  return (
    import_id !== null &&
    ended_at !== null &&
    counts.refused > 0 &&
    isOwn && (
      <p>
        <Link href={`/imports/${encodeURIComponent(import_id)}`} className={linkClass}>
          Look at the refused rows in the import
        </Link>
        <span className="text-ink-2">: each place that is wrong, and a file of them to repair.</span>
      </p>
    )
  );
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
