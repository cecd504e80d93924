import { MINUTES_A_DAY } from '#contract/clock-times.ts';
import { spanText, type Segment } from './to-days.ts';

const percent = (minutes: number) => `${(minutes / MINUTES_A_DAY) * 100}%`;

/** Where a segment lies on its track. */
export const placeOf = ({ left, right }: Pick<Segment, 'left' | 'right'>) => ({
  left: percent(left),
  width: percent(right - left),
});

/** A night is open at the edge where the next or the former row goes on with it. */
export const segmentClass = {
  whole: 'rounded-[5px] bg-open',
  head: 'rounded-l-[5px] bg-open',
  tail: 'rounded-r-[5px] bg-open-tail',
} as const;

const hourOf = (minutes: number) => (minutes === 1440 ? '24' : String((minutes / 60) % 24));
const isWholeHour = (minutes: number) => minutes % 60 === 0;

/** The times within the segment, as far as they fit: `09:00 – 18:00`, else `9–18`, else nothing. */
export const SegmentLabel = ({ span, part }: Segment) => {
  const { from, to } = span;
  if (part === 'tail') {
    return (
      <span className="block truncate pl-1.75 text-2xs font-medium text-on-open @max-[4.25rem]:hidden">
        until {spanText(span).slice(-5)}
      </span>
    );
  }
  return (
    <>
      <span className="block truncate pl-1.75 text-2xs font-medium text-on-open @max-[5.25rem]:hidden">
        {spanText(span, ' – ')}
      </span>
      {isWholeHour(from) && isWholeHour(to) && (
        <span className="block truncate text-center text-2xs font-medium text-on-open @max-[2.25rem]:hidden @min-[5.25rem]:hidden">
          {hourOf(from)}–{hourOf(to)}
        </span>
      )}
    </>
  );
};
