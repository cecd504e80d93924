import type { ComponentProps } from 'react';
import { classes } from '#client/lib/classes.ts';

export const Skeleton = ({ className, ...props }: ComponentProps<'span'>) => (
  <span
    data-slot="skeleton"
    aria-hidden="true"
    className={classes('block h-3 animate-[breathe_1.6s_ease-in-out_infinite] rounded-sm bg-press', className)}
    {...props}
  />
);
