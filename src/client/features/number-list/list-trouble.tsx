import { Suspense } from 'react';
import { ErrorPanel } from '#client/components/error-panel.tsx';
import { Button } from '#client/components/ui/button.tsx';
import {
  activeFilters,
  type FilterChanges,
  type FilterName,
  type ListFilters,
} from '#client/features/numbers/list-url.ts';
import { lazyPart } from '#client/lib/lazy-part.ts';

const loadNotice = () => import('./list-notice.tsx');
const NoMatch = lazyPart(() => loadNotice().then((file) => ({ default: file.NoMatch })));
const NoNumbers = lazyPart(() => loadNotice().then((file) => ({ default: file.NoNumbers })));

interface ListTroubleProps {
  /** As the address has them, and as the list shows them. */
  filters: ListFilters;
  shownFilters: ListFilters;
  error: Error | null;
  hasFailedRows: boolean;
  isEmpty: boolean;
  mayAdd: boolean;
  hasAgents: boolean;
  onRetry: () => void;
  onFilter: (changes: FilterChanges) => void;
  onAdd: () => void;
}

/** What stands above the rows, or in their place, where the list is not as it should be. */
export const ListTrouble = ({
  filters,
  shownFilters,
  error,
  hasFailedRows,
  isEmpty,
  mayAdd,
  hasAgents,
  onRetry,
  onFilter,
  onAdd,
}: ListTroubleProps) => {
  const isWhole = activeFilters(shownFilters).length === 0;
  const drop = (names: readonly FilterName[]) =>
    onFilter(Object.fromEntries(names.map((name) => [name, undefined])));
  return (
    <>
      {hasFailedRows && error === null && (
        <p role="alert" className="flex items-center gap-3 border-b bg-harm-wash px-4 py-1.5 text-harm">
          Some rows could not be read.
          <Button size="sm" variant="outline" onClick={onRetry}>
            Try again
          </Button>
        </p>
      )}
      {error && (
        <ErrorPanel error={error} onRetry={onRetry}>
          {!isWhole && (
            <Button variant="outline" onClick={() => drop(activeFilters(filters))}>
              Clear every filter
            </Button>
          )}
        </ErrorPanel>
      )}
      <Suspense>
        {isEmpty &&
          (isWhole ? (
            <NoNumbers mayAdd={mayAdd} onAdd={onAdd} hasAgents={hasAgents} />
          ) : (
            <NoMatch filters={shownFilters} onDrop={drop} />
          ))}
      </Suspense>
    </>
  );
};
