import { describe, expect, test } from 'vitest';
import type { Hours } from '#contract/business-hours.ts';
import { answersAt, closed, closedBy, open, openBy, type Moments } from '#routing/testing/office.ts';
import { everyDay, exception, hoursIn, weekly, workdays } from '#routing/testing/numbers.ts';

/** Written by hand: what a person who knows the calendar expects, at local moments. */
const london = (week: Hours['weekly'], ...exceptions: Hours['exceptions']) =>
  hoursIn('Europe/London', week, ...exceptions);
const office = weekly(workdays, '09:00–17:00');

describe('an ordinary week', () => {
  const cases: [name: string, hours: Hours, moments: Moments][] = [
    [
      'opens at its start, closes at its end',
      london(office),
      {
        '2026-11-24T08:59:59.999': closed,
        '2026-11-24T09:00': open,
        '2026-11-24T16:59:59.999': open,
        '2026-11-24T17:00': closed,
      },
    ],
    [
      'closed on other days',
      london(office),
      { '2026-11-27T12:00': open, '2026-11-28T12:00': closed, '2026-11-29T12:00': closed },
    ],
    [
      'a lunch break',
      london(weekly(workdays, '09:00–12:30', '13:00–17:00')),
      { '2026-11-24T12:29': open, '2026-11-24T12:30': closed, '2026-11-24T13:00': open },
    ],
    [
      'intervals that touch',
      london(weekly(workdays, '09:00–12:00', '12:00–17:00')),
      { '2026-11-24T11:59:59.999': open, '2026-11-24T12:00': open },
    ],
    [
      'a night belongs to the day it begins on',
      london(weekly([5], '22:00–06:00')),
      {
        '2026-11-27T03:00': closed,
        '2026-11-27T22:00': open,
        '2026-11-28T00:00': open,
        '2026-11-28T05:59': open,
        '2026-11-28T06:00': closed,
        '2026-11-28T22:30': closed,
      },
    ],
    [
      'Sunday night runs into Monday',
      london(weekly([7], '22:00–02:00')),
      { '2026-11-29T23:00': open, '2026-11-30T01:59': open, '2026-11-30T02:00': closed },
    ],
    [
      'until 24:00',
      london(weekly([2], '20:00–24:00')),
      { '2026-11-24T23:59': open, '2026-11-25T00:00': closed },
    ],
    [
      'until 00:00 is the same',
      london(weekly([2], '20:00–00:00')),
      { '2026-11-24T23:59': open, '2026-11-25T00:00': closed, '2026-11-24T00:00': closed },
    ],
    [
      'always',
      london(weekly(everyDay, '00:00–24:00')),
      { '2026-11-25T00:00': open, '2026-11-29T23:59:59.999': open },
    ],
    ['never', london([]), { '2026-11-24T12:00': closed }],
    ['one instant, three offices: London', london(office), { '2026-11-24T16:30:00Z': open }],
    [
      'one instant, three offices: New York',
      hoursIn('America/New_York', office),
      { '2026-11-24T16:30:00Z': open },
    ],
    ['one instant, three offices: Dhaka', hoursIn('Asia/Dhaka', office), { '2026-11-24T16:30:00Z': closed }],
  ];
  test.each(cases)('%s', (_, hours, moments) => expect(answersAt(hours, moments)).toEqual(moments));
});

describe('exceptions', () => {
  const christmas = exception('Christmas', '2026-12-24/2026-12-26');
  const newYear = exception('New Year', '2026-12-30/2027-01-02 yearly');
  const nights = weekly(everyDay, '22:00–06:00');
  const party = exception('Party', '2026-12-31', '20:00–04:00');
  const cases: [name: string, hours: Hours, moments: Moments][] = [
    [
      'closed from the first day to the last',
      london(office, christmas),
      {
        '2026-12-23T16:59': open,
        '2026-12-24T00:00': closedBy('Christmas'),
        '2026-12-24T10:00': closedBy('Christmas'),
        '2026-12-26T23:59': closedBy('Christmas'),
        '2026-12-27T00:00': closed,
      },
    ],
    [
      'a short day: its intervals alone count',
      london(office, exception('Short', '2026-12-31', '10:00–13:00')),
      {
        '2026-12-31T09:30': closedBy('Short'),
        '2026-12-31T10:00': openBy('Short'),
        '2026-12-31T13:00': closedBy('Short'),
      },
    ],
    [
      'opens on a Sunday',
      london(office, exception('Sale', '2026-11-29', '10:00–14:00')),
      { '2026-11-29T11:00': openBy('Sale') },
    ],
    [
      'yearly over New Year',
      london(office, newYear),
      {
        '2026-01-01T10:00': open,
        '2027-01-01T10:00': closedBy('New Year'),
        '2027-12-29T10:00': open,
        '2027-12-31T10:00': closedBy('New Year'),
        '2032-01-02T10:00': closedBy('New Year'),
        '2028-01-03T10:00': open,
      },
    ],
    [
      'yearly on 29 February comes in leap years',
      london(office, exception('Leap', '2024-02-29 yearly')),
      {
        '2025-02-28T10:00': open,
        '2027-03-01T10:00': open,
        '2028-02-29T10:00': closedBy('Leap'),
        '2028-03-01T10:00': open,
      },
    ],
    [
      'dated goes before yearly, though longer',
      london(
        office,
        exception('Day', '2026-07-15 yearly'),
        exception('Month', '2026-07-01/2026-07-31', '06:00–22:00'),
      ),
      { '2026-07-15T07:00': openBy('Month'), '2027-07-15T10:00': closedBy('Day') },
    ],
    [
      'the shorter goes before the longer',
      london(
        office,
        exception('Month', '2026-07-01/2026-07-31'),
        exception('Week', '2026-07-13/2026-07-17', '06:00–22:00'),
      ),
      { '2026-07-15T07:00': openBy('Week'), '2026-07-18T07:00': closedBy('Month') },
    ],
    [
      'of two alike the first in the list',
      london(office, exception('First', '2026-07-15'), exception('Second', '2026-07-15', '06:00–22:00')),
      { '2026-07-15T07:00': closedBy('First') },
    ],
    [
      'a weekly night is cut at midnight of a covered day',
      london(nights, exception('Eve', '2026-12-24')),
      {
        '2026-12-23T23:59:59.999': open,
        '2026-12-24T00:00': closedBy('Eve'),
        '2026-12-24T23:00': closedBy('Eve'),
        '2026-12-25T03:00': closed,
        '2026-12-25T22:00': open,
      },
    ],
    [
      'an exception’s night runs into the day after',
      london(office, party),
      {
        '2026-12-31T10:00': closedBy('Party'),
        '2026-12-31T20:00': openBy('Party'),
        '2027-01-01T03:59': openBy('Party'),
        '2027-01-01T04:00': closed,
        '2027-01-01T09:00': open,
      },
    ],
    [
      'and into its own next day',
      london(office, exception('Fair', '2026-12-28/2026-12-29', '20:00–02:00')),
      {
        '2026-12-28T01:00': closedBy('Fair'),
        '2026-12-29T01:00': openBy('Fair'),
        '2026-12-29T02:00': closedBy('Fair'),
        '2026-12-30T01:00': openBy('Fair'),
        '2026-12-30T02:00': closed,
      },
    ],
    [
      'but not into another exception’s',
      london(office, party, exception('Rest', '2027-01-01')),
      { '2026-12-31T23:59': openBy('Party'), '2027-01-01T00:00': closedBy('Rest') },
    ],
    [
      'where its night and the week’s morning overlap, first the one, then the other',
      london(weekly(everyDay, '03:00–05:00'), party),
      { '2027-01-01T03:30': openBy('Party'), '2027-01-01T04:00': open },
    ],
  ];
  test.each(cases)('%s', (_, hours, moments) => expect(answersAt(hours, moments)).toEqual(moments));
});
