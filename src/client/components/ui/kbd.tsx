import type { ComponentProps } from 'react';
import { classes } from '#client/lib/classes.ts';

export const Kbd = ({ className, ...props }: ComponentProps<'kbd'>) => (
  <kbd
    data-slot="kbd"
    className={classes('inline-block min-w-4.5 shrink-0 rounded-sm border border-line-2 px-1 text-center font-sans text-2xs font-medium text-ink-3', className)}
    {...props}
  />
);
