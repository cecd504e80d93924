/*
 * A toast goes away with what is pressed in it, or in its own time: the focus then goes back to where it came
 * from.
 */

let before: HTMLElement | null = null;

export const rememberFocusOutside = (toaster: HTMLElement): void => {
  const note = (element: EventTarget | null) => {
    if (element instanceof HTMLElement && element !== document.body && !toaster.contains(element))
      before = element;
  };
  note(document.activeElement);
  document.addEventListener('focusin', ({ target }) => note(target));
};

export const isInToast = (element: Element | null) =>
  element !== null && element.closest('[data-sonner-toaster]') !== null;

export const giveFocusBack = (): void =>
  void requestAnimationFrame(() => {
    if (document.activeElement !== document.body && !isInToast(document.activeElement)) return;
    const back = before?.isConnected ? before : document.getElementById('main');
    back?.focus({ preventScroll: true });
  });
