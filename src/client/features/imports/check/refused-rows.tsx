import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Import, ImportRowError, ImportRowList } from '#contract/bulk/imports.ts';
import { toApiError } from '#client/api/api-error.ts';
import { RowsSkeleton } from '#client/components/page.tsx';
import { Table, Td, Th, Tr } from '#client/components/table.tsx';
import { Button } from '#client/components/ui/button.tsx';
import type { FileInHand } from '#client/features/imports/csv/read-head.ts';
import { refusedRowsQuery, ROWS } from '#client/features/imports/plan/queries.ts';
import { formatCount } from '#client/lib/words/format.ts';
import { consoleWords } from '#client/features/imports/plan/console-words.ts';
import { RefusalGroups } from './refusal-groups.tsx';
import { SaveRefused } from './save-refused.tsx';

const Value = ({ value }: { value: string | null }) =>
  value === null || value === '' ? (
    <span className="text-ink-3">—</span>
  ) : (
    <mark className="line-clamp-3 w-fit bg-harm-wash px-1 font-mono text-xs wrap-anywhere whitespace-pre-wrap">
      <bdi>{value}</bdi>
    </mark>
  );

const ErrorRow = ({ line, error }: { line: number | null; error: ImportRowError }) => (
  <Tr>
    <Td className="pl-0! text-ink-3 tabular-nums">
      <span className="block py-2.5">{line === null ? '' : formatCount(line)}</span>
    </Td>
    <Td className="max-sm:hidden">
      <bdi className="block py-2.5 wrap-anywhere">{error.column ?? 'The row'}</bdi>
    </Td>
    <Td>
      <span className="grid gap-0.5 py-2.5">
        <bdi className="text-xs text-ink-3 wrap-anywhere sm:hidden">{error.column ?? 'The row'}</bdi>
        <Value value={error.value} />
      </span>
    </Td>
    <Td>
      <span className="block py-2.5 text-ink-2 wrap-anywhere">{consoleWords(error.message)}</span>
    </Td>
  </Tr>
);

const RowTable = ({ rows }: { rows: ImportRowList['rows'] }) => (
  <Table aria-label="Refused rows" className="table-fixed">
    <thead>
      <tr>
        <Th className="w-13 pl-0!">Line</Th>
        <Th className="w-48 max-sm:hidden">Column</Th>
        <Th className="w-32 sm:w-56">Value</Th>
        <Th>What is wrong with it</Th>
      </tr>
    </thead>
    <tbody>
      {rows.flatMap(({ line, errors }) =>
        errors.map((error, at) => (
          <ErrorRow
            key={`${line} ${error.column ?? ''} ${error.code}`}
            line={at === 0 ? line : null}
            error={error}
          />
        )),
      )}
    </tbody>
  </Table>
);

/** Every refused row, its place and reason, and the way to repair them all. */
export const RefusedRows = ({ plan, file }: { plan: Import; file: FileInHand | null }) => {
  const [code, setCode] = useState<string | null>(null);
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } =
    useInfiniteQuery(refusedRowsQuery(plan, code));
  const rows = data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <section aria-labelledby="import-refused" className="grid grid-cols-[minmax(0,1fr)] gap-1">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <h2 id="import-refused" tabIndex={-1} className="font-semibold outline-hidden">
          Refused
        </h2>
        <SaveRefused plan={plan} file={file} />
      </div>
      {plan.counts.refused > ROWS && <RefusalGroups refusals={plan.refusals} code={code} onCode={setCode} />}
      {isPending && <RowsSkeleton rows={4} />}
      {rows.length > 0 && <RowTable rows={rows} />}
      {error && (
        <p role="alert" className="text-harm">
          {toApiError(error).detail}{' '}
          <Button variant="link" onClick={() => void refetch()}>
            Try again
          </Button>
        </p>
      )}
      {hasNextPage && (
        <div className="py-3">
          <Button variant="outline" isBusy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
    </section>
  );
};
