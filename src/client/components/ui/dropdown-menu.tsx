import { CheckIcon } from 'lucide-react';
import { DropdownMenu as MenuPrimitive } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from '#client/lib/cn.ts';
import { keysInTurn } from './keys-in-turn.ts';
import { floatClass } from './popover.tsx';

export const menuItemClass =
  "relative flex min-h-8 cursor-default items-center gap-2 rounded-md px-2 text-sm outline-hidden select-none data-highlighted:bg-press data-disabled:opacity-50 [&_svg]:shrink-0 [&_svg:not([class*='size-'])]:size-4 [&_svg:not([class*='text-'])]:text-ink-2";

/** Not modal: hiding the page from screen readers while it can still be focused tells them two different things. */
export const DropdownMenu = (props: ComponentProps<typeof MenuPrimitive.Root>) => (
  <MenuPrimitive.Root data-slot="dropdown-menu" modal={false} {...props} />
);
export const DropdownMenuTrigger = (props: ComponentProps<typeof MenuPrimitive.Trigger>) => (
  <MenuPrimitive.Trigger data-slot="dropdown-menu-trigger" {...props} />
);
/** The trigger gets the focus back, unless what the chosen item opened has it. */
const keepFocusThatMoved = (event: Event) => {
  if (document.activeElement !== document.body) event.preventDefault();
};
export const DropdownMenuContent = ({ className, sideOffset = 4, ...props }: ComponentProps<typeof MenuPrimitive.Content>) => (
  <MenuPrimitive.Portal>
    <MenuPrimitive.Content
      data-slot="dropdown-menu-content"
      onKeyDownCapture={keysInTurn}
      onCloseAutoFocus={keepFocusThatMoved}
      sideOffset={sideOffset}
      collisionPadding={8}
      className={cn(
        floatClass,
        'max-h-(--radix-dropdown-menu-content-available-height) min-w-44 origin-(--radix-dropdown-menu-content-transform-origin) overflow-y-auto p-1.25',
        className,
      )}
      {...props}
    />
  </MenuPrimitive.Portal>
);
export const DropdownMenuItem = ({
  className,
  variant = 'default',
  ...props
}: ComponentProps<typeof MenuPrimitive.Item> & { variant?: 'default' | 'harm' }) => (
  <MenuPrimitive.Item
    data-slot="dropdown-menu-item"
    className={cn(menuItemClass, variant === 'harm' && 'text-harm data-highlighted:bg-harm-wash [&_svg]:text-harm!', className)}
    {...props}
  />
);
export const DropdownMenuCheckboxItem = ({ className, children, ...props }: ComponentProps<typeof MenuPrimitive.CheckboxItem>) => (
  <MenuPrimitive.CheckboxItem data-slot="dropdown-menu-checkbox-item" className={cn(menuItemClass, 'pl-8', className)} {...props}>
    <MenuPrimitive.ItemIndicator className="absolute left-2">
      <CheckIcon aria-hidden="true" />
    </MenuPrimitive.ItemIndicator>
    {children}
  </MenuPrimitive.CheckboxItem>
);
export const DropdownMenuRadioGroup = (props: ComponentProps<typeof MenuPrimitive.RadioGroup>) => (
  <MenuPrimitive.RadioGroup data-slot="dropdown-menu-radio-group" {...props} />
);
export const DropdownMenuRadioItem = ({ className, children, ...props }: ComponentProps<typeof MenuPrimitive.RadioItem>) => (
  <MenuPrimitive.RadioItem data-slot="dropdown-menu-radio-item" className={cn(menuItemClass, 'pl-8', className)} {...props}>
    <MenuPrimitive.ItemIndicator className="absolute left-2">
      <CheckIcon aria-hidden="true" />
    </MenuPrimitive.ItemIndicator>
    {children}
  </MenuPrimitive.RadioItem>
);
export const DropdownMenuGroup = (props: ComponentProps<typeof MenuPrimitive.Group>) => (
  <MenuPrimitive.Group data-slot="dropdown-menu-group" {...props} />
);
export const DropdownMenuLabel = ({ className, ...props }: ComponentProps<typeof MenuPrimitive.Label>) => (
  <MenuPrimitive.Label data-slot="dropdown-menu-label" className={cn('px-2 py-1.5 text-xs text-ink-3', className)} {...props} />
);
export const DropdownMenuSeparator = ({ className, ...props }: ComponentProps<typeof MenuPrimitive.Separator>) => (
  <MenuPrimitive.Separator data-slot="dropdown-menu-separator" className={cn('-mx-1.25 my-1.25 h-px bg-line', className)} {...props} />
);
