import { AlertDialog as AlertDialogPrimitive } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from '#client/lib/cn.ts';
import { buttonVariants } from './button.tsx';
import { boxClass, overlayClass } from './dialog.tsx';
import { useReturnFocus } from './use-return-focus.ts';

export const AlertDialog = (props: ComponentProps<typeof AlertDialogPrimitive.Root>) => (
  <AlertDialogPrimitive.Root data-slot="alert-dialog" {...props} />
);
export const AlertDialogTrigger = (props: ComponentProps<typeof AlertDialogPrimitive.Trigger>) => (
  <AlertDialogPrimitive.Trigger data-slot="alert-dialog-trigger" {...props} />
);

/** Over whatever was opened before it, and under what it asks itself: all dialogs have one height, the last one is on top. */
export const AlertDialogContent = ({ className, ...props }: ComponentProps<typeof AlertDialogPrimitive.Content>) => {
  const focus = useReturnFocus(props);
  return (
    <AlertDialogPrimitive.Portal>
      <AlertDialogPrimitive.Overlay data-slot="alert-dialog-overlay" className={overlayClass} />
      <AlertDialogPrimitive.Content data-slot="alert-dialog-content" className={cn(boxClass, className)} {...props} {...focus} />
    </AlertDialogPrimitive.Portal>
  );
};

export const AlertDialogHeader = ({ className, ...props }: ComponentProps<'div'>) => (
  <div data-slot="alert-dialog-header" className={cn('grid gap-1', className)} {...props} />
);
export const AlertDialogFooter = ({ className, ...props }: ComponentProps<'div'>) => (
  <div data-slot="alert-dialog-footer" className={cn('flex flex-wrap justify-end gap-2', className)} {...props} />
);
export const AlertDialogTitle = ({ className, ...props }: ComponentProps<typeof AlertDialogPrimitive.Title>) => (
  <AlertDialogPrimitive.Title data-slot="alert-dialog-title" className={cn('text-base font-semibold tracking-tight wrap-anywhere', className)} {...props} />
);
export const AlertDialogDescription = ({ className, ...props }: ComponentProps<typeof AlertDialogPrimitive.Description>) => (
  <AlertDialogPrimitive.Description data-slot="alert-dialog-description" className={cn('text-sm text-ink-2 wrap-anywhere', className)} {...props} />
);
export const AlertDialogAction = ({ className, ...props }: ComponentProps<typeof AlertDialogPrimitive.Action>) => (
  <AlertDialogPrimitive.Action data-slot="alert-dialog-action" className={cn(buttonVariants(), className)} {...props} />
);
export const AlertDialogCancel = ({ className, ...props }: ComponentProps<typeof AlertDialogPrimitive.Cancel>) => (
  <AlertDialogPrimitive.Cancel data-slot="alert-dialog-cancel" className={cn(buttonVariants({ variant: 'outline' }), className)} {...props} />
);
