import { ChevronDownIcon } from 'lucide-react';
import { Suspense, useEffect, useState } from 'react';
import type { ListColumn } from '#contract/numbers/list/list-columns.ts';
import type { View } from '#contract/views.ts';
import { Button } from '#client/components/ui/button.tsx';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from '#client/components/ui/dropdown-menu.tsx';
import { listHref, type ListFilters } from '#client/features/numbers/list-url.ts';
import { useMe } from '#client/features/sessions/queries.ts';
import { classes } from '#client/lib/classes.ts';
import { lazyPart } from '#client/lib/lazy-part.ts';
import { useMayChange } from './acts.ts';
import { hrefOfView, useViews } from './queries.ts';
import { UpdateView } from './update-view.tsx';
import { narrowClass, ViewMenuRoom } from './view-menu-room.tsx';

const loadDialogs = () => import('./view-dialogs.tsx');
const NewView = lazyPart(() => loadDialogs().then((file) => ({ default: file.NewView })));
const EditView = lazyPart(() => loadDialogs().then((file) => ({ default: file.EditView })));
const DeleteView = lazyPart(() => loadDialogs().then((file) => ({ default: file.DeleteView })));

interface ViewMenuProps {
  filters: ListFilters;
  /** What the list shows now. */
  columnsNow: () => readonly ListColumn[];
  /** Which view is open, if any; none once this is gone. */
  onView: (view: View | null) => void;
}

/** Keeps what the list shows under a name; where it has one, that, with what may be done to it. */
export const ViewMenu = ({ filters, columnsNow, onView }: ViewMenuProps) => {
  const views = useViews();
  const me = useMe();
  const [asked, ask] = useState<'new' | 'edit' | 'delete' | null>(null);
  const same = views?.filter((each) => hrefOfView(each) === listHref(filters));
  const view = same?.find(({ owner }) => owner.id === me.operator_id) ?? same?.[0];
  const mayChange = useMayChange(view);
  const [openedId, setOpened] = useState<string | null>(null);
  if (view !== undefined && view.view_id !== openedId) setOpened(view.view_id);
  // What was opened, and is no more what the list shows.
  const left = view === undefined ? views?.find(({ view_id }) => view_id === openedId) : undefined;
  const mayUpdate = useMayChange(left);
  useEffect(() => onView(view ?? null), [onView, view]);
  useEffect(() => () => onView(null), [onView]);
  const close = () => ask(null);
  if (views === undefined) return <ViewMenuRoom />;
  return (
    <>
      {left !== undefined && mayUpdate && (
        <UpdateView view={left} filters={filters} columnsNow={columnsNow} />
      )}
      {(view === undefined || view.owner.id !== me.operator_id) && (
        <Button
          variant="ghost"
          size="sm"
          className={narrowClass}
          onPointerEnter={() => void loadDialogs()}
          onClick={() => ask('new')}
        >
          Save view
        </Button>
      )}
      {view !== undefined && mayChange && (
        <DropdownMenu>
          <DropdownMenuTrigger asChild>
            <Button variant="ghost" size="sm" className={narrowClass} aria-label={`View ${view.name}`}>
              <bdi className="max-w-32 truncate">{view.name}</bdi>
              <ChevronDownIcon aria-hidden="true" />
            </Button>
          </DropdownMenuTrigger>
          <DropdownMenuContent align="start">
            <DropdownMenuItem onSelect={() => ask('edit')}>Edit view</DropdownMenuItem>
            <DropdownMenuItem onSelect={() => ask('delete')}>Delete view</DropdownMenuItem>
          </DropdownMenuContent>
        </DropdownMenu>
      )}
      {view !== undefined && !mayChange && (
        <span className={classes('max-w-32 truncate text-ink-2', narrowClass)}>
          <bdi>{view.name}</bdi>
        </span>
      )}
      <Suspense>
        {asked === 'new' && <NewView filters={filters} columnsNow={columnsNow} onClose={close} />}
        {asked === 'edit' && view && <EditView view={view} onClose={close} />}
        {asked === 'delete' && view && <DeleteView view={view} onClose={close} />}
      </Suspense>
    </>
  );
};
