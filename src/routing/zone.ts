/**
 * Local time in IANA zones. What a zone's clock shows is asked of Intl once a day of each year that is looked at, and
 * remembered: afterwards an offset is a look into a short list. All instants are milliseconds since 1970, UTC.
 */
export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;

/** From this instant on, the zone's clock shows UTC plus `offset` milliseconds. */
interface Period {
  from: number;
  offset: number;
}

// Far more than the zones and years that anyone keeps asking for; bounds the memory whatever is asked.
const MAX_YEARS = 2000;
const years = new Map<string, Period[]>();
const clocks = new Map<string, Intl.DateTimeFormat>();

const clockOf = (zone: string): Intl.DateTimeFormat => {
  const known = clocks.get(zone);
  if (known) return known;
  const fields = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' } as const;
  const clock = new Intl.DateTimeFormat('en-US', { timeZone: zone, calendar: 'gregory', hourCycle: 'h23', ...fields });
  clocks.set(zone, clock);
  return clock;
};

const askOffset = (zone: string, at: number): number => {
  const shown: Record<string, number> = {};
  for (const { type, value } of clockOf(zone).formatToParts(at)) shown[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
};

/** The first instant, to the second, at which the offset is no longer that of `low`. */
const findChange = (zone: string, low: number, high: number, before: number): number => {
  let [from, to] = [low, high];
  while (to - from > 1000) {
    const middle = from + Math.floor((to - from) / 2000) * 1000;
    if (askOffset(zone, middle) === before) from = middle;
    else to = middle;
  }
  return to;
};

const periodsOfYear = (zone: string, year: number): Period[] => {
  const key = `${year} ${zone}`;
  const known = years.get(key);
  if (known) return known;
  const [begin, end] = [Date.UTC(year, 0), Date.UTC(year + 1, 0)];
  const periods = [{ from: begin, offset: askOffset(zone, begin) }];
  let offset = askOffset(zone, begin);
  for (let day = begin; day < end; day += DAY_MS) {
    const next = askOffset(zone, day + DAY_MS);
    if (next === offset) continue;
    const change = findChange(zone, day, day + DAY_MS, offset);
    if (change < end) periods.push({ from: change, offset: next });
    offset = next;
  }
  if (years.size >= MAX_YEARS) years.clear();
  years.set(key, periods);
  return periods;
};

/** How far the zone's clock is ahead of UTC at this instant, in milliseconds. Throws RangeError for an unknown zone. */
export const offsetAt = (zone: string, at: number): number => {
  const periods = periodsOfYear(zone, new Date(at).getUTCFullYear());
  for (let last = periods.length - 1; last > 0; last -= 1) {
    const period = periods[last];
    if (period && period.from <= at) return period.offset;
  }
  return periods[0]?.offset ?? 0;
};

/** What the zone's clock shows, in milliseconds, as if it were UTC. */
export const localAt = (zone: string, at: number): number => at + offsetAt(zone, at);

/**
 * The first instant at which the zone's clock shows this local time or a later one: the earlier of two where the clock
 * is set back, and the moment of the jump where it passes the time over.
 */
export const instantOf = (zone: string, local: number): number => {
  // No clock is more than a day ahead of or behind UTC.
  const [early, late] = [local - DAY_MS, local + DAY_MS];
  const [offset, offsetLater] = [offsetAt(zone, early), offsetAt(zone, late)];
  const firstYear = new Date(early).getUTCFullYear();
  const lastYear = new Date(late).getUTCFullYear();
  const isCalm = firstYear === lastYear && offset === offsetLater && !changesBetween(zone, firstYear, early, late);
  if (isCalm) return local - offset;
  const around: Period[] = [{ from: early, offset }];
  for (let year = firstYear; year <= lastYear; year += 1) {
    around.push(...periodsOfYear(zone, year).filter(({ from }) => from > early && from <= late));
  }
  for (const [place, period] of around.entries()) {
    const until = around[place + 1]?.from ?? Infinity;
    const reached = Math.max(period.from, local - period.offset);
    if (reached < until) return reached;
  }
  return local - offset;
};

const changesBetween = (zone: string, year: number, from: number, to: number): boolean =>
  periodsOfYear(zone, year).some((period, place) => place > 0 && period.from > from && period.from <= to);
