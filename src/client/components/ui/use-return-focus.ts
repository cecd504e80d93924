import { useRef } from 'react';

interface AutoFocusHandlers {
  onOpenAutoFocus?: (event: Event) => void;
  onCloseAutoFocus?: (event: Event) => void;
}

let lastFocused: Element | null = null;
document.addEventListener('focusin', ({ target }) => {
  if (target instanceof Element) lastFocused = target;
});

/** What opened the dialog: the focused element, or the trigger of the menu that is gone with the chosen item in it. */
const findOpener = (): HTMLElement | null => {
  const focused = lastFocused?.isConnected === false ? lastFocused : document.activeElement;
  const trigger = focused?.closest('[role=menu]')?.getAttribute('aria-labelledby');
  const opener = trigger ? document.getElementById(trigger) : focused;
  return opener instanceof HTMLElement ? opener : null;
};

/** Radix gives focus back only to its own trigger, and our dialogs open by state: this remembers where focus came from. */
export const useReturnFocus = ({ onOpenAutoFocus, onCloseAutoFocus }: AutoFocusHandlers): Required<AutoFocusHandlers> => {
  const opener = useRef<HTMLElement>(null);
  return {
    onOpenAutoFocus: (event) => {
      opener.current = findOpener();
      onOpenAutoFocus?.(event);
    },
    onCloseAutoFocus: (event) => {
      onCloseAutoFocus?.(event);
      if (event.defaultPrevented || !opener.current?.isConnected) return;
      event.preventDefault();
      opener.current.focus();
    },
  };
};
