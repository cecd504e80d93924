import type { ComponentProps } from 'react';
import { Button } from '#client/components/ui/button.tsx';
import { classes } from '#client/lib/classes.ts';

/** As much room as a button takes that is yet to come: what stands beside it does not move then. */
export const ButtonRoom = ({ className, ...props }: ComponentProps<typeof Button>) => (
  <Button {...props} disabled className={classes('invisible', className)} />
);
