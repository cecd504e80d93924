import type { ComponentProps } from 'react';
import { classes } from '#client/lib/classes.ts';

/** Lists of tens of rows. The numbers, of which there may be a million, have a grid of their own. */
export const Table = ({ className, ...props }: ComponentProps<'table'>) => (
  <table className={classes('w-full border-separate border-spacing-0 text-left', className)} {...props} />
);

export const Th = ({ className, ...props }: ComponentProps<'th'>) => (
  <th
    scope="col"
    className={classes(
      'sticky top-0 z-10 h-8 border-b bg-surface px-2 text-xs font-medium whitespace-nowrap text-ink-3 first:pl-4 last:pr-4',
      className,
    )}
    {...props}
  />
);

export const Tr = ({ className, ...props }: ComponentProps<'tr'>) => (
  <tr className={classes('hover:bg-hover', className)} {...props} />
);

export const Td = ({ className, ...props }: ComponentProps<'td'>) => (
  <td
    className={classes('h-row border-b align-middle border-line/60 px-2 first:pl-4 last:pr-4', className)}
    {...props}
  />
);

/** Text of any length in a cell that takes what is left: cut with an ellipsis, whole on hover. */
export const Cut = ({ children, className }: { children: string; className?: string }) => (
  <span className={classes('grid', className)}>
    <bdi className="truncate" title={children}>
      {children}
    </bdi>
  </span>
);
