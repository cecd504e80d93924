import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { flushSync } from 'react-dom';
import {
  follow,
  isCompressed,
  lastTop,
  toScroll,
  topShowing,
  trackHeight,
  windowAt,
  type Track,
} from './scroll-track.ts';
import type { Size } from './use-size.ts';

// Six rows beyond sight hide the frame in which a wheel step is drawn, and keep the page below 700 nodes.
const OVERSCAN = 6;
// Rows are placed from the start of their block, so that a row keeps its style while the list scrolls past
// it.
const BLOCK_ROWS = 4096;
const IDLE_MS = 160;

export interface RowView {
  start: number;
  end: number;
  /** The row from which drawn rows are placed, and where it stands in the track, in px. */
  base: number;
  offset: number;
}

const nothing: RowView = { start: 0, end: 0, base: 0, offset: 0 };

const isSame = (a: RowView, b: RowView) =>
  a.start === b.start && a.end === b.end && a.base === b.base && a.offset === b.offset;

/**
 * Which rows are drawn, and where. The browser scrolls the track; the position among the rows is kept beside
 * it, because a compressed track has too few pixels to say it (see scroll-track.ts).
 */
export const useRowWindow = (
  scroller: RefObject<HTMLElement | null>,
  size: Size,
  rowCount: number,
  rowHeight: number,
  headHeight: number,
) => {
  const viewport = size.height - headHeight;
  const [view, setView] = useState(nothing);
  const track = useMemo<Track>(() => ({ rowCount, rowHeight, viewport }), [rowCount, rowHeight, viewport]);
  const latest = useRef(track);
  const place = useRef({ top: 0, scroll: 0, ahead: 0 as -1 | 0 | 1 });

  const redraw = useCallback(() => {
    const { top, scroll, ahead } = place.current;
    const { start, end } = windowAt(latest.current, top, ahead, OVERSCAN);
    const base = start - (start % BLOCK_ROWS);
    const next = {
      start,
      end,
      base,
      offset: base * latest.current.rowHeight + (isCompressed(latest.current) ? scroll - top : 0),
    };
    setView((before) => (isSame(before, next) ? before : next));
  }, []);

  const moveTo = useCallback(
    (top: number) => {
      const element = scroller.current;
      if (element === null) return;
      const target = Math.max(0, Math.min(top, lastTop(latest.current)));
      const wanted = toScroll(latest.current, target);
      let { scroll } = place.current;
      // Where it stands there already, asking the browser would only make it lay the page out.
      if (Math.abs(wanted - scroll) >= 0.5) {
        element.scrollTo({ top: wanted, behavior: 'instant' });
        scroll = element.scrollTop;
      }
      place.current = { ...place.current, scroll, top: isCompressed(latest.current) ? target : scroll };
      redraw();
    },
    [redraw, scroller],
  );

  useLayoutEffect(() => {
    const before = latest.current;
    latest.current = track;
    // A change of density keeps the row at the top, not the pixel.
    moveTo(
      before.rowHeight === track.rowHeight
        ? place.current.top
        : (place.current.top / before.rowHeight) * track.rowHeight,
    );
  }, [track, moveTo]);

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    let idle: ReturnType<typeof setTimeout> | undefined;
    // Steps were taken one to one: bring the scrollbar back to where the rows are, without moving them.
    const settle = () => {
      if (
        isCompressed(latest.current) &&
        Math.abs(place.current.scroll - toScroll(latest.current, place.current.top)) > 1
      )
        moveTo(place.current.top);
    };
    const onScroll = () => {
      const { top, scroll } = place.current;
      const now = element.scrollTop;
      if (Math.abs(now - scroll) < 0.5) return;
      place.current = {
        top: follow(latest.current, top, scroll, now),
        scroll: now,
        ahead: now > scroll ? 1 : -1,
      };
      // Drawn in this very frame: a blank edge is worse than a late one.
      flushSync(redraw);
      clearTimeout(idle);
      idle = setTimeout(settle, IDLE_MS);
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      clearTimeout(idle);
      element.removeEventListener('scroll', onScroll);
    };
  }, [scroller, redraw, moveTo]);

  return {
    view,
    height: trackHeight(track),
    pageRows: Math.max(1, Math.floor(viewport / rowHeight) - 1),
    showRow: useCallback(
      (row: number) => moveTo(topShowing(latest.current, place.current.top, row)),
      [moveTo],
    ),
    shiftRows: useCallback(
      (rows: number) => moveTo(place.current.top + rows * latest.current.rowHeight),
      [moveTo],
    ),
    toStart: useCallback(() => moveTo(0), [moveTo]),
    toEnd: useCallback(() => moveTo(Infinity), [moveTo]),
    isAtStart: useCallback(() => place.current.top <= 0, []),
    isAtEnd: useCallback(
      () => size.isMeasured && place.current.top >= lastTop(latest.current) - 1,
      [size.isMeasured],
    ),
    firstInSight: useCallback(() => Math.floor(place.current.top / latest.current.rowHeight), []),
  };
};
