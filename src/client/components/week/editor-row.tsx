import { classes } from '#client/lib/classes.ts';
import { CopyIcon, PlusIcon } from 'lucide-react';
import { Button } from '#client/components/ui/button.tsx';
import { Interval, Tail, type IntervalProps } from './editor-interval.tsx';
import { freeSpan } from './move-span.ts';
import { dayName, lengthWords, segmentsOf, shortDays, spanText, type DaySpan, type Week } from './to-days.ts';

interface RowProps extends IntervalProps {
  week: Week;
  day: number;
  /** What is wrong on this day, and with which of its intervals. */
  wrong: { message: string | undefined; places: readonly number[] };
  /** The interval under the hand, whose times are shown above it. */
  held: DaySpan | null;
  onAdd: (day: number) => void;
  onCopy: (day: number, anchor: HTMLElement) => void;
}

/** The times under the hand. Kept within the track, whatever the place. */
const Bubble = ({ span }: { span: DaySpan }) => (
  <span
    aria-hidden="true"
    className={classes(
      'pointer-events-none absolute -top-7 z-10 -translate-x-1/2 rounded-md bg-toast px-1.75',
      'py-0.5 text-xs font-medium whitespace-nowrap text-toast-foreground',
    )}
    style={{
      left: `clamp(4.5rem, ${((span.from + Math.min(span.to, 1440)) / 2 / 1440) * 100}%, calc(100% - 4.5rem))`,
    }}
  >
    {spanText(span, ' – ')} · {lengthWords(span)}
  </span>
);

/** One day of the week that is edited: its track, and what can be done without drawing. */
export const EditorRow = ({ week, day, hintId, wrong, held, onKey, onOpen, onAdd, onCopy }: RowProps) => {
  const isFull = freeSpan(week, day) === null;
  return (
    <fieldset
      aria-label={dayName(day)}
      className="grid min-w-0 grid-cols-[2.25rem_minmax(0,1fr)_auto] items-center gap-x-2"
    >
      <span aria-hidden="true" className="text-ink-2">
        {shortDays[day]}
      </span>
      <div
        data-track={day}
        className="relative h-7 cursor-crosshair touch-pan-y rounded-[5px] bg-ink/5 coarse:h-8"
      >
        {[25, 50, 75].map((at) => (
          <span
            key={at}
            aria-hidden="true"
            className="pointer-events-none absolute inset-y-0 w-px bg-ink/8"
            style={{ left: `${at}%` }}
          />
        ))}
        {segmentsOf(week, day).map((segment) =>
          segment.part === 'tail' ? (
            <Tail key={`tail ${segment.place}`} segment={segment} />
          ) : (
            <Interval
              key={segment.place}
              segment={segment}
              isWrong={wrong.places.includes(segment.place)}
              {...{ hintId, onKey, onOpen }}
            />
          ),
        )}
        {held && <Bubble span={held} />}
      </div>
      <div className="flex gap-0.5">
        <Button
          variant="ghost"
          size="iconSm"
          data-add={day}
          aria-label={`Add an interval on ${dayName(day)}`}
          title={isFull ? `${dayName(day)} has no room left` : 'Add an interval'}
          aria-disabled={isFull}
          onClick={() => onAdd(day)}
        >
          <PlusIcon aria-hidden="true" className="size-4" />
        </Button>
        <Button
          variant="ghost"
          size="iconSm"
          data-copy={day}
          aria-label={`Copy ${dayName(day)} to other days`}
          title="Copy to other days"
          aria-haspopup="dialog"
          onClick={({ currentTarget }) => onCopy(day, currentTarget)}
        >
          <CopyIcon aria-hidden="true" className="size-3.5" />
        </Button>
      </div>
      {wrong.message !== undefined && (
        <p role="alert" className="col-start-2 pt-0.5 pb-1 text-xs text-harm">
          {wrong.message}
        </p>
      )}
    </fieldset>
  );
};
