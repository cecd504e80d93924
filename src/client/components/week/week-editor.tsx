import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { overlapInWeek, type WeeklyInterval } from '#contract/clock-times.ts';
import { Kbd } from '#client/components/ui/kbd.tsx';
import { CopyDay } from './copy-day.tsx';
import { EditorRow } from './editor-row.tsx';
import { ExactTimes } from './exact-times.tsx';
import { actOfKey } from './interval-keys.ts';
import { copyDay, freeSpan, withSpan } from './move-span.ts';
import { dayName, longDays, spanWords, toDays, toWeekly, type DaySpan, type Week } from './to-days.ts';
import { useWeekDrag } from './use-week-drag.ts';
import { useWeekHistory } from './use-week-history.ts';
import { WeekAxis } from './week-axis.tsx';
import { WeekPresets } from './week-presets.tsx';
import { wrongOnDay } from './wrong-on-day.ts';

interface Props {
  value: readonly WeeklyInterval[];
  onChange: (weekly: WeeklyInterval[]) => void;
  /** What is wrong, by the place of the interval in `value`. */
  problems?: ReadonlyMap<number, string>;
}

type Open = { kind: 'times'; day: number; place: number; anchor: HTMLElement } | { kind: 'copy'; day: number; anchor: HTMLElement };

const OVERLAP = 'This overlaps another interval. Shorten one, or make them one.';
const NONE: ReadonlyMap<number, string> = new Map();

const Hint = ({ id }: { id: string }) => (
  <p id={id} className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-ink-3 coarse:sr-only">
    <span>Drag to paint.</span>
    <span>
      <Kbd>←</Kbd> <Kbd>→</Kbd> move
    </span>
    <span>
      with <Kbd>Shift</Kbd> the end
    </span>
    <span>
      with <Kbd>Alt</Kbd> the start
    </span>
    <span>
      <Kbd>Enter</Kbd> exact times
    </span>
    <span>
      <Kbd>Delete</Kbd> removes
    </span>
  </p>
);

/** A week edited by painting or by keys. What it cannot say is kept as it is until it is itself changed. */
export const WeekEditor = ({ value, onChange, problems = NONE }: Props) => {
  const hintId = useId();
  const root = useRef<HTMLFieldSetElement>(null);
  const [said, say] = useState('');
  const [open, setOpen] = useState<Open | null>(null);
  const history = useWeekHistory(value, onChange);
  const week = toDays(value);

  // Where the focus belongs once the change has been drawn.
  const wanted = useRef<string | null>(null);
  useEffect(() => {
    if (wanted.current === null) return;
    root.current?.querySelector<HTMLElement>(`button${wanted.current}`)?.focus();
    wanted.current = null;
  });
  const focusSpan = (day: number, place: number) => (wanted.current = `[data-span="${day}:${place}"]`);

  const change = (next: Week, words: string) => {
    history.change(toWeekly(next));
    say(words);
  };
  const put = (day: number, place: number | null, span: DaySpan) => {
    const next = withSpan(week, day, place, span);
    focusSpan(day, next[day]?.findIndex(({ from, to }) => from === span.from && to === span.to) ?? 0);
    change(next, spanWords(day, span));
  };
  const remove = (day: number, place: number) => {
    const span = week[day]?.[place];
    if (span === undefined) return;
    const left = (week[day]?.length ?? 1) - 1;
    if (left > 0) focusSpan(day, Math.min(place, left - 1));
    else wanted.current = `[data-add="${day}"]`;
    change(withSpan(week, day, place, null), `${spanWords(day, span)} removed`);
  };
  const openTimes = (day: number, place: number) => {
    const anchor = root.current?.querySelector<HTMLElement>(`button[data-span="${day}:${place}"]`);
    if (anchor) setOpen({ kind: 'times', day, place, anchor });
  };
  const close = () => {
    if (open?.kind === 'times') focusSpan(open.day, open.place);
    if (open?.kind === 'copy') wanted.current = `[data-copy="${open.day}"]`;
    setOpen(null);
  };
  const add = (day: number) => {
    const span = freeSpan(week, day);
    if (span === null) say(`${dayName(day)} has no room left`);
    else put(day, null, span);
  };
  const go = (day: number, place: number, direction: 1 | -1) => {
    for (let turn = 1; turn < 7; turn += 1) {
      const row = (day + direction * turn + 7) % 7;
      const spans = week[row] ?? [];
      if (spans.length > 0)
        return root.current?.querySelector<HTMLElement>(`button[data-span="${row}:${Math.min(place, spans.length - 1)}"]`)?.focus();
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
    if (isStuck) say(`${spanWords(day, act.span)}, no further`);
    else put(day, place, act.span);
  };

  const { drag, handlers } = useWeekDrag(week, { onCommit: ({ day, place }, span) => put(day, place, span), onPress: openTimes });
  const drawn = drag?.span ? withSpan(week, drag.day, drag.place, drag.span) : week;
  const overlap = overlapInWeek(value);
  const told = overlap === undefined || problems.has(overlap) ? problems : new Map([...problems, [overlap, OVERLAP]]);

  return (
    // The keys of whatever in it has the focus.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <fieldset
      ref={root}
      aria-label="Week"
      className="grid min-w-0 gap-2"
      onKeyDown={(event) => {
        if (event.key !== 'z' || !(event.ctrlKey || event.metaKey) || (event.target as Element).tagName === 'INPUT') return;
        event.preventDefault();
        if (history.undo) say('Undone');
        history.undo?.();
      }}
    >
      <WeekPresets
        onChoose={(weekly, name) => change(toDays(weekly), `${name} set`)}
        onUndo={
          history.undo &&
          (() => {
            history.undo?.();
            say('Undone');
          })
        }
      />
      <div className="grid gap-1" {...handlers}>
        {longDays.map((name, day) => {
          const { message, places } = wrongOnDay(told, value, week, day);
          return (
            <EditorRow
              key={name}
              week={drawn}
              day={day}
              hintId={hintId}
              problem={message}
              wrongPlaces={places}
              held={drag?.day === day ? drag.span : null}
              onKey={onKey}
              onOpen={openTimes}
              onAdd={add}
              onCopy={(from, anchor) => setOpen({ kind: 'copy', day: from, anchor })}
            />
          );
        })}
      </div>
      <div className="-mt-1 pr-15.5 pl-11">
        <WeekAxis />
      </div>
      <Hint id={hintId} />
      <output className="sr-only">{said}</output>
      {open?.kind === 'times' && (
        <ExactTimes
          key={`${open.day}:${open.place}`}
          anchor={open.anchor}
          week={week}
          day={open.day}
          place={open.place}
          onSave={(span) => {
            setOpen(null);
            put(open.day, open.place, span);
          }}
          onRemove={() => {
            setOpen(null);
            remove(open.day, open.place);
          }}
          onClose={close}
        />
      )}
      {open?.kind === 'copy' && (
        <CopyDay
          anchor={open.anchor}
          day={open.day}
          onCopy={(days) => {
            close();
            change(copyDay(week, open.day, days), `${dayName(open.day)} copied to ${days.map(dayName).join(', ')}`);
          }}
          onClose={close}
        />
      )}
    </fieldset>
  );
};
