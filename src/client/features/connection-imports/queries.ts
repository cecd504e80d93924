import { infiniteQueryOptions, queryOptions, useMutation } from '@tanstack/react-query';
import type { ConnectionImportFinding } from '#contract/bulk/connection-imports.ts';
import { call } from '#client/api/call.ts';
import { jobQuery, jobsKey } from '#client/features/bulk/queries.ts';
import { noteStarted } from '#client/features/bulk/started-here.ts';
import { connectionImportKey } from '#client/features/connections/plan-import.ts';

// Whoever waits for an account of ten numbers or of ten thousand sees it move.
const EVERY_MS = 700;

export interface ImportPlace {
  connection_id: string;
  plan_id: string;
}

export const connectionImportQuery = ({ connection_id, plan_id }: ImportPlace) =>
  queryOptions({
    queryKey: connectionImportKey(plan_id),
    queryFn: ({ signal }) =>
      call('GET /v1/connections/{connection_id}/import/{plan_id}', {
        params: { connection_id, plan_id },
        signal,
      }),
    refetchInterval: ({ state }) =>
      state.data?.state === 'reading' || state.data?.state === 'judging' ? EVERY_MS : false,
    retry: false,
  });

const ROWS = 50;

/** The numbers of an import in the order of the account, of one group alone. */
export const importRowsQuery = ({ connection_id, plan_id }: ImportPlace, outcome: ConnectionImportFinding) =>
  infiniteQueryOptions({
    queryKey: [...connectionImportKey(plan_id), 'rows', outcome],
    queryFn: ({ pageParam, signal }) =>
      call('GET /v1/connections/{connection_id}/import/{plan_id}/rows', {
        params: { connection_id, plan_id },
        query: { outcome, page_size: ROWS, page_token: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next_page_token: next }) => next ?? undefined,
  });

/** Runs an import. Asked again, as after an answer that was lost, it is the same job. */
export const useRunConnectionImport = () =>
  useMutation({
    mutationFn: ({ connection_id, plan_id }: ImportPlace) =>
      call('POST /v1/connections/{connection_id}/import', { params: { connection_id }, body: { plan_id } }),
    onSuccess: (job, _, __, { client }) => {
      noteStarted(job.bulk_job_id);
      client.setQueryData(jobQuery(job.bulk_job_id).queryKey, (known) => known && { ...known, ...job });
      void client.invalidateQueries({ queryKey: jobsKey });
    },
  });
