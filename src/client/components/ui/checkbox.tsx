import { CheckIcon, MinusIcon } from 'lucide-react';
import { Checkbox as CheckboxPrimitive } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from '#client/lib/cn.ts';

export const Checkbox = ({ className, ...props }: ComponentProps<typeof CheckboxPrimitive.Root>) => (
  <CheckboxPrimitive.Root
    data-slot="checkbox"
    className={cn(
      'group size-4 shrink-0 rounded-sm border-[1.5px] border-line-3 bg-surface text-ink disabled:opacity-50 aria-invalid:border-harm data-[state=checked]:border-cord data-[state=checked]:bg-cord data-[state=indeterminate]:border-cord data-[state=indeterminate]:bg-cord dark:data-[state=checked]:text-paper dark:data-[state=indeterminate]:text-paper',
      className,
    )}
    {...props}
  >
    <CheckboxPrimitive.Indicator className="flex items-center justify-center">
      <CheckIcon className="hidden size-3 group-data-[state=checked]:block" strokeWidth={3} aria-hidden="true" />
      <MinusIcon className="hidden size-3 group-data-[state=indeterminate]:block" strokeWidth={3} aria-hidden="true" />
    </CheckboxPrimitive.Indicator>
  </CheckboxPrimitive.Root>
);
