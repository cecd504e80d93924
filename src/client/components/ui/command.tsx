import { Command as CommandPrimitive } from 'cmdk';
import type { ComponentProps } from 'react';
import { cn } from '#client/lib/cn.ts';

export const Command = ({ className, ...props }: ComponentProps<typeof CommandPrimitive>) => (
  <CommandPrimitive data-slot="command" vimBindings={false} className={cn('flex min-h-0 w-full flex-col', className)} {...props} />
);
export const CommandInput = ({ className, ...props }: ComponentProps<typeof CommandPrimitive.Input>) => (
  <CommandPrimitive.Input
    data-slot="command-input"
    className={cn('h-9 w-full border-b bg-transparent px-2.5 text-sm caret-cord outline-hidden placeholder:text-ink-3 coarse:text-[1rem]', className)}
    {...props}
  />
);
export const CommandList = ({ className, ...props }: ComponentProps<typeof CommandPrimitive.List>) => (
  <CommandPrimitive.List data-slot="command-list" className={cn('max-h-76 scroll-py-1 overflow-y-auto overscroll-contain p-1.25', className)} {...props} />
);
export const CommandEmpty = ({ className, ...props }: ComponentProps<typeof CommandPrimitive.Empty>) => (
  <CommandPrimitive.Empty data-slot="command-empty" className={cn('px-2 py-4 text-center text-sm text-ink-2', className)} {...props} />
);
export const CommandGroup = ({ className, ...props }: ComponentProps<typeof CommandPrimitive.Group>) => (
  <CommandPrimitive.Group
    data-slot="command-group"
    className={cn('**:[[cmdk-group-heading]]:px-2 **:[[cmdk-group-heading]]:pt-2 **:[[cmdk-group-heading]]:pb-1 **:[[cmdk-group-heading]]:text-xs **:[[cmdk-group-heading]]:text-ink-3', className)}
    {...props}
  />
);
export const CommandItem = ({ className, ...props }: ComponentProps<typeof CommandPrimitive.Item>) => (
  <CommandPrimitive.Item
    data-slot="command-item"
    className={cn(
      "flex min-h-8 cursor-default items-center gap-2 rounded-md px-2 text-sm outline-hidden select-none data-[disabled=true]:opacity-50 data-[selected=true]:bg-press [&_svg]:shrink-0 [&_svg:not([class*='size-'])]:size-4 [&_svg:not([class*='text-'])]:text-ink-2",
      className,
    )}
    {...props}
  />
);
export const CommandSeparator = ({ className, ...props }: ComponentProps<typeof CommandPrimitive.Separator>) => (
  <CommandPrimitive.Separator data-slot="command-separator" className={cn('-mx-1.25 my-1.25 h-px bg-line', className)} {...props} />
);
