import type { KeyboardEvent } from 'react';
import { classes } from '#client/lib/classes.ts';
import { placeOf, SegmentLabel, segmentClass } from './segment-label.tsx';
import { spanText, spanWords, type Segment } from './to-days.ts';

export interface IntervalProps {
  hintId: string;
  onKey: (event: KeyboardEvent, day: number, place: number) => void;
  onOpen: (day: number, place: number) => void;
}

const Handle = ({ edge }: { edge: 'start' | 'end' }) => (
  <span
    data-edge={edge}
    className={classes(
      'absolute inset-y-0 w-2 max-w-1/3 cursor-ew-resize coarse:w-4',
      'after:absolute after:inset-y-1.5 after:w-0.5 after:rounded-full after:bg-on-open/45',
      'after:opacity-0 group-hover:after:opacity-100 group-focus-visible:after:opacity-100',
      'coarse:after:opacity-100',
      edge === 'start' ? 'left-0 after:left-0.75' : 'right-0 after:right-0.75',
    )}
  />
);

const shapeClass =
  'group @container absolute inset-y-0 flex touch-pan-y items-center *:data-label:w-full cursor-grab select-none';

/** What is left of a night in the row of the morning it ends on: the same interval, to be held there too. */
export const Tail = ({ segment }: { segment: Segment }) => (
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

/** One interval as it is held, moved and opened. */
export const Interval = ({
  segment,
  isWrong,
  hintId,
  onKey,
  onOpen,
}: { segment: Segment; isWrong: boolean } & IntervalProps) => {
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
