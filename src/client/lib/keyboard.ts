import { useEffect, useRef } from 'react';

const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);

/** How the modifier is called on this machine. */
export const modKey = isMac ? '⌘' : 'Ctrl';

/** Whether a key pressed there is text being written, not a command. */
export const isWriting = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
  !isToggle(target);

const isToggle = (element: HTMLElement) =>
  element instanceof HTMLInputElement && /^(?:checkbox|radio|button)$/.test(element.type);

/** Something lies over the page and has the keys; a sheet lies beside it. */
export const isDialogOpen = () =>
  document.querySelector('[role=dialog]:not([data-beside]),[role=alertdialog],[role=menu]') !== null;

/** Keys by name, `mod+` for Ctrl or ⌘: `'mod+k'`, `'/'`, `'?'`, `'j'`, `'Escape'`. */
export type KeyMap = Record<string, (event: KeyboardEvent) => void>;

const nameOf = (event: KeyboardEvent) =>
  `${event.ctrlKey || event.metaKey ? 'mod+' : ''}${event.key.length === 1 ? event.key.toLowerCase() : event.key}`;

/**
 * Listens on the whole page. Plain keys rest while text is being written or a dialog is open; `mod+` keys
 * always work. What a component has already handled (`preventDefault`) is left alone.
 */
export const useKeys = (keys: KeyMap): void => {
  const current = useRef(keys);
  useEffect(() => {
    current.current = keys;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.altKey) return;
      const name = nameOf(event);
      const run = current.current[name];
      if (run === undefined || (!name.startsWith('mod+') && (isWriting(event.target) || isDialogOpen())))
        return;
      event.preventDefault();
      run(event);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
};
