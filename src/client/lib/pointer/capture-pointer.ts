/**
 * Gives one element every move of a pointer until it lets go. Meanwhile the browser neither selects text nor
 * carries selected text away: it would take the pointer for that and cancel the drag it was pressed for.
 */
export const capturePointer = (element: Element, pointerId: number): void => {
  const held = new AbortController();
  const listening = { capture: true, signal: held.signal };
  const prevent = (event: Event) => event.preventDefault();
  element.setPointerCapture(pointerId);
  document.addEventListener('selectstart', prevent, listening);
  document.addEventListener('dragstart', prevent, listening);
  // Said to the document itself where the element is gone by then.
  document.addEventListener(
    'lostpointercapture',
    (lost) => lost.pointerId === pointerId && held.abort(),
    listening,
  );
};
