import { useRef, useState, type CSSProperties, type PointerEvent, type RefObject } from 'react';
import { capturePointer } from './capture-pointer.ts';

const EDGE_PX = 48;
const STEP_PX = 8;

interface Drag {
  from: number;
  /** Where it would stand if it were let go now. */
  over: number;
  /** How far it was carried. */
  by: number;
  /** The height that the others make way for. */
  room: number;
}

const scrollerOf = (element: Element | null): Element | null => {
  for (let up = element?.parentElement ?? null; up; up = up.parentElement) {
    if (up.scrollHeight > up.clientHeight && /auto|scroll/.test(getComputedStyle(up).overflowY)) return up;
  }
  return null;
};

/**
 * Carrying one item of a list to another place with the pointer. The list itself changes once, when it is let
 * go.
 */
export const useDragOrder = (
  list: RefObject<HTMLElement | null>,
  onMove: (from: number, to: number) => void,
) => {
  const [drag, setDrag] = useState<Drag | null>(null);
  const current = useRef<Drag | null>(null);
  const show = (next: Drag | null) => {
    current.current = next;
    setDrag(next);
  };

  const begin = (from: number, event: PointerEvent<HTMLElement>) => {
    const items = [...(list.current?.children ?? [])];
    const own = items[from]?.getBoundingClientRect();
    if (event.button !== 0 || !own || items.length < 2) return;
    const handle = event.currentTarget;
    const scroller = scrollerOf(list.current);
    const scrolled = () => scroller?.scrollTop ?? 0;
    const startedAt = { y: event.clientY, scrolled: scrolled() };
    const middles = items.map((item) => {
      const { top, height } = item.getBoundingClientRect();
      return top + height / 2;
    });
    const gap =
      items.length > 1
        ? Math.max(
            0,
            (items[1]?.getBoundingClientRect().top ?? 0) - (items[0]?.getBoundingClientRect().bottom ?? 0),
          )
        : 0;
    let y = event.clientY;
    let frame = 0;
    const follow = () => {
      const by = y - startedAt.y + scrolled() - startedAt.scrolled;
      const [top, bottom] = [own.top + by, own.bottom + by];
      // It takes the place of those whose middle its leading edge has passed.
      const before = middles.filter((middle, at) => at < from && top < middle).length;
      const after = middles.filter((middle, at) => at > from && bottom > middle).length;
      show({ from, over: from - before + after, by, room: own.height + gap });
    };
    const scroll = () => {
      const edges = scroller?.getBoundingClientRect();
      if (edges)
        scroller?.scrollBy(0, y < edges.top + EDGE_PX ? -STEP_PX : y > edges.bottom - EDGE_PX ? STEP_PX : 0);
      if (current.current) follow();
      frame = requestAnimationFrame(scroll);
    };
    const onPointerMove = (moved: globalThis.PointerEvent) => {
      y = moved.clientY;
      if (current.current || Math.abs(y - startedAt.y) > 3) follow();
    };
    const end = (isDropped: boolean) => {
      const { current: dropped } = current;
      cancelAnimationFrame(frame);
      handle.removeEventListener('pointermove', onPointerMove);
      handle.removeEventListener('pointerup', onUp);
      handle.removeEventListener('pointercancel', onCancel);
      window.removeEventListener('keydown', onKeyDown, true);
      show(null);
      if (isDropped && dropped && dropped.over !== dropped.from) onMove(dropped.from, dropped.over);
    };
    const onUp = () => end(true);
    const onCancel = () => end(false);
    const onKeyDown = (key: KeyboardEvent) => {
      if (key.key !== 'Escape') return;
      key.preventDefault();
      key.stopPropagation();
      end(false);
    };
    capturePointer(handle, event.pointerId);
    handle.addEventListener('pointermove', onPointerMove);
    handle.addEventListener('pointerup', onUp);
    handle.addEventListener('pointercancel', onCancel);
    window.addEventListener('keydown', onKeyDown, true);
    frame = requestAnimationFrame(scroll);
  };

  /** Where an item stands while another is carried. */
  const styleOf = (at: number): CSSProperties | undefined => {
    if (drag === null) return undefined;
    const { from, over, by, room } = drag;
    if (at === from) return { transform: `translateY(${by}px)`, zIndex: 1, position: 'relative' };
    const shift = at > from && at <= over ? -room : at < from && at >= over ? room : 0;
    return { transform: `translateY(${shift}px)`, transition: 'transform 120ms' };
  };
  return { begin, styleOf, carried: drag?.from ?? null };
};
