import { BookmarkIcon, ChevronDownIcon } from 'lucide-react';
import { Suspense, useState } from 'react';
import { Button } from '#client/components/ui/button.tsx';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from '#client/components/ui/dropdown-menu.tsx';
import { listHref, type ListFilters } from '#client/features/numbers/list-url.ts';
import { useMay, useMe } from '#client/features/sessions/queries.ts';
import { lazyPart } from '#client/lib/lazy-part.ts';
import { hrefOfView, useViews } from './queries.ts';

const loadDialogs = () => import('./view-dialogs.tsx');
const NewView = lazyPart(() => loadDialogs().then((file) => ({ default: file.NewView })));
const EditView = lazyPart(() => loadDialogs().then((file) => ({ default: file.EditView })));
const DeleteView = lazyPart(() => loadDialogs().then((file) => ({ default: file.DeleteView })));

/** Keeps what the list shows under a name; where it has one, that, with what may be done to it. */
export const ViewMenu = ({ filters }: { filters: ListFilters }) => {
  const views = useViews();
  const me = useMe();
  const isAdmin = useMay('admin');
  const [asked, ask] = useState<'new' | 'edit' | 'delete' | null>(null);
  const same = views?.filter((each) => hrefOfView(each) === listHref(filters));
  const view = same?.find(({ owner }) => owner.id === me.operator_id) ?? same?.[0];
  const close = () => ask(null);
  if (views === undefined) return null;
  const mayChange = view !== undefined && (view.owner.id === me.operator_id || (view.shared && isAdmin));
  return (
    <>
      {(view === undefined || view.owner.id !== me.operator_id) && (
        <Button
          variant="ghost"
          size="sm"
          onPointerEnter={() => void loadDialogs()}
          onClick={() => ask('new')}
        >
          <BookmarkIcon aria-hidden="true" className="min-[80rem]:hidden" />
          <span className="max-[80rem]:sr-only">Save view</span>
        </Button>
      )}
      {mayChange && (
        <DropdownMenu>
          <DropdownMenuTrigger asChild>
            <Button variant="ghost" size="sm" aria-label={`View ${view.name}`}>
              <BookmarkIcon aria-hidden="true" className="min-[80rem]:hidden" />
              <bdi className="max-w-40 truncate max-[80rem]:sr-only">{view.name}</bdi>
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
        <span className="max-w-40 truncate text-ink-2 max-[80rem]:sr-only">
          <bdi>{view.name}</bdi>
        </span>
      )}
      <Suspense>
        {asked === 'new' && <NewView filters={filters} onClose={close} />}
        {asked === 'edit' && view && <EditView view={view} onClose={close} />}
        {asked === 'delete' && view && <DeleteView view={view} onClose={close} />}
      </Suspense>
    </>
  );
};
