import type { ComponentProps } from 'react';
import { classes } from '#client/lib/classes.ts';

export const controlClass =
  'w-full min-w-0 rounded-lg border border-line-2 bg-surface text-sm text-ink outline-hidden transition-[border-color,box-shadow] placeholder:text-ink-3 coarse:text-[1rem] ' +
  'hover:border-line-3 focus-visible:border-ring focus-visible:ring-3 focus-visible:ring-ring/30 ' +
  'aria-invalid:border-harm aria-invalid:ring-harm/20 aria-invalid:focus-visible:ring-3 disabled:cursor-not-allowed disabled:bg-hover disabled:text-ink-2';

export const Input = ({ className, type = 'text', ...props }: ComponentProps<'input'>) => (
  <input type={type} data-slot="input" className={classes(controlClass, 'h-8.5 px-2.5', className)} {...props} />
);
