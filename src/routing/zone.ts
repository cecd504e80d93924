import { engineZone } from '#contract/reading/engine-zone.ts';

/*
 * Local time in IANA zones. What a zone's clock shows is asked of Intl every few days of each year that is
 * looked at, and remembered: afterwards an offset is a look into a short list. All instants are milliseconds
 * since 1970, UTC.
 */

export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;

/**
 * While `from <= at < until`, the zone's clock shows UTC plus `offset` milliseconds. Cut where a UTC year
 * ends.
 */
interface Period {
  from: number;
  until: number;
  offset: number;
}

interface Zone {
  clock: Intl.DateTimeFormat;
  years: Map<number, Period[]>;
  /** What was asked for last is mostly asked for next. */
  last: Period;
}

// More than there are zones, and than years that anyone keeps asking for: bounds the memory whatever is
// asked.
const MAX_ZONES = 1000;
const MAX_YEARS = 50;
const zones = new Map<string, Zone>();

const never: Period = { from: 0, until: 0, offset: 0 };

const zoneOf = (name: string): Zone => {
  const known = zones.get(name);
  if (known) return known;
  const fields = {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  } as const;
  const clock = new Intl.DateTimeFormat('en-US', {
    timeZone: engineZone(name),
    calendar: 'gregory',
    hourCycle: 'h23',
    ...fields,
  });
  const zone = { clock, years: new Map<number, Period[]>(), last: never };
  if (zones.size >= MAX_ZONES) zones.clear();
  zones.set(name, zone);
  return zone;
};

const askOffset = ({ clock }: Zone, at: number): number => {
  const shown: Record<string, number> = {};
  for (const { type, value } of clock.formatToParts(at)) shown[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
};

/**
 * An instant, to the second, from which on the offset is no longer `before`; `low` still has it, `high` has
 * not.
 */
const findChange = (zone: Zone, low: number, high: number, before: number): number => {
  let [from, to] = [low, high];
  while (to - from > 1000) {
    const middle = from + Math.floor((to - from) / 2000) * 1000;
    if (askOffset(zone, middle) === before) from = middle;
    else to = middle;
  }
  return to;
};

// No clock was changed and changed back within less than a week since 1990 (Boa Vista and Recife took one, in
// 2000).
const STEP_MS = 5 * DAY_MS;

const makeYear = (zone: Zone, year: number): Period[] => {
  const [begin, end] = [Date.UTC(year, 0), Date.UTC(year + 1, 0)];
  const periods: Period[] = [];
  let current = { from: begin, until: end, offset: askOffset(zone, begin) };
  for (let seen = begin; seen < end;) {
    const next = Math.min(seen + STEP_MS, end);
    if (askOffset(zone, next) === current.offset) {
      seen = next;
      continue;
    }
    seen = findChange(zone, seen, next, current.offset);
    if (seen === end) break;
    periods.push({ ...current, until: seen });
    current = { from: seen, until: end, offset: askOffset(zone, seen) };
  }
  return [...periods, current];
};

const yearOf = (zone: Zone, year: number): Period[] => {
  const known = zone.years.get(year);
  if (known) return known;
  const made = makeYear(zone, year);
  if (zone.years.size >= MAX_YEARS) zone.years.clear();
  zone.years.set(year, made);
  return made;
};

const periodAt = (name: string, at: number): Period => {
  const zone = zoneOf(name);
  if (zone.last.from <= at && at < zone.last.until) return zone.last;
  zone.last = yearOf(zone, new Date(at).getUTCFullYear()).find(({ until }) => at < until) ?? never;
  return zone.last;
};

/**
 * How far the zone's clock is ahead of UTC at this instant, in milliseconds. Throws RangeError for an unknown
 * zone.
 */
export const offsetAt = (zone: string, at: number): number => periodAt(zone, at).offset;

/** What the zone's clock shows, in milliseconds, as if it were UTC. */
export const localAt = (zone: string, at: number): number => at + offsetAt(zone, at);

/**
 * The first instant at which the zone's clock shows this local time or a later one: the earlier of two where
 * the clock is set back, and the moment of the jump where it passes the time over.
 */
export const instantOf = (zone: string, local: number): number => {
  // No clock is more than a day ahead of or behind UTC, so that it is not reached earlier than this.
  let period = periodAt(zone, local - DAY_MS);
  for (;;) {
    const reached = Math.max(period.from, local - period.offset);
    if (reached < period.until) return reached;
    period = periodAt(zone, period.until);
  }
};
