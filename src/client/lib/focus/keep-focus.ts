/*
 * The promise: the focus never falls to the page. Where what has it goes away, as a row that is removed or a
 * button that is done with, it goes to what stands nearest.
 */

const stop =
  'a[href],button:not(:disabled),input:not(:disabled),textarea:not(:disabled),select:not(:disabled),[tabindex="0"]';
const isSeen = (element: HTMLElement) => element.isConnected && element.getClientRects().length > 0;

/** Watches over the focus within an element. Returns how to end that. */
export const keepFocusIn = (container: HTMLElement): (() => void) => {
  /** What had the focus last, what was around it, and all that could have it then, in order. */
  let around: HTMLElement[] = [];
  let stops: HTMLElement[] = [];

  const note = (focused: Element | null) => {
    if (!container.contains(focused)) return;
    around = [];
    for (let element = focused as HTMLElement | null; element !== null; element = element.parentElement) {
      around.push(element);
      if (element === container) break;
    }
    stops = [...container.querySelectorAll<HTMLElement>(stop)];
  };
  const onFocusIn = ({ target }: FocusEvent) => note(target as Element);
  note(document.activeElement);
  const nearest = (): HTMLElement => {
    const [lost] = around;
    const home = around.slice(1).find(isSeen) ?? container;
    // Nothing of what was around it is left: the whole begins anew, and is read from its beginning.
    if (lost === undefined || home === container) return container;
    const at = stops.indexOf(lost);
    const isThere = (each: HTMLElement) => isSeen(each) && each.matches(stop) && home.contains(each);
    return (
      stops.slice(at + 1).find(isThere) ??
      stops.slice(0, Math.max(at, 0)).findLast(isThere) ??
      [...home.querySelectorAll<HTMLElement>(stop)].find(isSeen) ??
      container
    );
  };
  const check = () => {
    const [last] = around;
    if (document.activeElement !== document.body || last === undefined) return;
    // Pressed away on purpose: it could still have it.
    if (isSeen(last) && !last.matches(':disabled')) return;
    nearest().focus({ preventScroll: true });
  };
  // What takes the focus by design does so before the next frame.
  let frame = 0;
  const observer = new MutationObserver(() => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(check);
  });
  observer.observe(container, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ['disabled'],
  });
  // Menus are drawn elsewhere, and give the focus back to what may be gone by then.
  observer.observe(document.body, { childList: true });
  container.addEventListener('focusin', onFocusIn);
  return () => {
    cancelAnimationFrame(frame);
    observer.disconnect();
    container.removeEventListener('focusin', onFocusIn);
  };
};
