import { EllipsisIcon } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Button } from '#client/components/ui/button.tsx';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuTrigger,
} from '#client/components/ui/dropdown-menu.tsx';

/**
 * The acts on one row. A plain button until it is first pressed: a menu in every row would cost the list its
 * speed.
 */
export const RowMenu = ({ label, children }: { label: string; children: ReactNode }) => {
  const [isOpen, setOpen] = useState(false);
  const [isMounted, mount] = useState(false);
  const open = () => {
    mount(true);
    setOpen(true);
  };
  const button = (
    <Button
      variant="ghost"
      size="iconSm"
      className="ml-auto flex"
      aria-label={label}
      aria-haspopup="menu"
      onClick={isMounted ? undefined : open}
    >
      <EllipsisIcon aria-hidden="true" />
    </Button>
  );
  return (
    <DropdownMenu open={isOpen} onOpenChange={setOpen}>
      {isMounted ? <DropdownMenuTrigger asChild>{button}</DropdownMenuTrigger> : button}
      {isMounted && <DropdownMenuContent align="end">{children}</DropdownMenuContent>}
    </DropdownMenu>
  );
};
