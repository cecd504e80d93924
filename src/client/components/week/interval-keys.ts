import type { KeyboardEvent } from 'react';
import { endAt, moveTo, nudged, roomAt, startAt } from './move-span.ts';
import type { DaySpan, Week } from './to-days.ts';

/** What a key asks of an interval that has the focus. */
export type IntervalAct =
  | { type: 'change'; span: DaySpan }
  | { type: 'remove' }
  | { type: 'go'; row: 1 | -1 };

/**
 * Arrows move it, with Shift its end, with Alt its start: by a quarter of an hour, from one line of the grid
 * to the next.
 */
export const actOfKey = (
  event: KeyboardEvent,
  week: Week,
  day: number,
  place: number,
): IntervalAct | null => {
  const { key, shiftKey, altKey, ctrlKey, metaKey } = event;
  const span = week[day]?.[place];
  if (span === undefined || ctrlKey || metaKey) return null;
  if (key === 'Delete' || key === 'Backspace') return { type: 'remove' };
  if (key === 'ArrowUp' || key === 'ArrowDown') return { type: 'go', row: key === 'ArrowUp' ? -1 : 1 };
  if (key !== 'ArrowLeft' && key !== 'ArrowRight') return null;
  const direction = key === 'ArrowRight' ? 1 : -1;
  const room = roomAt(week, day, span.from, place);
  if (shiftKey) return { type: 'change', span: endAt(span, nudged(span.to, direction), room) };
  if (altKey) return { type: 'change', span: startAt(span, nudged(span.from, direction), room) };
  return { type: 'change', span: moveTo(span, nudged(span.from, direction), room) };
};
