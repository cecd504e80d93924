import { CopyIcon, PlusIcon } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { Button } from '#client/components/ui/button.tsx';
import { classes } from '#client/lib/classes.ts';
import { freeSpan } from './move-span.ts';
import { placeOf, SegmentLabel, segmentClass } from './segment-label.tsx';
import { dayName, lengthWords, segmentsOf, shortDays, spanText, spanWords, type DaySpan, type Segment, type Week } from './to-days.ts';

interface RowProps {
  week: Week;
  day: number;
  hintId: string;
  /** What is wrong with intervals of this day. */
  problem: string | undefined;
  wrongPlaces: readonly number[];
  /** The interval under the hand, whose times are shown above it. */
  held: DaySpan | null;
  onKey: (event: KeyboardEvent, day: number, place: number) => void;
  onOpen: (day: number, place: number) => void;
  onAdd: (day: number) => void;
  onCopy: (day: number, anchor: HTMLElement) => void;
}

const Handle = ({ edge }: { edge: 'start' | 'end' }) => (
  <span
    data-edge={edge}
    className={classes(
      'absolute inset-y-0 w-2 max-w-1/3 cursor-ew-resize coarse:w-4',
      'after:absolute after:inset-y-1.5 after:w-0.5 after:rounded-full after:bg-on-open/45 after:opacity-0 group-hover:after:opacity-100 group-focus-visible:after:opacity-100 coarse:after:opacity-100',
      edge === 'start' ? 'left-0 after:left-0.75' : 'right-0 after:right-0.75',
    )}
  />
);

const shapeClass = 'group @container absolute inset-y-0 flex touch-pan-y items-center *:data-label:w-full cursor-grab select-none';

const Tail = ({ segment }: { segment: Segment }) => (
  <div
    aria-hidden="true"
    data-mark
    data-span={`${segment.day}:${segment.place}`}
    className={classes(shapeClass, segmentClass.tail)}
    style={placeOf(segment)}
  >
    <span data-label className="pointer-events-none">
      <SegmentLabel {...segment} />
    </span>
    <Handle edge="end" />
  </div>
);

const Interval = ({
  segment,
  isWrong,
  hintId,
  onKey,
  onOpen,
}: { segment: Segment; isWrong: boolean } & Pick<RowProps, 'hintId' | 'onKey' | 'onOpen'>) => {
  const { day, place, span, part } = segment;
  return (
    <button
      type="button"
      data-mark
      data-span={`${day}:${place}`}
      data-invalid={isWrong || undefined}
      aria-label={spanWords(day, span)}
      title={spanText(span, ' – ')}
      aria-haspopup="dialog"
      aria-describedby={hintId}
      className={classes(
        shapeClass,
        segmentClass[part],
        'z-1 text-left focus-visible:z-2 focus-visible:outline-2 focus-visible:outline-offset-1 data-invalid:ring-2 data-invalid:ring-harm',
      )}
      style={placeOf(segment)}
      onKeyDown={(event) => onKey(event, day, place)}
      // A press of the mouse is answered when the pointer lets go, without a drag.
      onClick={({ detail }) => detail === 0 && onOpen(day, place)}
    >
      <span data-label className="pointer-events-none">
        <SegmentLabel {...segment} />
      </span>
      <Handle edge="start" />
      {part !== 'head' && <Handle edge="end" />}
    </button>
  );
};

/** The times under the hand. Kept within the track, whatever the place. */
const Bubble = ({ span }: { span: DaySpan }) => (
  <span
    aria-hidden="true"
    className="pointer-events-none absolute -top-7 z-10 -translate-x-1/2 rounded-md bg-toast px-1.75 py-0.5 text-xs font-medium whitespace-nowrap text-toast-foreground"
    style={{ left: `clamp(4.5rem, ${((span.from + Math.min(span.to, 1440)) / 2 / 1440) * 100}%, calc(100% - 4.5rem))` }}
  >
    {spanText(span, ' – ')} · {lengthWords(span)}
  </span>
);

/** One day of the week that is edited: its track, and what can be done without drawing. */
export const EditorRow = ({ week, day, hintId, problem, wrongPlaces, held, onKey, onOpen, onAdd, onCopy }: RowProps) => {
  const isFull = freeSpan(week, day) === null;
  return (
    <fieldset aria-label={dayName(day)} className="grid min-w-0 grid-cols-[2.25rem_minmax(0,1fr)_auto] items-center gap-x-2">
      <span aria-hidden="true" className="text-ink-2">
        {shortDays[day]}
      </span>
      <div data-track={day} className="relative h-7 cursor-crosshair touch-pan-y rounded-[5px] bg-ink/5 coarse:h-8">
        {[25, 50, 75].map((at) => (
          <span key={at} aria-hidden="true" className="pointer-events-none absolute inset-y-0 w-px bg-ink/8" style={{ left: `${at}%` }} />
        ))}
        {segmentsOf(week, day).map((segment) =>
          segment.part === 'tail' ? (
            <Tail key={`tail ${segment.place}`} segment={segment} />
          ) : (
            <Interval key={segment.place} segment={segment} isWrong={wrongPlaces.includes(segment.place)} {...{ hintId, onKey, onOpen }} />
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
      {problem !== undefined && (
        <p role="alert" className="col-start-2 pt-0.5 pb-1 text-xs text-harm">
          {problem}
        </p>
      )}
    </fieldset>
  );
};
