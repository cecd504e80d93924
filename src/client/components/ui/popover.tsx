import { Popover as PopoverPrimitive } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from '#client/lib/cn.ts';

/**
 * What floats comes in gently and is gone at once, as dialogs and sheets are: while something faded away, it took the keys,
 * clicks and dismissals that were meant for what was opened after it.
 */
export const floatClass =
  'z-50 rounded-xl border border-line-2 bg-raised text-ink shadow-float duration-120 outline-hidden animate-in fade-in-0 zoom-in-98';

export const Popover = (props: ComponentProps<typeof PopoverPrimitive.Root>) => <PopoverPrimitive.Root data-slot="popover" {...props} />;
export const PopoverTrigger = (props: ComponentProps<typeof PopoverPrimitive.Trigger>) => (
  <PopoverPrimitive.Trigger data-slot="popover-trigger" {...props} />
);
export const PopoverAnchor = (props: ComponentProps<typeof PopoverPrimitive.Anchor>) => (
  <PopoverPrimitive.Anchor data-slot="popover-anchor" {...props} />
);
export const PopoverContent = ({ className, align = 'start', sideOffset = 4, ...props }: ComponentProps<typeof PopoverPrimitive.Content>) => (
  <PopoverPrimitive.Portal>
    <PopoverPrimitive.Content
      data-slot="popover-content"
      align={align}
      sideOffset={sideOffset}
      collisionPadding={8}
      className={cn(floatClass, 'w-66 origin-(--radix-popover-content-transform-origin) p-1.25', className)}
      {...props}
    />
  </PopoverPrimitive.Portal>
);
