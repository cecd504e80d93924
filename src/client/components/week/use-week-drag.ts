import { useCallback, useEffect, useRef, useState, type PointerEvent } from 'react';
import { MINUTES_A_DAY } from '#contract/clock-times.ts';
import { capturePointer } from '#client/lib/pointer/capture-pointer.ts';
import { endAt, moveTo, paint, roomAt, snap, startAt, STEP_MINUTES, type Room } from './move-span.ts';
import type { DaySpan, Week } from './to-days.ts';

type Mode = 'paint' | 'move' | 'start' | 'end';

export interface Drag {
  mode: Mode;
  day: number;
  /** Which of the day's intervals; null for one that is painted. */
  place: number | null;
  before: DaySpan;
  span: DaySpan | null;
  room: Room;
  /** Where it was taken hold of: in minutes of its day, and in pixels. */
  anchor: number;
  x: number;
  y: number;
  /** It was taken hold of in the row of the next day, where its night ends. */
  isTail: boolean;
  hasMoved: boolean;
}

// Less than this is a press, not a drag.
const SLACK_PX = 4;

const tracksIn = (week: HTMLElement) => [...week.querySelectorAll<HTMLElement>('[data-track]')];

/** The row the pointer is in; 7 below the last, where Sunday's next day would be. */
const rowAt = (tracks: readonly HTMLElement[], y: number) => {
  const row = tracks.findIndex((track) => y < track.getBoundingClientRect().bottom + 2);
  return row === -1 ? 7 : row;
};

const minuteAt = (track: HTMLElement, x: number) => {
  const { left, width } = track.getBoundingClientRect();
  return Math.max(0, Math.min(MINUTES_A_DAY, ((x - left) / width) * MINUTES_A_DAY));
};

const begin = (event: PointerEvent<HTMLElement>, week: Week): Drag | null => {
  const target = event.target as Element;
  const track = target.closest<HTMLElement>('[data-track]');
  if (track === null) return null;
  const row = Number(track.dataset['track']);
  const minute = minuteAt(track, event.clientX);
  const found = target.closest<HTMLElement>('[data-span]')?.dataset['span']?.split(':').map(Number);
  const common = { x: event.clientX, y: event.clientY, hasMoved: false };
  if (found === undefined) {
    const anchor = Math.floor(minute / STEP_MINUTES) * STEP_MINUTES;
    const room = roomAt(week, row, anchor, null);
    return {
      ...common,
      mode: 'paint',
      day: row,
      place: null,
      before: { from: anchor, to: anchor },
      span: null,
      room,
      anchor,
      isTail: false,
    };
  }
  const [day = 0, place = 0] = found;
  const before = week[day]?.[place];
  if (before === undefined) return null;
  const isTail = day !== row;
  const mode = (target.closest<HTMLElement>('[data-edge]')?.dataset['edge'] ?? 'move') as Mode;
  const room = roomAt(week, day, before.from, place);
  return {
    ...common,
    mode,
    day,
    place,
    before,
    span: before,
    room,
    anchor: minute + (isTail ? MINUTES_A_DAY : 0),
    isTail,
  };
};

const follow = (drag: Drag, tracks: readonly HTMLElement[], x: number, y: number): DaySpan | null => {
  const { mode, day, before, room, anchor, isTail } = drag;
  const track = tracks[day];
  if (track === undefined) return drag.span;
  const minute = minuteAt(track, x);
  if (mode === 'move')
    return moveTo(before, snap(before.from + minute + (isTail ? MINUTES_A_DAY : 0) - anchor), room);
  if (mode === 'start') return startAt(before, snap(minute), room);
  const row = rowAt(tracks, y);
  // In the row below, a time before the start can only mean the morning after.
  const isBelow = row === day + 1 || (isTail && row !== day);
  const isNextDay = isBelow && (isTail || minute < before.from);
  const at = snap(minute) + (isNextDay ? MINUTES_A_DAY : 0);
  return mode === 'end' ? endAt(before, at, room) : paint(anchor, at, room);
};

interface Handlers {
  onCommit: (drag: Drag, span: DaySpan) => void;
  /** Pressed and let go without moving. */
  onPress: (day: number, place: number) => void;
}

/** Painting, moving and resizing by mouse, pen or finger. Nothing is changed before the pointer lets go. */
export const useWeekDrag = (week: Week, { onCommit, onPress }: Handlers) => {
  const [drag, show] = useState<Drag | null>(null);
  // Pointer events outrun rendering: letting go must see the last move.
  const held = useRef<Drag | null>(null);
  const hold = useCallback((next: Drag | null) => {
    held.current = next;
    show(next);
  }, []);
  const isDragging = drag !== null;
  useEffect(() => {
    if (!isDragging) return;
    // Escape gives up the drag, before the dialog around it takes the key for itself.
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      event.preventDefault();
      hold(null);
    };
    window.addEventListener('keydown', onKeyDown, true);
    return () => window.removeEventListener('keydown', onKeyDown, true);
  }, [isDragging, hold]);

  const handlers = {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0 || !event.isPrimary) return;
      const begun = begin(event, week);
      if (begun === null) return;
      capturePointer(event.currentTarget, event.pointerId);
      hold(begun);
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const now = held.current;
      if (now === null) return;
      const [across, down] = [Math.abs(event.clientX - now.x), Math.abs(event.clientY - now.y)];
      const hasMoved = now.hasMoved || Math.hypot(across, down) >= SLACK_PX;
      // A finger that sets out up or down means to scroll, even where nothing is left to scroll.
      if (hasMoved && !now.hasMoved && event.pointerType === 'touch' && down > across) return hold(null);
      if (hasMoved)
        hold({
          ...now,
          hasMoved,
          span: follow(now, tracksIn(event.currentTarget), event.clientX, event.clientY),
        });
    },
    onPointerUp: () => {
      const last = held.current;
      if (last === null) return;
      hold(null);
      if (last.hasMoved && last.span !== null) onCommit(last, last.span);
      else if (!last.hasMoved && last.place !== null) onPress(last.day, last.place);
    },
    onPointerCancel: () => hold(null),
  };
  return { drag: drag?.hasMoved ? drag : null, handlers };
};
