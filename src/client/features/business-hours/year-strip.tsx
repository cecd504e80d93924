import type { HoursException } from '#contract/business-hours.ts';
import { monthNames } from '#routing/words/words.ts';
import { classes } from '#client/lib/classes.ts';
import { addDays, daysBetween } from '#client/lib/days.ts';
import { nextOccurrence } from './next-occurrence.ts';

const DAYS_SHOWN = 365;

const monthsFrom = (today: string) =>
  Array.from({ length: 12 }, (_, ahead) => {
    const month = (Number(today.slice(5, 7)) + ahead) % 12;
    const year = Number(today.slice(0, 4)) + Math.floor((Number(today.slice(5, 7)) + ahead) / 12);
    const first = `${year}-${String(month + 1).padStart(2, '0')}-01`;
    return { name: monthNames[month] ?? '', at: daysBetween(today, first) };
  }).filter(({ at }) => at < DAYS_SHOWN - 10);

const percent = (days: number) => `${(days / DAYS_SHOWN) * 100}%`;

/**
 * The next twelve months at a glance: closed days dark, days with hours of their own in the colour of
 * opening.
 */
export const YearStrip = ({
  exceptions,
  today,
}: {
  exceptions: readonly HoursException[];
  today: string;
}) => (
  <div aria-hidden="true">
    <div className="relative h-5 overflow-hidden rounded-[5px] bg-ink/5">
      {monthsFrom(today).map(({ name, at }) => (
        <span key={name} className="absolute inset-y-0 w-px bg-line-2" style={{ left: percent(at) }} />
      ))}
      {exceptions.map((exception, place) => {
        const next = nextOccurrence(exception, today);
        if (next === null || next.first >= addDays(today, DAYS_SHOWN)) return null;
        const from = Math.max(0, daysBetween(today, next.first));
        const length = Math.min(DAYS_SHOWN, daysBetween(today, next.last) + 1) - from;
        return (
          <span
            key={place}
            data-mark
            title={exception.name}
            className={classes(
              'absolute inset-y-0.75 min-w-1 rounded-[2px]',
              exception.intervals.length === 0 ? 'bg-ink-3' : 'bg-open',
            )}
            style={{ left: `min(${percent(from)}, calc(100% - 4px))`, width: percent(length) }}
          />
        );
      })}
    </div>
    <div className="relative mt-0.5 h-4 text-2xs text-ink-3">
      {monthsFrom(today).map(({ name, at }, place) => (
        <span
          key={name}
          className={classes('absolute', place % 2 === 1 && 'max-sm:hidden')}
          style={{ left: percent(at) }}
        >
          {name}
        </span>
      ))}
    </div>
  </div>
);
