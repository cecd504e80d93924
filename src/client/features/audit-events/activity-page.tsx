import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { onChange as onStreamChange, onGap, onStart } from '#client/api/change-stream.ts';
import { EmptyState } from '#client/components/empty-state.tsx';
import { ErrorPanel } from '#client/components/error-panel.tsx';
import { Page, RowsSkeleton } from '#client/components/page.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { Notices } from '#client/features/notices/notices.tsx';
import { AdminOnly } from '#client/features/sessions/admin-only.tsx';
import { useConsoleSearch } from '#client/lib/location.ts';
import { useMendedSearch } from '#client/lib/address/mended-search.ts';
import { ActivityBar } from './activity-bar.tsx';
import {
  activityHref,
  mendActivitySearch,
  readActivityFilters,
  type ActivityFilters,
} from './activity-filters.ts';
import { AuditEventList } from './audit-event-list.tsx';
import { activityQuery } from './queries.ts';
import { isRestorable, RestoreDeleted } from './restore-deleted.tsx';

/** Newer events wait to be asked for: a log that moves while it is read cannot be read. */
const useNewer = () => {
  const client = useQueryClient();
  const [hasNewer, setNewer] = useState(false);
  useEffect(() => {
    const notice = () => setNewer(true);
    const stop = onStreamChange(notice);
    const stopGap = onGap(notice);
    const stopStart = onStart(() => void client.invalidateQueries({ queryKey: ['audit-events'] }));
    return () => {
      stop();
      stopGap();
      stopStart();
      // Whoever comes back later reads the log from its new top.
      client.removeQueries({ queryKey: ['audit-events'] });
    };
  }, [client]);
  const show = () => {
    setNewer(false);
    void client.resetQueries({ queryKey: ['audit-events'] });
  };
  return { hasNewer, show };
};

const ActivityLog = ({ filters, onClear }: { filters: ActivityFilters; onClear: () => void }) => {
  const {
    data,
    error,
    isPending,
    hasNextPage,
    isFetchingNextPage,
    isFetchNextPageError,
    fetchNextPage,
    refetch,
  } = useInfiniteQuery(activityQuery(filters));
  if (isPending) return <RowsSkeleton rows={10} />;
  if (data === undefined) return <ErrorPanel error={error} onRetry={() => void refetch()} />;
  const events = data.pages.flatMap(({ audit_events }) => audit_events);
  if (events.length === 0) {
    return activityHref(filters) === '/activity' ? (
      <EmptyState title="Nothing has happened yet">
        Every change, sign-in and reveal will be told here.
      </EmptyState>
    ) : (
      <EmptyState
        title="No event matches"
        action={
          <Button variant="outline" onClick={onClear}>
            Clear the filters
          </Button>
        }
      />
    );
  }
  return (
    <>
      <AuditEventList
        events={events}
        showSubject
        hasMore={hasNextPage}
        actions={(event) => isRestorable(event, events) && <RestoreDeleted event={event} />}
      />
      {isFetchNextPageError && <ErrorPanel error={error} onRetry={() => void fetchNextPage()} />}
      {hasNextPage && !isFetchNextPageError && (
        <div className="p-4">
          <Button variant="outline" isBusy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Load more
          </Button>
        </div>
      )}
    </>
  );
};

const Activity = () => {
  const [, go] = useLocation();
  const filters = readActivityFilters(useConsoleSearch());
  useMendedSearch(mendActivitySearch);
  const set = (next: ActivityFilters) => go(activityHref(next), { replace: true });
  const { hasNewer, show } = useNewer();
  return (
    <Page title="Activity" tools={<ActivityBar filters={filters} onChange={set} />}>
      {hasNewer && (
        // In the strip of the day's name, which goes along and holds nothing else to press.
        <div className="sticky top-0 z-20 flex h-0 justify-center">
          <Button variant="outline" size="sm" className="mt-px" onClick={show}>
            Show newer events
          </Button>
        </div>
      )}
      <ActivityLog filters={filters} onClear={() => set({})} />
    </Page>
  );
};

export const ActivityPage = () => (
  <AdminOnly>
    <Notices />
    <Activity />
  </AdminOnly>
);
