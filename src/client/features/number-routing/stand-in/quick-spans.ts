import { weekdayOf } from '#routing/day-plan.ts';
import { DAY_MS, instantOf, localAt } from '#routing/zone.ts';

/** From when to when, in milliseconds since 1970. */
export interface QuickSpan {
  name: string;
  from: number;
  to: number;
}

const HOUR_MS = 3_600_000;

/** A day from now, at an hour, by the zone's clock. */
const at = (zone: string, now: number, days: number, hour: number) =>
  instantOf(zone, (Math.floor(localAt(zone, now) / DAY_MS) + days) * DAY_MS + hour * HOUR_MS);

const FRIDAY = 5;

/** The weekend that runs or comes: Friday 18:00 to Monday 08:00. */
const weekend = (zone: string, now: number): { from: number; to: number } => {
  const today = weekdayOf(Math.floor(localAt(zone, now) / DAY_MS));
  // Sunday and the small hours of Monday belong to the weekend that began before them.
  const sinceFriday = (today + 7 - FRIDAY) % 7;
  const running = { from: at(zone, now, -sinceFriday, 18), to: at(zone, now, 3 - sinceFriday, 8) };
  if (running.from <= now && now < running.to) return { from: now, to: running.to };
  const ahead = (FRIDAY + 7 - today) % 7;
  return { from: at(zone, now, ahead, 18), to: at(zone, now, ahead + 3, 8) };
};

/** How long someone mostly stands in, by the clock of the number's zone. */
export const quickSpans = (now: number, zone: string): QuickSpan[] => [
  { name: 'Until tomorrow 09:00', from: now, to: at(zone, now, 1, 9) },
  { name: 'Over the weekend', ...weekend(zone, now) },
  { name: 'For 24 hours', from: now, to: now + 24 * HOUR_MS },
];
