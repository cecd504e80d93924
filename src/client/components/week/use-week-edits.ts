import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { WeeklyInterval } from '#contract/clock-times.ts';
import { actOfKey } from './interval-keys.ts';
import { copyDay, freeSpan, withSpan } from './move-span.ts';
import { dayName, spanWords, toDays, toWeekly, type DaySpan, type Week } from './to-days.ts';
import { useWeekHistory } from './use-week-history.ts';

/**
 * What may be done to a week: each act is said aloud, can be undone, and leaves the focus where the hand goes
 * on.
 */
export const useWeekEdits = (
  value: readonly WeeklyInterval[],
  onChange: (weekly: WeeklyInterval[]) => void,
) => {
  const root = useRef<HTMLFieldSetElement>(null);
  const [announcement, announce] = useState('');
  const history = useWeekHistory(value, onChange);
  const week = toDays(value);

  const buttonAt = (day: number, place: number) =>
    root.current?.querySelector<HTMLElement>(`button[data-span="${day}:${place}"]`);
  // Where the focus belongs once the change has been drawn.
  const wanted = useRef<string | null>(null);
  useEffect(() => {
    if (wanted.current === null) return;
    root.current?.querySelector<HTMLElement>(`button${wanted.current}`)?.focus();
    wanted.current = null;
  });
  const focusSoon = {
    interval: (day: number, place: number) => (wanted.current = `[data-span="${day}:${place}"]`),
    add: (day: number) => (wanted.current = `[data-add="${day}"]`),
    copy: (day: number) => (wanted.current = `[data-copy="${day}"]`),
  };

  const change = (next: Week, words: string) => {
    history.change(toWeekly(next));
    announce(words);
  };
  const put = (day: number, place: number | null, span: DaySpan) => {
    const next = withSpan(week, day, place, span);
    focusSoon.interval(
      day,
      next[day]?.findIndex(({ from, to }) => from === span.from && to === span.to) ?? 0,
    );
    change(next, spanWords(day, span));
  };
  const remove = (day: number, place: number) => {
    const span = week[day]?.[place];
    if (span === undefined) return;
    const left = (week[day]?.length ?? 1) - 1;
    if (left > 0) focusSoon.interval(day, Math.min(place, left - 1));
    else focusSoon.add(day);
    change(withSpan(week, day, place, null), `${spanWords(day, span)} removed`);
  };
  const add = (day: number) => {
    const span = freeSpan(week, day);
    if (span === null) announce(`${dayName(day)} has no room left`);
    else put(day, null, span);
  };
  const copy = (day: number, to: number[]) =>
    change(copyDay(week, day, to), `${dayName(day)} copied to ${to.map(dayName).join(', ')}`);
  const undo = history.undo && (() => (history.undo?.(), announce('Undone')));

  /** To the nearest day above or below that has an interval. */
  const go = (day: number, place: number, direction: 1 | -1) => {
    for (let turn = 1; turn < 7; turn += 1) {
      const row = (day + direction * turn + 7) % 7;
      const count = week[row]?.length ?? 0;
      if (count > 0) return buttonAt(row, Math.min(place, count - 1))?.focus();
    }
  };
  const onKey = (event: KeyboardEvent, day: number, place: number) => {
    const act = actOfKey(event, week, day, place);
    if (act === null) return;
    event.preventDefault();
    event.stopPropagation();
    if (act.type === 'remove') return remove(day, place);
    if (act.type === 'go') return go(day, place, act.row);
    const before = week[day]?.[place];
    const isStuck = before?.from === act.span.from && before.to === act.span.to;
    if (isStuck) announce(`${spanWords(day, act.span)}, no further`);
    else put(day, place, act.span);
  };
  return { root, week, announcement, buttonAt, focusSoon, change, put, remove, add, copy, undo, onKey };
};
