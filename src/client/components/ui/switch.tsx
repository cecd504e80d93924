import { Switch as SwitchPrimitive } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from '#client/lib/cn.ts';

export const Switch = ({ className, ...props }: ComponentProps<typeof SwitchPrimitive.Root>) => (
  <SwitchPrimitive.Root
    data-slot="switch"
    className={cn('inline-flex h-5 w-8.5 shrink-0 items-center rounded-full border border-transparent bg-line-3 p-0.5 transition-colors disabled:opacity-50 data-[state=checked]:bg-ink', className)}
    {...props}
  >
    <SwitchPrimitive.Thumb className="block size-3.5 rounded-full bg-surface transition-transform data-[state=checked]:translate-x-3.5" />
  </SwitchPrimitive.Root>
);
