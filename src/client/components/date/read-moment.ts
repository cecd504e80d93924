import { DAY_MS, instantOf, localAt, MINUTE_MS, offsetAt } from '#routing/zone.ts';
import { dateWords } from '#routing/words/hours-words.ts';
import { parseTime } from '#client/components/week/parse-time.ts';
import { todayIn } from '#client/lib/days.ts';
import { EXAMPLE_DATE, isNo, readDate, tidied } from './read-date.ts';

/** A moment, in milliseconds since 1970, UTC, or why none can be read, in words. */
export type MomentReading =
  | {
      at: number;
      /** The clock passes over what is written: this is the moment of its jump. */
      isSkipped: boolean;
    }
  | { problem: string };

export const EXAMPLE_MOMENT = `${EXAMPLE_DATE}, 22:00`;

/**
 * The instants at which a zone's clock shows this local time, in order: none where the clock passes it over,
 * two where it is set back.
 */
export const instantsOf = (zone: string, local: number): number[] => {
  const offsets = new Set([local - DAY_MS, local, local + DAY_MS].map((at) => offsetAt(zone, at)));
  return [...offsets]
    .map((offset) => local - offset)
    .filter((at) => localAt(zone, at) === local)
    .sort((a, b) => a - b);
};

const INSTANT = /^\d{4}-\d\d-\d\d[t ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:z|[+-]\d\d:?\d\d)$/;
/** What day, then what time; a point stands between hour and minute only behind a day. */
const TIME =
  /^(?:(.+?) (?:at )?)?(\d{1,2}:\d{2}(?::\d{2})?|\d{1,2}[.h]\d{2}|\d{1,2}(?::\d{2})? ?[ap]\.?m\.?)$/;

const split = (text: string): { day: string; time: string | undefined } => {
  const [, day, time] = TIME.exec(text) ?? [];
  if (time === undefined || (day === undefined && /[.h]\d\d$/.test(time)))
    return { day: text, time: undefined };
  return { day: day ?? 'today', time };
};

const minutesOf = (time: string): number | undefined => {
  const read = parseTime(time.replace(/^(\d{1,2}:\d{2}):\d{2}$/, '$1'));
  return read === null ? undefined : Number(read.slice(0, 2)) * 60 + Number(read.slice(3));
};

/**
 * A moment as people write it, by a zone's clock: `28 Nov 2026, 22:00`, `28.11. 22.00`, `2026-11-28T22:00`,
 * `tomorrow 9:00`, `fri 6 pm`, `now`; with `Z` or an offset at its end, that very instant. Throws RangeError
 * where this engine does not know the zone.
 */
export const readMoment = (typed: string, zone: string, now: number): MomentReading => {
  const text = tidied(typed).replace(/(\d)t(?=\d)/, '$1 ');
  if (text === 'now') return { at: Math.floor(now / MINUTE_MS) * MINUTE_MS, isSkipped: false };
  if (INSTANT.test(text)) {
    const at = Date.parse(text.replace(' ', 'T').toUpperCase());
    if (!Number.isNaN(at)) return { at, isSkipped: false };
  }
  const { day, time } = split(text);
  const reading = readDate(day, todayIn(zone, now));
  if ('problem' in reading)
    return /\d/.test(day) && !reading.problem.startsWith('“')
      ? reading
      : { problem: `${isNo(typed, 'moment')} Write it as ${EXAMPLE_MOMENT}.` };
  const { date } = reading;
  if (time === undefined) return { problem: `Write the time too, as in ${dateWords(date)}, 22:00.` };
  const minutes = minutesOf(time);
  if (minutes === undefined)
    return { problem: `There is no time ${time}. Write it as in ${dateWords(date)}, 22:00.` };
  const local = Date.parse(date) + minutes * MINUTE_MS;
  const [at] = instantsOf(zone, local);
  return at === undefined ? { at: instantOf(zone, local), isSkipped: true } : { at, isSkipped: false };
};
