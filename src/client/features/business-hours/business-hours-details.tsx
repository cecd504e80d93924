import type { Hours } from '#contract/business-hours.ts';
import { WeekView } from '#client/components/week/week-view.tsx';
import { ExceptionRow } from './exception-row.tsx';
import { todayIn } from '#client/lib/days.ts';
import { inOrder, nextOccurrence } from './next-occurrence.ts';
import { clockIn, zoneWords } from '#client/components/time-zone/time-zones.ts';
import { useNow } from '#client/lib/use-now.ts';
import { YearStrip } from './year-strip.tsx';

/** Business hours to read: zone, week and exceptions, for whoever may not edit them. */
export const BusinessHoursDetails = ({ hours }: { hours: Hours }) => {
  const now = useNow();
  const { time_zone: zone, exceptions } = hours;
  const today = todayIn(zone, now);
  const clock = clockIn(zone, now);
  return (
    <div className="grid relative content-start gap-6 overflow-y-auto px-4 py-4 sm:px-6">
      <p>
        {zoneWords(zone)}{' '}
        {clock && <span className="ml-1 text-ink-3">{`${clock.time} now · ${clock.offset}`}</span>}
      </p>
      <section aria-label="Week">
        <WeekView hours={hours} />
      </section>
      <section aria-labelledby="exceptions-title" className="grid gap-2">
        <h3 id="exceptions-title" className="font-semibold">
          Exceptions
        </h3>
        {exceptions.length === 0 ? (
          <p className="text-ink-2">None.</p>
        ) : (
          <YearStrip exceptions={exceptions} today={today} />
        )}
        <ul className="divide-y divide-line/60">
          {inOrder(exceptions, today).map((exception, place) => (
            // They are only shown, and two may be alike in everything.
            <li key={place}>
              <ExceptionRow exception={exception} next={nextOccurrence(exception, today)} today={today} />
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
};
