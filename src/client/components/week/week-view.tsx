import type { Hours } from '#contract/business-hours.ts';
import { classes } from '#client/lib/classes.ts';
import { placeOf, SegmentLabel, segmentClass } from './segment-label.tsx';
import { dayText, segmentsOf, shortDays, toDays } from './to-days.ts';
import { WeekAxis } from './week-axis.tsx';

/** An ordinary week, drawn: seven days on tracks of 24 hours. A screen reader hears each day as text. */
export const WeekView = ({ hours }: { hours: Hours }) => {
  const week = toDays(hours.weekly);
  return (
    <div>
      <ul aria-label="Open in an ordinary week" className="grid gap-1">
        {shortDays.map((name, day) => (
          <li key={name} className="grid grid-cols-[2.75rem_minmax(0,1fr)] items-center gap-2">
            <span className="sr-only">{dayText(week, day)}</span>
            <span aria-hidden="true" className="text-ink-2">
              {name}
            </span>
            <div aria-hidden="true" className="relative h-6.5 rounded-[5px] bg-ink/5">
              {segmentsOf(week, day).map((segment) => (
                <div
                  key={`${segment.day} ${segment.place}`}
                  data-mark
                  className={classes(
                    '@container absolute inset-y-0 flex items-center *:flex-1',
                    segmentClass[segment.part],
                  )}
                  style={placeOf(segment)}
                >
                  <SegmentLabel {...segment} />
                </div>
              ))}
            </div>
          </li>
        ))}
      </ul>
      <div className="mt-1 pl-13">
        <WeekAxis />
      </div>
    </div>
  );
};

/** The shape of a week at a glance, for a row of a list. The words beside it say the same. */
export const WeekSketch = ({ weekly }: Pick<Hours, 'weekly'>) => {
  const week = toDays(weekly);
  return (
    <div aria-hidden="true" className="grid w-24 gap-px">
      {shortDays.map((name, day) => (
        <div key={name} className="relative h-0.75 overflow-hidden bg-ink/8">
          {segmentsOf(week, day).map((segment) => (
            <div
              key={`${segment.day} ${segment.place}`}
              data-mark
              className="absolute inset-y-0 bg-open"
              style={placeOf(segment)}
            />
          ))}
        </div>
      ))}
    </div>
  );
};
