import { isTimeZone } from '#contract/clock-times.ts';

/** Browsers list some cities by names that were given up; these are the ones people look for. */
const newNames: Record<string, string> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Godthab': 'America/Nuuk',
  'America/Indianapolis': 'America/Indiana/Indianapolis',
  'America/Louisville': 'America/Kentucky/Louisville',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
};

const today = (zone: string) => {
  const now = newNames[zone];
  return now !== undefined && isTimeZone(now) ? now : zone;
};

/** The reader's own. */
export const ownZone = (): string => today(new Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC');

let all: string[] | undefined;
/** Every zone this browser knows, by name. */
export const allZones = (): string[] => (all ??= [...new Set([...Intl.supportedValuesOf('timeZone').map(today), 'UTC'])].sort());

/** As people read it: `Asia/Ho Chi Minh`. */
export const zoneWords = (zone: string): string => zone.replaceAll('_', ' ');

const clocks = new Map<string, Intl.DateTimeFormat | null>();
const clockOf = (zone: string) => {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  const made = isTimeZone(zone)
    ? new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'short', hour: '2-digit', minute: '2-digit', timeZoneName: 'shortOffset' })
    : null;
  clocks.set(zone, made);
  return made;
};

/** What the zone's clock shows: `Tue 19:32`, `UTC+6`. Null where the zone is not known here. */
export const clockIn = (zone: string, now: number): { time: string; offset: string } | null => {
  const parts = clockOf(zone)?.formatToParts(now);
  if (!parts) return null;
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)?.value ?? '';
  return { time: `${part('weekday')} ${part('hour')}:${part('minute')}`, offset: part('timeZoneName').replace('GMT', 'UTC').replace('-', '−') };
};
