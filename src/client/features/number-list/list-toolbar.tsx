import { Suspense, type Ref } from 'react';
import type { ListColumn } from '#contract/numbers/list/list-columns.ts';
import type { View } from '#contract/views.ts';
import type { GridLayout } from '#client/components/data-grid/use-grid-layout.ts';
import { Button } from '#client/components/ui/button.tsx';
import { ListMenu } from '#client/features/number-list/list-menu/list-menu.tsx';
import { FilterBar } from '#client/features/number-list/filters/filter-bar.tsx';
import type { Agents } from '#client/features/number-list/filters/filter-words.ts';
import { columnsIn, columnsToChoose } from '#client/features/number-list/shown-columns/lay-out.ts';
import { activeFilters, type FilterChanges, type ListFilters } from '#client/features/numbers/list-url.ts';
import { ViewMenuRoom } from '#client/features/views/view-menu-room.tsx';
import { useMay } from '#client/features/sessions/queries.ts';
import { classes } from '#client/lib/classes.ts';
import { lazyPart } from '#client/lib/lazy-part.ts';
import { ListCount } from './list-count.tsx';
import { SearchBox, type SearchBoxHandle } from './search-box.tsx';
import { loadSheet } from './sheet-slot.tsx';

const ViewMenu = lazyPart(() =>
  import('#client/features/views/view-menu.tsx').then((file) => ({ default: file.ViewMenu })),
);

const onAddIntent = () => void loadSheet();

interface ListToolbarProps {
  searchBox: Ref<SearchBoxHandle>;
  /** As the address has them; the list may still show the ones before. */
  filters: ListFilters;
  onFilter: (changes: FilterChanges) => void;
  shown: { filters: ListFilters; total: number | undefined; isExact: boolean };
  isBusy: boolean;
  agents: Agents;
  /** The columns that are chosen, null where none are. */
  chosen: readonly ListColumn[] | null;
  view: View | null;
  onView: (view: View | null) => void;
  layoutNow: () => GridLayout;
  /** From the search to the rows. */
  onLeaveSearch: () => void;
  onAdd: () => void;
}

/** What is searched for and filtered by, how many numbers that finds, and what can be done with the list. */
export const ListToolbar = ({
  searchBox,
  filters,
  onFilter,
  shown,
  isBusy,
  agents,
  chosen,
  view,
  onView,
  layoutNow,
  onLeaveSearch,
  onAdd,
}: ListToolbarProps) => {
  const mayEdit = useMay('operator');
  return (
    <search className="flex shrink-0 flex-wrap items-center gap-2 border-b px-4 py-2.5 min-[64rem]:flex-nowrap min-[64rem]:items-start">
      {/* A narrower bar has room for its tools alone. */}
      <h1 className="mr-2 text-base/8 font-semibold tracking-tight max-lg:sr-only">Numbers</h1>
      <SearchBox
        ref={searchBox}
        value={filters.q ?? ''}
        onSearch={(q) => onFilter({ q: q || undefined })}
        onLeave={onLeaveSearch}
      />
      {/* What is filtered by has a line of its own where the search would be crushed, and scrolls where it is narrow. */}
      <div className="relative flex min-w-0 items-start gap-2 max-[64rem]:order-1 max-[64rem]:w-full max-sm:-my-1 max-sm:overflow-x-auto max-sm:py-1 min-[64rem]:flex-auto">
        <div className="flex min-h-8 items-center gap-2 sm:min-w-0 sm:flex-wrap">
          <FilterBar
            filters={filters}
            agents={agents}
            columns={columnsIn('wide', chosen)}
            onFilter={onFilter}
          />
          <Suspense fallback={<ViewMenuRoom />}>
            {activeFilters(filters).length > 0 && filters.fingerprint === undefined && (
              <ViewMenu
                filters={filters}
                columnsNow={() => columnsToChoose(layoutNow(), chosen)}
                onView={onView}
              />
            )}
          </Suspense>
        </div>
        <ListCount count={shown.total} isExact={shown.isExact} isBusy={isBusy} />
      </div>
      <div
        className={classes('ml-auto flex gap-2', shown.filters.deleted !== undefined && 'min-[64rem]:pl-4')}
      >
        {shown.filters.deleted === undefined && (
          <ListMenu
            filters={shown.filters}
            count={shown.total}
            isExact={shown.isExact}
            view={view}
            layoutNow={layoutNow}
          />
        )}
        {mayEdit && (
          <Button onClick={onAdd} onPointerEnter={onAddIntent} onFocus={onAddIntent} aria-keyshortcuts="n">
            <span>
              Add<span className="max-sm:sr-only"> number</span>
            </span>
          </Button>
        )}
      </div>
    </search>
  );
};
