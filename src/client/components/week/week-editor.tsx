import { useId, useState } from 'react';
import { overlapInWeek, type WeeklyInterval } from '#contract/clock-times.ts';
import { Kbd } from '#client/components/ui/kbd.tsx';
import { CopyDay } from './copy-day.tsx';
import { EditorRow } from './editor-row.tsx';
import { ExactTimes } from './exact-times.tsx';
import { withSpan } from './move-span.ts';
import { longDays, toDays } from './to-days.ts';
import { useWeekDrag } from './use-week-drag.ts';
import { useWeekEdits } from './use-week-edits.ts';
import { WeekAxis } from './week-axis.tsx';
import { WeekPresets } from './week-presets.tsx';
import { wrongOnDay } from './wrong-on-day.ts';

interface Props {
  value: readonly WeeklyInterval[];
  onChange: (weekly: WeeklyInterval[]) => void;
  /** What is wrong, by the place of the interval in `value`. */
  problems?: ReadonlyMap<number, string>;
}

type Open =
  | { kind: 'times'; day: number; place: number; anchor: HTMLElement }
  | { kind: 'copy'; day: number; anchor: HTMLElement };

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
  const [open, setOpen] = useState<Open | null>(null);
  const { root, week, announcement, buttonAt, focusSoon, change, put, remove, add, copy, undo, onKey } =
    useWeekEdits(value, onChange);

  const openTimes = (day: number, place: number) => {
    const anchor = buttonAt(day, place);
    if (anchor) setOpen({ kind: 'times', day, place, anchor });
  };
  const close = () => {
    if (open?.kind === 'times') focusSoon.interval(open.day, open.place);
    if (open?.kind === 'copy') focusSoon.copy(open.day);
    setOpen(null);
  };
  const { drag, handlers } = useWeekDrag(week, {
    onCommit: ({ day, place }, span) => put(day, place, span),
    onPress: openTimes,
  });
  const drawn = drag?.span ? withSpan(week, drag.day, drag.place, drag.span) : week;
  const overlap = overlapInWeek(value);
  const told =
    overlap === undefined || problems.has(overlap) ? problems : new Map([...problems, [overlap, OVERLAP]]);

  return (
    // The keys of whatever in it has the focus.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <fieldset
      ref={root}
      aria-label="Week"
      className="grid min-w-0 gap-2"
      onKeyDown={(event) => {
        if (
          event.key.toLowerCase() !== 'z' ||
          !(event.ctrlKey || event.metaKey) ||
          event.shiftKey ||
          (event.target as Element).tagName === 'INPUT'
        )
          return;
        event.preventDefault();
        undo?.();
      }}
    >
      <WeekPresets onChoose={(weekly, name) => change(toDays(weekly), `${name} set`)} onUndo={undo} />
      <div className="grid gap-1" {...handlers}>
        {longDays.map((name, day) => (
          <EditorRow
            key={name}
            week={drawn}
            day={day}
            hintId={hintId}
            wrong={wrongOnDay(told, value, week, day)}
            held={drag?.day === day ? drag.span : null}
            onKey={onKey}
            onOpen={openTimes}
            onAdd={add}
            onCopy={(from, anchor) => setOpen({ kind: 'copy', day: from, anchor })}
          />
        ))}
      </div>
      <div className="-mt-1 pr-15.5 pl-11">
        <WeekAxis />
      </div>
      <Hint id={hintId} />
      <output className="sr-only">{announcement}</output>
      {open?.kind === 'times' && (
        <ExactTimes
          key={`${open.day}:${open.place}`}
          week={week}
          {...open}
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
          {...open}
          onCopy={(days) => {
            close();
            copy(open.day, days);
          }}
          onClose={close}
        />
      )}
    </fieldset>
  );
};
