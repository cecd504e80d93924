import { engineZone } from '#contract/reading/engine-zone.ts';

const clocks = new Map<
  string,
  { moment: Intl.DateTimeFormat; time: Intl.DateTimeFormat; day: Intl.DateTimeFormat }
>();

const clockOf = (zone: string) => {
  const known = clocks.get(zone);
  if (known) return known;
  const timeZone = engineZone(zone);
  const day = { weekday: 'short', day: 'numeric' } as const;
  const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const made = {
    moment: new Intl.DateTimeFormat('en-GB', { timeZone, ...day, month: 'short', ...time }),
    time: new Intl.DateTimeFormat('en-GB', { timeZone, ...time }),
    day: new Intl.DateTimeFormat('en-GB', { timeZone, ...day, month: 'short' }),
  };
  clocks.set(zone, made);
  return made;
};

/** `Thu 26 Nov, 18:00` */
export const momentIn = (zone: string, at: number) => clockOf(zone).moment.format(at).replace('Sept', 'Sep');
export const dayIn = (zone: string, at: number) => clockOf(zone).day.format(at).replace('Sept', 'Sep');

/** `Thu 26 Nov, 18:00–09:00`; the day is named again where it is not the next. */
export const stretchWords = (zone: string, from: number, to: number): string => {
  const { time } = clockOf(zone);
  const isShort = to - from <= 24 * 3_600_000;
  return `${momentIn(zone, from)}${isShort ? '–' : ' to '}${isShort ? time.format(to) : momentIn(zone, to)}`;
};
