import { useEffect, useRef, type RefObject } from 'react';

/** Once something that had the focus while it went on has ended and is gone, the hand goes on at `place`. */
export const useFocusAfter = (isGoingOn: boolean, place: RefObject<HTMLElement | null>): void => {
  const wentOn = useRef(false);
  useEffect(() => {
    if (wentOn.current && !isGoingOn) place.current?.focus({ preventScroll: true });
    wentOn.current = isGoingOn;
  }, [isGoingOn, place]);
};
