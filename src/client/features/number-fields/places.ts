import type { RefCallback } from 'react';

/** The places of a form that take the focus, each by its JSON pointer, as they are drawn. */
export interface Places {
  /** What the control that stands for a pointer takes. */
  at: (pointer: string) => { 'data-pointer': string; ref: RefCallback<HTMLElement> };
  /**
   * Focuses a place, or the nearest around it that is drawn; what is drawn later and is nearer takes the
   * focus then.
   */
  seek: (pointer: string) => void;
}

interface Sought {
  pointer: string;
  /** The nearest place so far. */
  nearest?: { pointer: string; element: HTMLElement };
}

const isAround = (place: string, pointer: string) => place === pointer || pointer.startsWith(`${place}/`);

export const createPlaces = (): Places => {
  const drawn = new Map<string, HTMLElement>();
  const refs = new Map<string, RefCallback<HTMLElement>>();
  let sought: Sought | null = null;

  const offer = (pointer: string, element: HTMLElement) => {
    if (sought === null || !isAround(pointer, sought.pointer)) return;
    const { nearest } = sought;
    if (nearest !== undefined) {
      if (nearest.pointer.length >= pointer.length) return;
      // Who has gone on to something else in the meantime is not called back.
      if (nearest.element.isConnected && document.activeElement !== nearest.element) {
        sought = null;
        return;
      }
    }
    sought = pointer === sought.pointer ? null : { pointer: sought.pointer, nearest: { pointer, element } };
    element.scrollIntoView({ block: 'center' });
    // However it was asked for, by mouse too: the eye has to find it.
    element.focus({ preventScroll: true, focusVisible: true });
  };

  const refOf =
    (pointer: string): RefCallback<HTMLElement> =>
    (element) => {
      if (element === null) return;
      drawn.set(pointer, element);
      offer(pointer, element);
      return () => {
        if (drawn.get(pointer) === element) drawn.delete(pointer);
      };
    };

  return {
    at: (pointer) => {
      // The same function each time, so that React does not take a place away and set it again at each
      // drawing.
      const ref = refs.get(pointer) ?? refOf(pointer);
      refs.set(pointer, ref);
      return { 'data-pointer': pointer, ref };
    },
    seek: (pointer) => {
      sought = { pointer };
      const around = [...drawn]
        .filter(([place]) => isAround(place, pointer))
        .toSorted(([a], [b]) => b.length - a.length)[0];
      if (around) offer(...around);
    },
  };
};
