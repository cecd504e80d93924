import { Columns3Icon, DownloadIcon, UploadIcon } from 'lucide-react';
import { Suspense, useState } from 'react';
import { Button } from '#client/components/ui/button.tsx';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from '#client/components/ui/dropdown-menu.tsx';
import { useMay } from '#client/features/sessions/queries.ts';
import { lazyPart } from '#client/lib/lazy-part.ts';
import { goTo } from '#client/lib/location.ts';
import { ExportDialog } from '#client/features/number-list/export/export-dialog.tsx';
import type { ListMenuProps } from './list-menu.tsx';
import { ViewItems } from './view-items.tsx';

const ColumnsPanel = lazyPart(() =>
  import('#client/features/number-list/shown-columns/columns-panel.tsx').then((file) => ({
    default: file.ColumnsPanel,
  })),
);

/** The menu itself, open as it comes: it was pressed for. */
export const OpenListMenu = ({ view, layoutNow, ...list }: ListMenuProps) => {
  const [open, setOpen] = useState<'menu' | 'export' | 'columns' | null>('menu');
  const [trigger, setTrigger] = useState<HTMLElement | null>(null);
  const mayImport = useMay('operator');
  // Of a narrow list the columns are always the same.
  const hasColumns = layoutNow() !== 'stacked';
  const close = () => setOpen(null);
  return (
    <>
      <DropdownMenu
        open={open === 'menu'}
        onOpenChange={(isOpen) => setOpen((before) => (isOpen ? 'menu' : before === 'menu' ? null : before))}
      >
        <DropdownMenuTrigger asChild>
          <Button ref={setTrigger} variant="ghost" size="icon" aria-label="More for this list">
            <span aria-hidden="true">⋯</span>
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent
          align="end"
          // What was chosen takes the focus.
          onCloseAutoFocus={(event) => (open === 'columns' ? event.preventDefault() : undefined)}
        >
          <DropdownMenuItem onSelect={() => setOpen('export')}>
            <DownloadIcon aria-hidden="true" />
            Export…
          </DropdownMenuItem>
          {mayImport && (
            <DropdownMenuItem onSelect={() => goTo('/imports/new')}>
              <UploadIcon aria-hidden="true" />
              Import numbers…
            </DropdownMenuItem>
          )}
          {hasColumns && (
            <DropdownMenuItem onSelect={() => setOpen('columns')}>
              <Columns3Icon aria-hidden="true" />
              Columns…
            </DropdownMenuItem>
          )}
          <ViewItems />
        </DropdownMenuContent>
      </DropdownMenu>
      {open === 'export' && <ExportDialog {...list} onClose={close} />}
      <Suspense>
        {open === 'columns' && trigger && (
          <ColumnsPanel anchor={trigger} view={view} layout={layoutNow()} onClose={close} />
        )}
      </Suspense>
    </>
  );
};
