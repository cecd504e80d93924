import type { Hours } from '#contract/business-hours.ts';
import { datesWords, openWords } from '#routing/words/hours-words.ts';
import { todayIn } from '#client/lib/days.ts';
import { useNow } from '#client/lib/use-now.ts';
import { inOrder, nextOccurrence } from './next-occurrence.ts';

const SHOWN = 3;

/** The holidays that come next, beside an ordinary week that does not show them. */
export const ComingExceptions = ({ hours: { time_zone: zone, exceptions } }: { hours: Hours }) => {
  const today = todayIn(zone, useNow());
  const coming = inOrder(exceptions, today).flatMap((exception) => {
    const next = nextOccurrence(exception, today);
    return next === null ? [] : [{ exception, next }];
  });
  if (coming.length === 0) return null;
  return (
    <ul aria-label="Coming exceptions" className="grid gap-0.5 text-xs text-ink-2">
      {coming.slice(0, SHOWN).map(({ exception: { name, intervals }, next }, place) => (
        // They are only shown, and two may be alike in everything.
        <li key={place} className="flex min-w-0 gap-2">
          <span className="shrink-0 whitespace-nowrap">{datesWords(next.first, next.last)}</span>
          <span className="min-w-0 truncate">
            <bdi>{name}</bdi>, {openWords(intervals)}
          </span>
        </li>
      ))}
      {coming.length > SHOWN && <li className="text-ink-3">{coming.length - SHOWN} more</li>}
    </ul>
  );
};
