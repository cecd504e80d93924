import type {
  BusinessHoursCreateInput,
  BusinessHoursPatchInput,
  Hours,
  HoursException,
} from '#contract/business-hours.ts';
import type { WeeklyInterval } from '#contract/clock-times.ts';
import type { FieldError } from '#contract/errors.ts';
import { trimmed } from '#contract/reading/text.ts';
import { isSameWeek } from '#client/components/week/to-days.ts';

/** An exception being edited, which must be told from the others while its name and dates change. */
export interface DraftException extends HoursException {
  key: number;
}

export interface HoursDraft extends Pick<Hours, 'name' | 'time_zone'> {
  weekly: readonly WeeklyInterval[];
  exceptions: DraftException[];
}

let lastKey = 0;
export const withKey = (exception: HoursException): DraftException => ({ ...exception, key: ++lastKey });

export const draftOf = ({ name, time_zone, weekly, exceptions }: Hours): HoursDraft => ({
  name,
  time_zone,
  weekly: [...weekly],
  exceptions: exceptions.map(withKey),
});

/** The draft in the order and words of the wire. */
export const bodyOf = ({ name, time_zone, weekly, exceptions }: HoursDraft): BusinessHoursCreateInput => ({
  name,
  time_zone,
  weekly: weekly.map(({ days, start, end }) => ({ days: [...days], start, end })),
  exceptions: exceptions.map(({ name: title, start_date, end_date, every_year, intervals }) => ({
    name: title,
    start_date,
    end_date,
    every_year,
    intervals,
  })),
});

const bare = ({ name, start_date, end_date, every_year, intervals }: HoursException) => [
  name,
  start_date,
  end_date,
  every_year,
  intervals.map(({ start, end }) => [start, end]),
];
const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** Only what differs from what is stored, by meaning: a week that is merely grouped otherwise is not sent. */
export const changedBody = (base: Hours, draft: HoursDraft): BusinessHoursPatchInput => {
  const body = bodyOf(draft);
  return {
    ...(draft.name !== base.name &&
      trimmed(draft.name).normalize('NFC') !== base.name && { name: body.name }),
    ...(draft.time_zone !== base.time_zone && { time_zone: body.time_zone }),
    ...(!isSameWeek(draft.weekly, base.weekly) && { weekly: body.weekly }),
    ...(!isSame(draft.exceptions.map(bare), base.exceptions.map(bare)) && { exceptions: body.exceptions }),
  };
};

export const isChanged = (base: Hours, draft: HoursDraft): boolean =>
  Object.keys(changedBody(base, draft)).length > 0;

const partNames = { name: 'name', time_zone: 'time zone', weekly: 'week', exceptions: 'exceptions' } as const;
const partsIn = Object.entries(partNames) as [keyof typeof partNames, string][];

/** What of the hours differs, by the names the editor gives it. */
export const changedParts = (base: Hours, draft: HoursDraft): string[] => {
  const body = changedBody(base, draft);
  return partsIn.filter(([part]) => part in body).map(([, name]) => name);
};

/** Mine where I changed something, theirs everywhere else. */
export const rebased = (base: Hours, theirs: Hours, draft: HoursDraft): HoursDraft => {
  const mine = changedBody(base, draft);
  const stored = draftOf(theirs);
  return {
    name: mine.name === undefined ? stored.name : draft.name,
    time_zone: mine.time_zone === undefined ? stored.time_zone : draft.time_zone,
    weekly: mine.weekly === undefined ? stored.weekly : draft.weekly,
    exceptions: mine.exceptions === undefined ? stored.exceptions : draft.exceptions,
  };
};

/** What someone else stored differs from what was read. */
export const partsChangedBetween = (before: Hours, after: Hours) => changedParts(before, draftOf(after));

/** The message at a place, by its JSON pointer; several lie below one another, and the first counts. */
export const messageAt = (errors: readonly FieldError[], pointer: string): string | undefined =>
  errors.find((error) => error.pointer === pointer || error.pointer.startsWith(`${pointer}/`))?.message;

/** `/weekly/2/end` and `/weekly/2` → 2: the editor shows both at the interval. */
export const messagesByPlace = (errors: readonly FieldError[], list: string): Map<number, string> => {
  const found = new Map<number, string>();
  for (const { pointer, message } of errors) {
    const place = new RegExp(`^/${list}/(\\d+)(?:/|$)`).exec(pointer)?.[1];
    if (place !== undefined && !found.has(Number(place))) found.set(Number(place), message);
  }
  return found;
};

const known = /^\/(?:name$|time_zone$|weekly(?:\/|$)|exceptions(?:\/|$))/;

/** What the server refused and no field here is to blame for. */
export const messagesOfNoField = (errors: readonly FieldError[]): string[] =>
  errors.filter(({ pointer }) => !known.test(pointer)).map(({ message }) => message);
