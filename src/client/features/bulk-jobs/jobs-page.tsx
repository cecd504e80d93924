import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { BulkJob } from '#contract/bulk/jobs.ts';
import { useRefetchOnChange } from '#client/api/use-changes.ts';
import { EmptyState } from '#client/components/empty-state.tsx';
import { ErrorPanel } from '#client/components/error-panel.tsx';
import { Page, RowsSkeleton } from '#client/components/page.tsx';
import { RelativeTime } from '#client/components/relative-time.tsx';
import { Cut, Table, Td, Th, Tr } from '#client/components/table.tsx';
import { Button, buttonVariants } from '#client/components/ui/button.tsx';
import { jobHref, jobTitle, outcomeWords, stateWords } from '#client/features/bulk/job-words.ts';
import { jobListQuery, useJobsUnderWay } from '#client/features/bulk/queries.ts';
import { formatCount } from '#client/lib/words/format.ts';
import { JobProgress } from './job-progress.tsx';
import { useAgentName } from './use-agent-name.ts';

const ANEW_MS = 1000;

const JobLink = ({ job, agentName }: { job: BulkJob; agentName: (id: string) => string | undefined }) => (
  <Link
    href={jobHref(job.bulk_job_id)}
    className="rounded-sm py-1 font-medium wrap-anywhere underline decoration-transparent underline-offset-3 hover:decoration-line-3"
  >
    {jobTitle(job, agentName)}
  </Link>
);

/** What became of its numbers, and whether that still stands. */
const Became = ({ job }: { job: BulkJob }) => (
  <>
    {job.state !== 'done' && <span className="text-ink">{stateWords(job)}. </span>}
    {outcomeWords(job)}
    {job.undone_by !== null && <span className="text-ink">. Undone</span>}
  </>
);

const EndedJobs = ({
  jobs,
  agentName,
}: {
  jobs: readonly BulkJob[];
  agentName: (id: string) => string | undefined;
}) => (
  <Table aria-label="Ended jobs">
    <thead>
      <tr>
        <Th>Job</Th>
        <Th className="max-md:hidden">Numbers</Th>
        <Th className="max-sm:hidden">Started by</Th>
        <Th className="text-right">Ended</Th>
      </tr>
    </thead>
    <tbody>
      {jobs.map((job) => (
        <Tr key={job.bulk_job_id}>
          <Td className="w-full py-1.5 md:w-2/5">
            <JobLink job={job} agentName={agentName} />
            <span className="block text-ink-2 wrap-anywhere md:hidden">
              <Became job={job} />
            </span>
            <bdi className="block text-ink-3 wrap-anywhere sm:hidden">{job.actor.name}</bdi>
          </Td>
          <Td className="py-1.5 text-ink-2 wrap-anywhere max-md:hidden">
            <Became job={job} />
          </Td>
          <Td className="text-ink-2 max-sm:hidden">
            <Cut className="w-36">{job.actor.name}</Cut>
          </Td>
          <Td className="text-right whitespace-nowrap text-ink-2">
            <RelativeTime at={job.ended_at ?? job.created_at} />
          </Td>
        </Tr>
      ))}
    </tbody>
  </Table>
);

/** Every change of many numbers: those under way, then those that ended, newest first. */
export const JobsPage = () => {
  const agentName = useAgentName();
  const { data: underWay, dataUpdatedAt: readAt } = useJobsUnderWay();
  useRefetchOnChange(jobListQuery.queryKey, { bulk_job: 0 }, { everyMs: ANEW_MS });
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } =
    useInfiniteQuery(jobListQuery);
  const all = data?.pages.flatMap(({ bulk_jobs }) => bulk_jobs);
  const known = new Set(underWay?.map(({ bulk_job_id }) => bulk_job_id));
  const others = (all ?? []).filter(({ bulk_job_id }) => !known.has(bulk_job_id));
  // The two lists are read one after the other: a job between them stays where it was.
  const running = [...(underWay ?? []), ...others.filter(({ ended_at }) => ended_at === null)];
  const ended = others.filter(({ ended_at }) => ended_at !== null);
  return (
    <Page title="Jobs" tools={<span className="text-ink-2">Yours and others’</span>}>
      <output className="sr-only">{running.length > 0 && `${formatCount(running.length)} under way`}</output>
      {running.length > 0 && (
        <div className="grid max-w-240 grid-cols-[minmax(0,1fr)] gap-3 px-4 py-4">
          {running.map((job) => (
            <JobProgress
              key={job.bulk_job_id}
              job={job}
              readAt={readAt}
              title={<JobLink job={job} agentName={agentName} />}
            />
          ))}
        </div>
      )}
      {isPending && <RowsSkeleton />}
      {error && all === undefined && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {all && ended.length === 0 && running.length === 0 && (
        <EmptyState
          title="No jobs yet"
          action={
            <Link href="/numbers" className={buttonVariants({ variant: 'outline' })}>
              All numbers
            </Link>
          }
        >
          A change of many numbers at once is a job: it goes on by itself, and says here what became of each
          number. Select numbers in the list to begin one.
        </EmptyState>
      )}
      {ended.length > 0 && <EndedJobs jobs={ended} agentName={agentName} />}
      {hasNextPage && (
        <div className="p-4">
          <Button variant="outline" isBusy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Load more
          </Button>
        </div>
      )}
    </Page>
  );
};
