import { DownloadIcon } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#client/components/ui/button.tsx';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from '#client/components/ui/dropdown-menu.tsx';
import { ExportDialog } from './export-dialog.tsx';
import type { ListMenuProps } from './list-menu.tsx';

/** The menu itself, open as it comes: it was pressed for. */
export const OpenListMenu = (props: ListMenuProps) => {
  const [isOpen, setOpen] = useState(true);
  const [isExporting, setExporting] = useState(false);
  return (
    <>
      <DropdownMenu open={isOpen} onOpenChange={setOpen}>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="icon" aria-label="More for this list">
            <span aria-hidden="true">⋯</span>
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          <DropdownMenuItem onSelect={() => setExporting(true)}>
            <DownloadIcon aria-hidden="true" />
            Export…
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      {isExporting && <ExportDialog {...props} onClose={() => setExporting(false)} />}
    </>
  );
};
