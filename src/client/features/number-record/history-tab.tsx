import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import { ErrorPanel } from '#client/components/error-panel.tsx';
import { RowsSkeleton } from '#client/components/page.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { AuditEventList } from '#client/features/audit-events/audit-event-list.tsx';
import { readHistory } from '#client/features/numbers/queries.ts';
import { phoneNumbersKey } from '#client/features/numbers/records.ts';
import { useMay } from '#client/features/sessions/queries.ts';
import { RestoreField, RestoreVersion } from './history-acts.tsx';

const PAGE_EVENTS = 20;

/** Who did what to this number, newest first; and the way back to what it was. */
export const HistoryTab = ({ record }: { record: PhoneNumber }) => {
  const mayRestore = useMay('operator') && record.deleted_at === undefined;
  const history = useInfiniteQuery({
    queryKey: [...phoneNumbersKey, 'history', record._id, record.version],
    queryFn: ({ pageParam, signal }) => readHistory(record._id, PAGE_EVENTS, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next_page_token }) => next_page_token ?? undefined,
    placeholderData: keepPreviousData,
    // A reveal is an event and no new version: what is read is read anew with each look.
    staleTime: 0,
    gcTime: 10_000,
  });
  if (history.isPending) return <RowsSkeleton rows={5} />;
  if (history.data === undefined)
    return <ErrorPanel error={history.error} onRetry={() => void history.refetch()} />;
  return (
    <div className="sm:px-2">
      <AuditEventList
        events={history.data.pages.flatMap((page) => page.audit_events)}
        showSubject={false}
        {...(mayRestore && {
          actions: (event) => <RestoreVersion record={record} event={event} />,
          fieldActions: (event, field) => <RestoreField record={record} event={event} field={field} />,
        })}
      />
      {history.hasNextPage && (
        <div className="px-4 py-3">
          <Button
            variant="outline"
            isBusy={history.isFetchingNextPage}
            onClick={() => void history.fetchNextPage()}
          >
            Show earlier
          </Button>
        </div>
      )}
    </div>
  );
};
