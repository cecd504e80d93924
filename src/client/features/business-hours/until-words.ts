import { localAt } from '#routing/zone.ts';
import { dateWords } from '#routing/words/hours-words.ts';
import { dayNames } from '#routing/words/words.ts';
import { timeText } from '#client/components/date/moment-words.ts';
import { dateOf, daysBetween, weekdayOfDate } from '#client/lib/days.ts';

/**
 * `until 18:00`, `until Mon 09:00`, as the zone's clock will show it; a date where it is more than six days
 * off.
 */
export const untilWords = (zone: string, now: number, until: number): string => {
  const local = localAt(zone, until);
  const [date, time] = [dateOf(local), timeText(local)];
  const days = daysBetween(dateOf(localAt(zone, now)), date);
  if (days === 0) return `until ${time}`;
  return days < 7
    ? `until ${dayNames[weekdayOfDate(date)]?.slice(0, 3)} ${time}`
    : `until ${dateWords(date, false)}, ${time}`;
};
