import { Dialog as SheetPrimitive } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from '#client/lib/cn.ts';
import { overlayClass } from './dialog.tsx';
import { useReturnFocus } from './use-return-focus.ts';

export const Sheet = (props: ComponentProps<typeof SheetPrimitive.Root>) => <SheetPrimitive.Root data-slot="sheet" {...props} />;
export const SheetClose = (props: ComponentProps<typeof SheetPrimitive.Close>) => <SheetPrimitive.Close data-slot="sheet-close" {...props} />;

/** At the right, 600 px wide; the whole screen on a phone. `hasOverlay` false leaves the page behind in use. */
export const SheetContent = ({
  className,
  hasOverlay = true,
  ...props
}: ComponentProps<typeof SheetPrimitive.Content> & { hasOverlay?: boolean }) => {
  const focus = useReturnFocus(props);
  return (
    <SheetPrimitive.Portal>
      {hasOverlay && <SheetPrimitive.Overlay data-slot="sheet-overlay" className={overlayClass} />}
      <SheetPrimitive.Content
        data-slot="sheet-content"
        data-beside={hasOverlay ? undefined : ''}
        className={cn(
          'fixed inset-y-0 right-0 z-50 flex w-full flex-col bg-surface shadow-float duration-150 outline-hidden sm:w-150 sm:border-l sm:border-line-2',
          'animate-in slide-in-from-right-8 fade-in-0',
          className,
        )}
        {...props}
        {...focus}
      />
    </SheetPrimitive.Portal>
  );
};

export const SheetHeader = ({ className, ...props }: ComponentProps<'header'>) => (
  <header data-slot="sheet-header" className={cn('flex items-start gap-3 border-b px-4 pt-4 pb-3.5 sm:px-6', className)} {...props} />
);
export const SheetFooter = ({ className, ...props }: ComponentProps<'div'>) => (
  <div data-slot="sheet-footer" className={cn('mt-auto flex items-center gap-2 border-t bg-paper px-4 py-3 sm:px-6', className)} {...props} />
);
export const SheetTitle = ({ className, ...props }: ComponentProps<typeof SheetPrimitive.Title>) => (
  <SheetPrimitive.Title data-slot="sheet-title" className={cn('text-lg font-semibold tracking-tight wrap-anywhere', className)} {...props} />
);
export const SheetDescription = ({ className, ...props }: ComponentProps<typeof SheetPrimitive.Description>) => (
  <SheetPrimitive.Description data-slot="sheet-description" className={cn('text-sm text-ink-2 wrap-anywhere', className)} {...props} />
);
