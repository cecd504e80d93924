import { infiniteQueryOptions, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import type { BulkJob, BulkJobDetail } from '#contract/bulk/jobs.ts';
import type { RowOutcome } from '#contract/bulk/plans.ts';
import { call } from '#client/api/call.ts';
import { useRefetchOnChange } from '#client/api/use-changes.ts';

export const jobsKey = ['bulk-jobs'] as const;
const oneKey = (id: string) => [...jobsKey, 'one', id] as const;

// The server tells of a job's progress once a second; what is told is read at once.
const PROGRESS_MS = 250;
// Where nothing is told, as with a stream that is away.
const WITHOUT_WORD_MS = 10_000;

const isEnded = (job: BulkJob | undefined) => job?.ended_at !== null;

export const underWayQuery = queryOptions({
  queryKey: [...jobsKey, 'under-way'],
  queryFn: async ({ signal }) => {
    const states = ['running', 'queued'] as const;
    const lists = await Promise.all(
      states.map((state) => call('GET /v1/bulk-jobs', { query: { state, page_size: 100 }, signal })),
    );
    return lists.flatMap(({ bulk_jobs }) => bulk_jobs);
  },
  refetchInterval: ({ state }) => (state.data?.length ? WITHOUT_WORD_MS : false),
});

/** The jobs that go on by themselves now, of everybody. */
export const useJobsUnderWay = () => {
  useRefetchOnChange(underWayQuery.queryKey, { bulk_job: 0 }, { everyMs: PROGRESS_MS });
  return useQuery(underWayQuery);
};

export const jobQuery = (bulk_job_id: string) =>
  queryOptions({
    queryKey: oneKey(bulk_job_id),
    queryFn: ({ signal }) => call('GET /v1/bulk-jobs/{bulk_job_id}', { params: { bulk_job_id }, signal }),
    refetchInterval: ({ state }) => (isEnded(state.data) ? false : WITHOUT_WORD_MS),
  });

/** One job, kept true while it is shown; nothing while there is none. */
export const useJob = (jobId: string | null) => {
  const id = jobId ?? '';
  const client = useQueryClient();
  useRefetchOnChange(
    oneKey(id),
    { bulk_job: 0 },
    {
      everyMs: PROGRESS_MS,
      matters: (change) => ('ids' in change ? change.ids.includes(id) : change.id === id),
    },
  );
  return useQuery({
    ...jobQuery(id),
    enabled: jobId !== null,
    // One that was just started is known already, but for its examples.
    placeholderData: (): BulkJobDetail | undefined => {
      const jobs = client.getQueryData(underWayQuery.queryKey);
      const known = jobs?.find(({ bulk_job_id }) => bulk_job_id === id);
      return known && { ...known, examples: [], filter: null };
    },
  });
};

export const jobListQuery = infiniteQueryOptions({
  queryKey: [...jobsKey, 'list'],
  queryFn: ({ pageParam, signal }) =>
    call('GET /v1/bulk-jobs', { query: { page_size: 50, page_token: pageParam }, signal }),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: ({ next_page_token }) => next_page_token ?? undefined,
});

const ROWS = 50;

export const rowsKey = (id: string) => [...jobsKey, 'rows', id] as const;

/** What became of each number, in the order in which they were selected. */
export const jobRowsQuery = (bulk_job_id: string, outcome: RowOutcome | undefined) =>
  infiniteQueryOptions({
    queryKey: [...rowsKey(bulk_job_id), outcome ?? 'all'],
    queryFn: ({ pageParam, signal }) =>
      call('GET /v1/bulk-jobs/{bulk_job_id}/rows', {
        params: { bulk_job_id },
        query: { outcome, page_size: ROWS, page_token: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next_page_token }) => next_page_token ?? undefined,
  });

/** The numbers that a plan cannot change for one reason. */
export const refusedRowsQuery = (plan_id: string, code: string) =>
  infiniteQueryOptions({
    queryKey: ['bulk-plans', plan_id, 'refused', code],
    queryFn: ({ pageParam, signal }) =>
      call('GET /v1/bulk-plans/{plan_id}/rows', {
        params: { plan_id },
        query: { outcome: 'refused', code, page_size: ROWS, page_token: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next_page_token }) => next_page_token ?? undefined,
    gcTime: 10_000,
  });
