import { infiniteQueryOptions, queryOptions, useMutation } from '@tanstack/react-query';
import type { Import } from '#contract/bulk/imports.ts';
import type { BulkJob } from '#contract/bulk/jobs.ts';
import { call } from '#client/api/call.ts';

// Whoever waits for a file of a hundred rows or of a million sees it move.
const EVERY_MS = 700;

export const importQuery = (id: string) =>
  queryOptions({
    queryKey: ['import', id],
    queryFn: ({ signal }) => call('GET /v1/imports/{import_id}', { params: { import_id: id }, signal }),
    refetchInterval: ({ state }) => (state.data?.state === 'judging' ? EVERY_MS : false),
    retry: false,
  });

/** So many are read at once: fewer than that are seen at a glance. */
export const ROWS = 100;

/** The refused rows of an import in the order of the file; of one code alone, where one is given. */
export const refusedRowsQuery = ({ import_id: id, bulk_job_id: jobId }: Import, code: string | null) =>
  infiniteQueryOptions({
    // Once it has run, there may be more of them.
    queryKey: ['import-rows', id, jobId, code],
    queryFn: ({ pageParam, signal }) => readRefusedRows(id, code, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next_page_token: next }) => next ?? undefined,
  });

export const readRefusedRows = (
  id: string,
  code: string | null,
  page_token: string | undefined,
  signal: AbortSignal,
) =>
  call('GET /v1/imports/{import_id}/rows', {
    params: { import_id: id },
    query: { outcome: 'refused', code: code ?? undefined, page_size: ROWS, page_token },
    signal,
  });

export const runImport = (id: string): Promise<BulkJob> =>
  call('POST /v1/imports/{import_id}/run', { params: { import_id: id } });

export const useRunImport = () =>
  useMutation({
    mutationFn: runImport,
    onSuccess: (job, id, _, { client }) => {
      client.setQueryData(importQuery(id).queryKey, (before) =>
        before === undefined ? undefined : { ...before, bulk_job_id: job.bulk_job_id },
      );
      client.setQueryData(jobQuery(job.bulk_job_id).queryKey, (known) => known && { ...known, ...job });
    },
  });

const isUnderWay = ({ state }: BulkJob) => state === 'queued' || state === 'running';

/** The job that runs an import, until it has ended. */
export const jobQuery = (id: string) =>
  queryOptions({
    queryKey: ['bulk-jobs', 'one', id],
    queryFn: ({ signal }) => call('GET /v1/bulk-jobs/{bulk_job_id}', { params: { bulk_job_id: id }, signal }),
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? EVERY_MS : false),
  });
