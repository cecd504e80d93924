import { findEngineZone } from '#contract/reading/engine-zone.ts';
import { zoneNamed } from '#contract/reading/time-zones.ts';

/** The reader's own, under its name of today, which browsers may not know. */
export const ownZone = (): string => {
  const own = new Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
  return zoneNamed(own) ?? own;
};

/** Whether this browser can tell the time there: it may be older than the zone. */
export const isZoneKnown = (zone: string): boolean => findEngineZone(zone) !== undefined;

/** As people read it: `Asia/Ho Chi Minh`. */
export const zoneWords = (zone: string): string => zone.replace(/^Etc\/UTC$/, 'UTC').replaceAll('_', ' ');

const clocks = new Map<string, Intl.DateTimeFormat | null>();
const clockOf = (zone: string) => {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  const timeZone = zone === '' ? undefined : findEngineZone(zone);
  const made =
    timeZone === undefined
      ? null
      : new Intl.DateTimeFormat('en-GB', {
          timeZone,
          weekday: 'short',
          hour: '2-digit',
          minute: '2-digit',
          timeZoneName: 'shortOffset',
        });
  clocks.set(zone, made);
  return made;
};

/** What the zone's clock shows: `Tue 19:32`, `UTC+6`. Null where the zone is not known here. */
export const clockIn = (zone: string, now: number): { time: string; offset: string } | null => {
  const parts = clockOf(zone)?.formatToParts(now);
  if (!parts) return null;
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)?.value ?? '';
  // Some engines say GMT+0 of what others call GMT.
  const offset = part('timeZoneName')
    .replace('GMT', 'UTC')
    .replace('-', '−')
    .replace(/^UTC[+−]0$/, 'UTC');
  return { time: `${part('weekday')} ${part('hour')}:${part('minute')}`, offset };
};
