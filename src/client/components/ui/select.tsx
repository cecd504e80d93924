import { CheckIcon, ChevronDownIcon } from 'lucide-react';
import { Select as SelectPrimitive } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from '#client/lib/cn.ts';
import { menuItemClass } from './dropdown-menu.tsx';
import { controlClass } from './input.tsx';
import { keysInTurn } from './keys-in-turn.ts';
import { floatClass } from './popover.tsx';

export const Select = (props: ComponentProps<typeof SelectPrimitive.Root>) => <SelectPrimitive.Root data-slot="select" {...props} />;
export const SelectValue = (props: ComponentProps<typeof SelectPrimitive.Value>) => <SelectPrimitive.Value data-slot="select-value" {...props} />;
export const SelectGroup = (props: ComponentProps<typeof SelectPrimitive.Group>) => <SelectPrimitive.Group data-slot="select-group" {...props} />;

export const SelectTrigger = ({ className, children, ...props }: ComponentProps<typeof SelectPrimitive.Trigger>) => (
  <SelectPrimitive.Trigger
    data-slot="select-trigger"
    className={cn(
      controlClass,
      'flex h-8.5 items-center justify-between gap-2 px-2.5 text-left data-placeholder:text-ink-3 *:data-[slot=select-value]:truncate',
      className,
    )}
    {...props}
  >
    {children}
    <ChevronDownIcon className="size-4 shrink-0 text-ink-3" aria-hidden="true" />
  </SelectPrimitive.Trigger>
);

export const SelectContent = ({ className, children, ...props }: ComponentProps<typeof SelectPrimitive.Content>) => (
  <SelectPrimitive.Portal>
    <SelectPrimitive.Content
      data-slot="select-content"
      onKeyDownCapture={keysInTurn}
      position="popper"
      sideOffset={4}
      collisionPadding={8}
      className={cn(floatClass, 'max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) overflow-y-auto', className)}
      {...props}
    >
      <SelectPrimitive.Viewport className="p-1.25">{children}</SelectPrimitive.Viewport>
    </SelectPrimitive.Content>
  </SelectPrimitive.Portal>
);

export const SelectItem = ({ className, children, ...props }: ComponentProps<typeof SelectPrimitive.Item>) => (
  <SelectPrimitive.Item data-slot="select-item" className={cn(menuItemClass, 'pr-8', className)} {...props}>
    <SelectPrimitive.ItemText>{children}</SelectPrimitive.ItemText>
    <SelectPrimitive.ItemIndicator className="absolute right-2">
      <CheckIcon aria-hidden="true" />
    </SelectPrimitive.ItemIndicator>
  </SelectPrimitive.Item>
);
export const SelectLabel = ({ className, ...props }: ComponentProps<typeof SelectPrimitive.Label>) => (
  <SelectPrimitive.Label data-slot="select-label" className={cn('px-2 py-1.5 text-xs text-ink-3', className)} {...props} />
);
