import type { ComponentProps } from 'react';
import { classes } from '#client/lib/classes.ts';

/** One of several, drawn as our check boxes are. */
export const Radio = ({ className, ...props }: Omit<ComponentProps<'input'>, 'type'>) => (
  <input
    type="radio"
    className={classes(
      'size-4 shrink-0 appearance-none rounded-full border-[1.5px] border-line-3 bg-surface checked:border-[5px] checked:border-cord',
      className,
    )}
    {...props}
  />
);
