import { z } from 'zod';
import { isDate, overlapInDay, overlapInWeek } from './clock-times.ts';
import { countedFirst, idSchema, instantSchema, isLongerThan, lineSchema, tooMuch } from './primitives.ts';
import { readAs } from '#contract/reading/reading.ts';
import { MAX_TIME_ZONE, readTimeZone } from '#contract/reading/time-zones.ts';

/*
 * Business hours: a week, and dated departures from it, in one time zone. A resource of its own, used by many
 * numbers. An interval begins at the instant the local clock first shows its start, or has jumped past it,
 * and ends likewise: so intervals that touch keep touching, and a clock that is set back does not open or
 * close anything twice.
 */

const startTimeSchema = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'Write the time as 09:30, from 00:00 to 23:59.')
  .describe('A local time of day, `HH:MM`.');
const endTimeSchema = z
  .string()
  .regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/, 'Write the time as 18:00, from 00:00 to 24:00.')
  .describe('A local time of day, `HH:MM`; not after the start means the day after.');

const bounds = { start: startTimeSchema, end: endTimeSchema };
const isSomeTime = ({ start, end }: { start: string; end: string }) => start !== end;
const endEqualsStart = {
  error: 'The end is the start. For a whole day write 00:00 to 24:00.',
  path: ['end'],
  params: { code: 'end_equals_start' },
};

export const intervalSchema = z.strictObject(bounds).refine(isSomeTime, endEqualsStart);

const daysSchema = countedFirst(
  z
    .array(
      z
        .number()
        .int()
        .min(1, 'Days are 1 (Monday) to 7 (Sunday).')
        .max(7, 'Days are 1 (Monday) to 7 (Sunday).'),
    )
    .max(7, tooMuch('A week has seven days.'))
    .min(1, 'Name at least one day.')
    .refine((days) => new Set(days).size === days.length, {
      error: 'Name each day once.',
      params: { code: 'duplicate_day' },
    })
    .overwrite((days) => days.toSorted((a, b) => a - b))
    .describe('The days it begins on: 1 is Monday, 7 is Sunday.'),
  isLongerThan(7),
);

export const weeklyIntervalSchema = z
  .strictObject({ days: daysSchema, ...bounds })
  .refine(isSomeTime, endEqualsStart);

export const MAX_INTERVALS_A_WEEK = 70;
export const MAX_INTERVALS_A_DAY = 10;
export const MAX_EXCEPTIONS = 100;
export const MAX_HOURS_NAME = 80;

const overlap = (path: PropertyKey[]) => ({
  code: 'custom' as const,
  path,
  message: 'This overlaps another interval. Shorten one, or make them one.',
  params: { code: 'overlapping_intervals' },
});

export const weeklySchema = countedFirst(
  z
    .array(weeklyIntervalSchema)
    .max(MAX_INTERVALS_A_WEEK, tooMuch(`A week has at most ${MAX_INTERVALS_A_WEEK} intervals.`))
    .check(({ value, issues }) => {
      const at = overlapInWeek(value);
      if (at !== undefined) issues.push({ ...overlap([at]), input: value });
    })
    .describe('When it is open in an ordinary week; empty is never.'),
  isLongerThan(MAX_INTERVALS_A_WEEK),
);

const dateSchema = z
  .string()
  .refine(isDate, {
    error: 'No calendar has this day. Write it as 2026-12-24.',
    params: { code: 'impossible_date' },
  })
  .describe('A local date, `YYYY-MM-DD`.');

const DAY_MS = 86_400_000;
const daysFrom = (start: string, end: string) => (Date.parse(end) - Date.parse(start)) / DAY_MS;

export const hoursExceptionSchema = z
  .strictObject({
    name: lineSchema(MAX_HOURS_NAME).describe('What people call it, for example a holiday’s name.'),
    start_date: dateSchema,
    end_date: dateSchema.describe('The last day it covers; the same day for one day.'),
    every_year: z.boolean().default(false).describe('Whether it comes again each year on the same dates.'),
    intervals: countedFirst(
      z
        .array(intervalSchema)
        .max(MAX_INTERVALS_A_DAY, tooMuch(`A day has at most ${MAX_INTERVALS_A_DAY} intervals.`))
        .describe('When it is open on each day it covers; empty is closed.'),
      isLongerThan(MAX_INTERVALS_A_DAY),
    ),
  })
  .check(({ value, issues }) => {
    const { start_date: start, end_date: end, every_year: isYearly, intervals } = value;
    if (!isDate(start) || !isDate(end)) return;
    const later = (code: string, message: string) =>
      issues.push({ code: 'custom', path: ['end_date'], message, params: { code }, input: value });
    if (end < start) later('end_before_start', 'It ends before it begins. Choose a later last day.');
    else if (isYearly && daysFrom(start, end) >= 365)
      later('longer_than_a_year', 'What comes every year lasts less than a year.');
    const at = overlapInDay(intervals, end > start);
    if (at !== undefined) issues.push({ ...overlap(['intervals', at]), input: value });
  });

const exceptionsSchema = countedFirst(
  z
    .array(hoursExceptionSchema)
    .max(MAX_EXCEPTIONS, tooMuch(`There is room for ${MAX_EXCEPTIONS} exceptions.`))
    .describe(
      'Dated departures from the week. On a day that one covers, its intervals alone count. Where two cover the same day, a dated one goes before a yearly one, then the shorter, then the first in the list.',
    ),
  isLongerThan(MAX_EXCEPTIONS),
);

export const timeZoneSchema = readAs(readTimeZone, { maxLength: MAX_TIME_ZONE }).describe(
  'An IANA time zone, for example `Asia/Dhaka`, by any of its names; stored under the name of today.',
);

export const businessHoursNameSchema = lineSchema(MAX_HOURS_NAME).describe(
  'The name operators choose the hours by.',
);

const changeable = {
  name: businessHoursNameSchema,
  time_zone: timeZoneSchema,
  weekly: weeklySchema,
  exceptions: exceptionsSchema,
};

export const businessHoursSchema = z.strictObject({
  business_hours_id: idSchema,
  ...changeable,
  phone_number_count: z.number().int().min(0).describe('How many numbers go by these hours.'),
  version: z.number().int().min(1).describe('One higher after every change; also the ETag.'),
  created_at: instantSchema,
  updated_at: instantSchema,
});
export type BusinessHours = z.infer<typeof businessHoursSchema>;
export type HoursException = BusinessHours['exceptions'][number];

/** What the arithmetic needs of business hours. */
export type Hours = Pick<BusinessHours, 'name' | 'time_zone' | 'weekly' | 'exceptions'>;

/** Hours as they are written. */
export const hoursBodySchema = z.strictObject({ ...changeable, exceptions: exceptionsSchema.default([]) });
export const businessHoursCreateSchema = hoursBodySchema;
export type BusinessHoursCreate = z.infer<typeof businessHoursCreateSchema>;
export type BusinessHoursCreateInput = z.input<typeof businessHoursCreateSchema>;

/** Absent is unchanged; lists are replaced whole. */
export const businessHoursPatchSchema = z.strictObject({
  name: changeable.name.optional(),
  time_zone: changeable.time_zone.optional(),
  weekly: changeable.weekly.optional(),
  exceptions: changeable.exceptions.optional(),
});
export type BusinessHoursPatch = z.infer<typeof businessHoursPatchSchema>;
export type BusinessHoursPatchInput = z.input<typeof businessHoursPatchSchema>;

/** All of them, by name: there are as many as offices, not as numbers. */
export const businessHoursListSchema = z.strictObject({ business_hours: z.array(businessHoursSchema) });
