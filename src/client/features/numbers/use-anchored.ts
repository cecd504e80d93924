import { useEffect, type ComponentProps } from 'react';
import type { PopoverContent } from '#client/components/ui/popover.tsx';

type ContentProps = ComponentProps<typeof PopoverContent>;

/**
 * How a menu behaves that is shared, and opened by whichever button asked for it: a press on that button is
 * for the button to answer, and the focus goes back to it, unless the hand has already gone on to something
 * else.
 */
export const useAnchored = (
  anchor: HTMLElement,
  /** Takes the focus where the button has gone meanwhile. */
  back?: () => HTMLElement | null,
): Pick<ContentProps, 'onOpenAutoFocus' | 'onCloseAutoFocus' | 'onInteractOutside'> => {
  useEffect(() => {
    anchor.setAttribute('aria-expanded', 'true');
    return () => anchor.removeAttribute('aria-expanded');
  }, [anchor]);
  return {
    onOpenAutoFocus: (event) => {
      event.preventDefault();
      (event.target as Element).querySelector('input')?.focus();
    },
    onInteractOutside: (event) => {
      if (anchor.contains(event.target as Node)) event.preventDefault();
    },
    onCloseAutoFocus: (event) => {
      event.preventDefault();
      if (document.activeElement !== document.body) return;
      (anchor.isConnected ? anchor : back?.())?.focus({ preventScroll: true });
    },
  };
};
