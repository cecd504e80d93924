import { Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { DataGrid, type DataGridHandle } from '#client/components/data-grid/data-grid.tsx';
import { ErrorPanel } from '#client/components/error-panel.tsx';
import { Button } from '#client/components/ui/button.tsx';
import { useAgents } from '#client/features/agents/queries.ts';
import { useMay, useMayReveal, useMe } from '#client/features/sessions/queries.ts';
import { noteNumberCount } from '#client/features/number-count/queries.ts';
import { useKeys } from '#client/lib/keyboard.ts';
import { lazyPart } from '#client/lib/lazy-part.ts';
import { goTo, useConsoleSearch } from '#client/lib/location.ts';
import { usePageTitle } from '#client/lib/page-title.ts';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import type { PhoneNumberSortField } from '#contract/numbers/list/list-filters.ts';
import type { View } from '#contract/views.ts';
import { agentsById, type Direction } from '#client/features/numbers/agent-faces.ts';
import type { MenuWanted } from './assign-menu.tsx';
import { phoneNumberColumns } from './columns.tsx';
import { FilterBar } from '#client/features/number-list/filters/filter-bar.tsx';
import { ListMenu } from '#client/features/number-list/export/list-menu.tsx';
import { ListCount } from './list-count.tsx';
import {
  activeFilters,
  nextSort,
  phoneNumberHref,
  readListFilters,
  searchOf,
  type FilterChanges,
  type FilterName,
  type ListFilters,
} from '#client/features/numbers/list-url.ts';
import { SearchBox, type SearchBoxHandle } from './search-box.tsx';
import type { ShownList } from '#client/features/number-list/selection/selection.ts';
import { useSelecting } from '#client/features/number-list/selection/use-selecting.ts';
import { SelectionSlot } from '#client/features/number-list/selection/selection-slot.tsx';
import {
  chosenColumns,
  columnsIn,
  columnsToChoose,
  layOut,
} from '#client/features/number-list/shown-columns/lay-out.ts';
import { useDeletedColumns } from './use-deleted-columns.ts';
import { useLiveList } from './use-live-list.ts';
import { usePhoneNumberPages } from './use-phone-number-pages.ts';
import { useSheetRoute } from './use-sheet-route.ts';

const loadSheet = () => import('#client/features/number-record/phone-number-sheet.tsx');
const loadAgentMenu = () => import('./assign-menu.tsx');
const PhoneNumberSheet = lazyPart(() => loadSheet().then((file) => ({ default: file.PhoneNumberSheet })));
const AssignMenu = lazyPart(() => loadAgentMenu().then((file) => ({ default: file.AssignMenu })));

// For an address that says more than the filters do; most say just that.
const loadMending = () => import('#client/features/numbers/mend-list-search.ts');
const loadNotice = () => import('./list-notice.tsx');
const ViewMenu = lazyPart(() =>
  import('#client/features/views/view-menu.tsx').then((file) => ({ default: file.ViewMenu })),
);
const NoMatch = lazyPart(() => loadNotice().then((file) => ({ default: file.NoMatch })));
const NoNumbers = lazyPart(() => loadNotice().then((file) => ({ default: file.NoNumbers })));

// Rows of the right height while nothing is known yet.
const LOADING_ROWS = 24;

const keyOf = ({ _id }: PhoneNumber) => _id;

const onIntent = () => {
  void loadSheet();
  void loadAgentMenu();
};

/** Every label that is pressed narrows further. */
const withLabel = (labels: readonly string[] = [], label: string) =>
  labels.some((other) => other.toLowerCase() === label.toLowerCase())
    ? labels
    : [...labels, label].toSorted();

const onAddIntent = () => void loadSheet();

const useFilters = () => {
  const search = useConsoleSearch();
  useEffect(() => {
    if (search !== searchOf(readListFilters(search)))
      void loadMending().then(({ mendListAddress }) => mendListAddress(search));
  }, [search]);
  const mayReveal = useMayReveal();
  const filters = useMemo((): ListFilters => {
    const { fingerprint, ...others } = readListFilters(search);
    // An address may have come from someone who may see more.
    return mayReveal && fingerprint !== undefined ? { ...others, fingerprint } : others;
  }, [search, mayReveal]);
  const change = useCallback(
    (changes: FilterChanges) => {
      // Typing and choosing are one look at the list: Back leaves it, and does not undo it letter by letter.
      goTo(`${location.pathname}${searchOf({ ...filters, ...changes } as ListFilters)}`, {
        replace: true,
        state: history.state,
      });
    },
    [filters],
  );
  return [filters, change] as const;
};

interface PhoneNumbersPageProps {
  openId: string | null;
  isAdding: boolean;
}

/** The numbers: found, reassigned in their row, opened in a sheet above. */
export const PhoneNumbersPage = ({ openId, isAdding }: PhoneNumbersPageProps) => {
  usePageTitle('Numbers');
  const [filters, changeFilters] = useFilters();
  const list = usePhoneNumberPages(filters);
  useLiveList(list.shownFilters, list.requestedPages, list.answersUntil);
  const { answeringOf } = list;
  const agentList = useAgents().data;
  const agents = useMemo(() => agentsById(agentList), [agentList]);
  const mayEdit = useMay('operator');
  const isDeleted = list.shownFilters.deleted !== undefined;
  const mayAssign = mayEdit && !isDeleted;
  const isSheetOpen = openId !== null || isAdding;
  const sheet = useSheetRoute(filters, isSheetOpen);
  const { open: openSheet } = sheet;

  const grid = useRef<DataGridHandle>(null);
  const searchBox = useRef<SearchBoxHandle>(null);
  const [menu, setMenu] = useState<MenuWanted | null>(null);
  const openMenu = useCallback(
    (record: PhoneNumber, direction: Direction, anchor: HTMLElement) =>
      setMenu((before) => (before?.anchor === anchor ? null : { record, direction, anchor })),
    [],
  );
  const openRecord = useCallback(({ _id }: PhoneNumber) => openSheet(_id), [openSheet]);

  const columns = useMemo(
    () =>
      phoneNumberColumns({
        agents,
        answeringOf,
        mayEdit: mayAssign,
        hrefOf: (id) => phoneNumberHref(id, filters),
        onOpen: openRecord,
        onAssign: openMenu,
        onLabel: (label) => changeFilters({ label_all: withLabel(filters.label_all, label) }),
      }),
    [agents, answeringOf, mayAssign, filters, changeFilters, openRecord, openMenu],
  );
  const shownColumns = useDeletedColumns(columns, isDeleted);
  const [view, setView] = useState<View | null>(null);
  const chosen = chosenColumns(list.shownFilters, view, useMe());
  const layoutNow = () => grid.current?.layout ?? 'wide';
  const layouts = useMemo(() => layOut(shownColumns, chosen), [shownColumns, chosen]);
  const { keys: selectKeys, ...selecting } = useSelecting(mayEdit, layouts, list.rowAt, () =>
    searchBox.current?.focus(),
  );
  const assignByKey = (direction: Direction) => (record: PhoneNumber, row: HTMLElement) => {
    // Not every list shows both agents: the menu of one that it does not opens at the number.
    const anchor = row.querySelector<HTMLElement>(`[data-direction=${direction}]`) ?? row.querySelector('a');
    if (mayAssign && anchor) openMenu(record, direction, anchor);
  };

  // Before anything has the focus, and wherever it was lost, the keys of the list lead into it.
  const enterList = () => grid.current?.focus();
  const walk = (step: 1 | -1) => {
    const at = openId === null ? undefined : list.indexOfKey(openId);
    if (at === undefined || at + step < 0 || at + step >= list.shownRows) return;
    grid.current?.show(at + step);
    const next = list.rowAt(at + step);
    if (next) openRecord(next);
  };
  useKeys(
    isSheetOpen
      ? { j: () => walk(1), k: () => walk(-1) }
      : {
          '/': () => searchBox.current?.focus(),
          j: enterList,
          k: enterList,
          ...(mayEdit && { n: sheet.add }),
        },
  );
  const isWhole = activeFilters(list.shownFilters).length === 0;
  const { total, isExact, count } = list;
  const shownTotal = count.isEndSeen ? count.rows : total;
  useEffect(() => {
    if (isWhole && total !== undefined) noteNumberCount({ count: total, isExact });
  }, [isWhole, total, isExact]);

  const { rowAt, indexOfKey, shownFilters, shownRows, readPage } = list;
  const shownList = useMemo<ShownList>(
    () => ({
      filters: shownFilters,
      total: shownTotal,
      isExact: isExact || count.isEndSeen,
      rows: shownRows,
      rowAt,
      indexOfKey,
      readPage,
    }),
    [shownFilters, shownTotal, isExact, count.isEndSeen, shownRows, rowAt, indexOfKey, readPage],
  );

  const isEmpty = !list.isLoading && list.error === null && list.shownRows === 0;
  const drop = (names: readonly FilterName[]) =>
    changeFilters(Object.fromEntries(names.map((name) => [name, undefined])));

  return (
    <>
      <search className="flex shrink-0 flex-wrap items-center gap-2 border-b px-4 py-2.5">
        {/* A narrower bar has room for its tools alone. */}
        <h1 className="mr-2 text-base font-semibold tracking-tight max-lg:sr-only">Numbers</h1>
        <SearchBox
          ref={searchBox}
          value={filters.q ?? ''}
          onSearch={(q) => changeFilters({ q: q || undefined })}
          onLeave={() => grid.current?.focus()}
        />
        {/* A line of its own that scrolls, where the screen is narrow. */}
        <div className="contents max-sm:relative max-sm:order-1 max-sm:-my-1 max-sm:flex max-sm:w-full max-sm:gap-2 max-sm:overflow-x-auto max-sm:py-1">
          <FilterBar
            filters={filters}
            agents={agents}
            columns={columnsIn('wide', chosen)}
            onFilter={changeFilters}
          />
          <Suspense>
            {activeFilters(filters).length > 0 && filters.fingerprint === undefined && (
              <ViewMenu
                filters={filters}
                columnsNow={() => columnsToChoose(layoutNow(), chosen)}
                onView={setView}
              />
            )}
          </Suspense>
          <ListCount
            count={shownTotal}
            isExact={isExact || count.isEndSeen}
            isBusy={list.isStale || list.isLoading}
          />
        </div>
        {!isDeleted && (
          <ListMenu
            filters={list.shownFilters}
            count={shownTotal}
            isExact={isExact || count.isEndSeen}
            view={view}
            layoutNow={layoutNow}
          />
        )}
        {mayEdit && (
          <Button
            onClick={sheet.add}
            onPointerEnter={onAddIntent}
            onFocus={onAddIntent}
            aria-keyshortcuts="n"
          >
            <span>
              Add<span className="max-sm:sr-only"> number</span>
            </span>
          </Button>
        )}
      </search>
      {list.failed.length > 0 && !list.error && (
        <p role="alert" className="flex items-center gap-3 border-b bg-harm-wash px-4 py-1.5 text-harm">
          Some rows could not be read.
          <Button size="sm" variant="outline" onClick={() => void list.retry()}>
            Try again
          </Button>
        </p>
      )}
      {list.error && (
        <ErrorPanel error={list.error} onRetry={() => void list.retry()}>
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
            <NoNumbers mayAdd={mayEdit} onAdd={sheet.add} hasAgents={agentList?.length !== 0} />
          ) : (
            <NoMatch filters={list.shownFilters} onDrop={drop} />
          ))}
      </Suspense>
      {!isEmpty && !list.error && (
        <DataGrid
          ref={grid}
          label="Phone numbers"
          {...selecting}
          listKey={searchOf(list.shownFilters)}
          rowCount={list.isLoading ? LOADING_ROWS : list.shownRows}
          isSeekingEnd={count.isSeeking}
          isStale={list.isStale}
          rowAt={list.rowAt}
          keyOf={keyOf}
          indexOfKey={list.indexOfKey}
          currentKey={openId}
          sort={list.shownFilters.sort}
          onSort={(by) => changeFilters({ sort: nextSort(filters.sort, by as PhoneNumberSortField) })}
          onWindow={list.want}
          onOpen={openRecord}
          onIntent={onIntent}
          keys={{ a: assignByKey('inbound'), A: assignByKey('outbound'), ...selectKeys }}
        />
      )}
      {mayEdit && <SelectionSlot list={shownList} onLeave={() => grid.current?.focus()} />}
      <Suspense>{menu && <AssignMenu {...menu} onClose={() => setMenu(null)} />}</Suspense>
      <Suspense>
        <SheetSlot
          openId={openId}
          isAdding={isAdding}
          filters={filters}
          onClose={sheet.close}
          onShow={openSheet}
          onClosed={() => grid.current?.focus()}
        />
      </Suspense>
    </>
  );
};

interface SheetSlotProps extends PhoneNumbersPageProps {
  filters: ListFilters;
  onClose: () => void;
  onShow: (id: string) => void;
  onClosed: () => void;
}

/**
 * Nothing of the sheet is fetched before the first one opens; from then on it stays, to close with its
 * motion.
 */
const SheetSlot = (props: SheetSlotProps) => {
  const isOpen = props.openId !== null || props.isAdding;
  const [wasOpened, setWasOpened] = useState(isOpen);
  if (isOpen && !wasOpened) setWasOpened(true);
  return wasOpened && <PhoneNumberSheet {...props} />;
};
