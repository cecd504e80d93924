import { findEngineZone } from './engine-zone.ts';
import type { Reading } from './reading.ts';
import { trimmed } from './text.ts';
import { timeZoneNames } from './time-zone-names.ts';

/*
 * Time zones by any of their names, in any case; stored under the name of today. By a table of our own:
 * engines differ in the names they give (Asia/Calcutta in one is Asia/Kolkata in another).
 */

export interface TimeZone {
  /** Of today, in the tz database. */
  name: string;
  /** Those it had before, or has beside it. */
  aliases: readonly string[];
}

/**
 * `Africa: Abidjan Asmara=Asmera …`: a name of an area, then its aliases; one that begins with / lies in no
 * area.
 */
const readArea = (line: string): TimeZone[] => {
  const [area = '', names = ''] = line.split(': ');
  const full = (name: string) => (name.startsWith('/') ? name.slice(1) : `${area}/${name}`);
  return names.split(' ').map((entry) => {
    const [name = '', ...aliases] = entry.split('=').map(full);
    return { name, aliases };
  });
};

/** Every zone there is, by name. */
export const timeZones: readonly TimeZone[] = timeZoneNames.trim().split('\n').flatMap(readArea);

const byName: ReadonlyMap<string, string> = new Map(
  timeZones.flatMap(({ name, aliases }) =>
    [name, ...aliases].map((each) => [each.toLowerCase(), name] as const),
  ),
);

const keyOf = (typed: string) => typed.trim().replace(/\s+/gu, '_').toLowerCase();

/** A zone that came to be after the table was made. */
const newerName = (key: string): string | undefined =>
  key.includes('/')
    ? Intl.supportedValuesOf('timeZone').find((zone) => zone.toLowerCase() === key)
    : undefined;

/** The name of today of a zone, by any of its names; undefined where none is called so. */
export const zoneNamed = (typed: string): string | undefined =>
  byName.get(keyOf(typed)) ?? newerName(keyOf(typed));

export const MAX_TIME_ZONE = 64;
const wrongZone = (typed: string): string => {
  if (/^(?:(?:utc|gmt)\s*)?[+\-−]?\d{1,2}(?::?\d\d)?$/iu.test(typed))
    return `“${typed}” is an offset, and no zone: clocks may be changed. Write the zone of a city, as in Asia/Dhaka.`;
  const meant = timeZones.find(({ name }) => name.toLowerCase().endsWith(`/${keyOf(typed)}`))?.name;
  return `No time zone is called “${typed}”. ${meant === undefined ? 'Write its IANA name, as in Asia/Dhaka.' : `Do you mean ${meant}?`}`;
};

export const readTimeZone = (text: string): Reading => {
  const typed = text.length > 4 * MAX_TIME_ZONE ? text : trimmed(text);
  if (typed.length > MAX_TIME_ZONE)
    return {
      code: 'too_big',
      message: 'No time zone has so long a name. Write its IANA name, as in Asia/Dhaka.',
    };
  if (typed === '')
    return {
      code: 'unknown_time_zone',
      message: 'No time zone is written. Write its IANA name, as in Asia/Dhaka.',
    };
  const name = zoneNamed(typed);
  if (name === undefined) return { code: 'unknown_time_zone', message: wrongZone(typed) };
  if (findEngineZone(name) !== undefined) return { value: name };
  return {
    code: 'unknown_time_zone',
    message: `${name} is younger than this installation, which cannot tell the time there. Write a zone beside it.`,
  };
};
