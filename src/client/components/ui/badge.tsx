import { cva, type VariantProps } from 'class-variance-authority';
import type { ComponentProps } from 'react';
import { cn } from '#client/lib/cn.ts';

const badgeVariants = cva('inline-flex max-w-full items-center gap-1 rounded-[5px] border px-1.5 text-xs leading-4.5 whitespace-nowrap', {
  variants: {
    variant: {
      default: 'border-line-2 text-ink-2',
      ok: 'border-ok/30 text-ok',
      harm: 'border-harm/30 bg-harm-wash text-harm',
      warn: 'border-warn/40 text-warn',
    },
  },
  defaultVariants: { variant: 'default' },
});

export const Badge = ({ className, variant, ...props }: ComponentProps<'span'> & VariantProps<typeof badgeVariants>) => (
  <span data-slot="badge" className={cn(badgeVariants({ variant }), className)} {...props} />
);
