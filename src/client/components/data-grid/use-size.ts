import { useLayoutEffect, useState, type RefObject } from 'react';
import { flushSync } from 'react-dom';

/** In px. */
export interface Size {
  width: number;
  height: number;
  /**
   * False at first, when the window's own size stands in: to ask the element would lay the page out before it
   * is whole.
   */
  isMeasured: boolean;
}

export const useSize = (element: RefObject<HTMLElement | null>): Size => {
  const [size, setSize] = useState<Size>(() => ({
    width: innerWidth,
    height: innerHeight,
    isMeasured: false,
  }));
  useLayoutEffect(() => {
    if (element.current === null) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry === undefined) return;
      const { width, height } = entry.contentRect;
      // The layout is done and nothing is painted yet: what is drawn now is in this very frame.
      flushSync(() =>
        setSize((before) =>
          before.isMeasured && before.width === width && before.height === height
            ? before
            : { width, height, isMeasured: true },
        ),
      );
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return size;
};
