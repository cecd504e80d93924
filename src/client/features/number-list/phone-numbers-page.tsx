import { Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { DataGrid, type DataGridHandle } from '#client/components/data-grid/data-grid.tsx';
import { useAgents } from '#client/features/agents/queries.ts';
import { useMay, useMe } from '#client/features/sessions/queries.ts';
import { noteNumberCount } from '#client/features/number-count/queries.ts';
import { useKeys } from '#client/lib/keyboard.ts';
import { lazyPart } from '#client/lib/lazy-part.ts';
import { usePageTitle } from '#client/lib/page-title.ts';
import type { PhoneNumber } from '#contract/numbers/phone-numbers.ts';
import type { PhoneNumberSortField } from '#contract/numbers/list/list-filters.ts';
import type { View } from '#contract/views.ts';
import { agentsById, type Direction } from '#client/features/numbers/agent-faces.ts';
import type { MenuWanted } from './assign-menu.tsx';
import { phoneNumberColumns } from './columns.tsx';
import { activeFilters, nextSort, phoneNumberHref, searchOf } from '#client/features/numbers/list-url.ts';
import { ListToolbar } from './list-toolbar.tsx';
import { ListTrouble } from './list-trouble.tsx';
import type { SearchBoxHandle } from './search-box.tsx';
import { loadSheet, SheetSlot } from './sheet-slot.tsx';
import type { ShownList } from '#client/features/number-list/selection/selection.ts';
import { useSelecting } from '#client/features/number-list/selection/use-selecting.ts';
import { SelectionSlot } from '#client/features/number-list/selection/selection-slot.tsx';
import { chosenColumns, layOut } from '#client/features/number-list/shown-columns/lay-out.ts';
import { useDeletedColumns } from './use-deleted-columns.ts';
import { useListFilters, withLabel } from './use-list-filters.ts';
import { useLiveList } from './use-live-list.ts';
import { usePhoneNumberPages } from './use-phone-number-pages.ts';
import { useSheetRoute } from './use-sheet-route.ts';

const loadAgentMenu = () => import('./assign-menu.tsx');
const AssignMenu = lazyPart(() => loadAgentMenu().then((file) => ({ default: file.AssignMenu })));

// Rows of the right height while nothing is known yet.
const LOADING_ROWS = 24;

const keyOf = ({ _id }: PhoneNumber) => _id;

const onIntent = () => {
  void loadSheet();
  void loadAgentMenu();
};

interface PhoneNumbersPageProps {
  openId: string | null;
  isAdding: boolean;
}

/** The numbers: found, reassigned in their row, opened in a sheet above. */
export const PhoneNumbersPage = ({ openId, isAdding }: PhoneNumbersPageProps) => {
  usePageTitle('Numbers');
  const [filters, changeFilters] = useListFilters();
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

  const { rowAt, indexOfKey, shownFilters, shownRows, readPage, read } = list;
  const shownList = useMemo<ShownList>(
    () => ({
      filters: shownFilters,
      total: shownTotal,
      isExact: isExact || count.isEndSeen,
      rows: shownRows,
      read,
      rowAt,
      indexOfKey,
      readPage,
    }),
    [shownFilters, shownTotal, isExact, count.isEndSeen, shownRows, read, rowAt, indexOfKey, readPage],
  );

  const isEmpty = !list.isLoading && list.error === null && list.shownRows === 0;
  return (
    <>
      <ListToolbar
        searchBox={searchBox}
        filters={filters}
        onFilter={changeFilters}
        shown={shownList}
        isBusy={list.isStale || list.isLoading}
        agents={agents}
        chosen={chosen}
        view={view}
        onView={setView}
        layoutNow={layoutNow}
        onLeaveSearch={enterList}
        onAdd={sheet.add}
      />
      <ListTrouble
        filters={filters}
        shownFilters={list.shownFilters}
        error={list.error}
        hasFailedRows={list.failed.length > 0}
        isEmpty={isEmpty}
        mayAdd={mayEdit}
        hasAgents={agentList?.length !== 0}
        onRetry={() => void list.retry()}
        onFilter={changeFilters}
        onAdd={sheet.add}
      />
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
      {mayEdit && <SelectionSlot list={shownList} onLeave={enterList} />}
      <Suspense>{menu && <AssignMenu {...menu} onClose={() => setMenu(null)} />}</Suspense>
      <Suspense>
        <SheetSlot
          openId={openId}
          isAdding={isAdding}
          filters={filters}
          onClose={sheet.close}
          onShow={openSheet}
          onClosed={enterList}
        />
      </Suspense>
    </>
  );
};
