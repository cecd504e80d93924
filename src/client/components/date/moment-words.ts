import { dateWords } from '#routing/words/hours-words.ts';
import { dayNames } from '#routing/words/words.ts';
import { localAt } from '#routing/zone.ts';
import { dateOf, weekdayOfDate } from '#client/lib/days.ts';

/* Moments as every field and line of the console writes them. Instants are milliseconds since 1970, UTC. */

const WRITTEN = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z$/;

/** The instant that a value of the wire is; null for what is none, such as what somebody has typed. */
export const instantIn = (value: string): number | null => {
  const at = WRITTEN.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? null : at;
};

export const timeText = (local: number): string => new Date(local).toISOString().slice(11, 16);

/** `28 Nov 2026, 22:00`, by the zone's clock. Throws RangeError where this engine does not know the zone. */
export const momentText = (zone: string, at: number): string => {
  const local = localAt(zone, at);
  return `${dateWords(dateOf(local))}, ${timeText(local)}`;
};

/**
 * What the reader's own clock shows at a moment of another one: `= 06:00 your time`, `= Sun 29 Nov, 06:00 your
 * time` where that is another day; null where the two clocks show the same.
 */
export const yourTime = (zone: string, own: string, at: number): string | null => {
  const [there, here] = [localAt(zone, at), localAt(own, at)];
  if (there === here) return null;
  const date = dateOf(here);
  const day = dayNames[weekdayOfDate(date)]?.slice(0, 3);
  return `= ${date === dateOf(there) ? '' : `${day} ${dateWords(date, false)}, `}${timeText(here)} your time`;
};
