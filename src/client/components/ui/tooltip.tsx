import { Tooltip as TooltipPrimitive } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from '#client/lib/cn.ts';

export const Tooltip = (props: ComponentProps<typeof TooltipPrimitive.Root>) => (
  <TooltipPrimitive.Provider delayDuration={400}>
    <TooltipPrimitive.Root data-slot="tooltip" {...props} />
  </TooltipPrimitive.Provider>
);
export const TooltipTrigger = (props: ComponentProps<typeof TooltipPrimitive.Trigger>) => (
  <TooltipPrimitive.Trigger data-slot="tooltip-trigger" {...props} />
);
export const TooltipContent = ({ className, sideOffset = 4, ...props }: ComponentProps<typeof TooltipPrimitive.Content>) => (
  <TooltipPrimitive.Portal>
    <TooltipPrimitive.Content
      data-slot="tooltip-content"
      sideOffset={sideOffset}
      collisionPadding={8}
      className={cn('z-50 max-w-72 animate-in rounded-md bg-toast px-2 py-1 text-xs wrap-anywhere text-toast-foreground fade-in-0', className)}
      {...props}
    />
  </TooltipPrimitive.Portal>
);
