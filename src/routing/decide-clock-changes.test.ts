import { describe, expect, test } from 'vitest';
import type { Hours } from '#contract/business-hours.ts';
import { exception, hoursIn, weekly } from '#routing/testing/numbers.ts';
import { answersAt, closed, closedBy, open, type Moments } from '#routing/testing/office.ts';

/**
 * Written by hand, from what the clocks of each zone did; at instants, since clocks show some times twice.
 */
describe('days on which the clock changes', () => {
  const sunday = (zone: string, ...intervals: string[]) => hoursIn(zone, weekly([7], ...intervals));
  const cases: [name: string, hours: Hours, moments: Moments][] = [
    [
      'opens at the jump that passes its start over',
      sunday('America/New_York', '02:30–04:00'),
      { '2026-03-08T06:59:59Z': closed, '2026-03-08T07:00:00Z': open, '2026-03-08T08:00:00Z': closed },
    ],
    [
      'closes at the jump that passes its end over',
      sunday('America/New_York', '01:00–02:30'),
      { '2026-03-08T06:59:59Z': open, '2026-03-08T07:00:00Z': closed },
    ],
    [
      'does not open where all of it is passed over',
      sunday('America/New_York', '02:15–02:45'),
      { '2026-03-08T06:59:59Z': closed, '2026-03-08T07:00:00Z': closed },
    ],
    [
      'opens once where its start comes twice',
      sunday('America/New_York', '01:30–03:00'),
      {
        '2026-11-01T05:29:59Z': closed,
        '2026-11-01T05:30:00Z': open,
        '2026-11-01T06:10:00Z': open,
        '2026-11-01T08:00:00Z': closed,
      },
    ],
    [
      'stays closed where its end comes twice',
      sunday('America/New_York', '00:00–01:30'),
      { '2026-11-01T05:29:59Z': open, '2026-11-01T05:30:00Z': closed, '2026-11-01T06:10:00Z': closed },
    ],
    [
      'an hour that comes twice lasts two',
      sunday('America/New_York', '01:00–02:00'),
      { '2026-11-01T05:00:00Z': open, '2026-11-01T06:59:59Z': open, '2026-11-01T07:00:00Z': closed },
    ],
    [
      'a whole day of 25 hours',
      sunday('America/New_York', '00:00–24:00'),
      {
        '2026-11-01T03:59:59Z': closed,
        '2026-11-01T04:00:00Z': open,
        '2026-11-02T04:59:59Z': open,
        '2026-11-02T05:00:00Z': closed,
      },
    ],
    [
      'half an hour back',
      sunday('Australia/Lord_Howe', '01:45–02:15'),
      { '2026-04-04T14:45:00Z': open, '2026-04-04T15:05:00Z': open, '2026-04-04T15:45:00Z': closed },
    ],
    [
      'back over midnight: the evening goes on',
      hoursIn('America/Santiago', weekly([6], '23:30–24:00')),
      { '2026-04-05T02:30:00Z': open, '2026-04-05T03:10:00Z': open, '2026-04-05T04:00:00Z': closed },
    ],
    [
      'back over midnight: the day begins late',
      hoursIn('America/Santiago', [], exception('Sunday', '2026-04-05')),
      { '2026-04-05T03:30:00Z': closed, '2026-04-05T04:00:00Z': closedBy('Sunday') },
    ],
    [
      'a day without a midnight',
      hoursIn('America/Santiago', weekly([7], '00:30–02:00'), exception('Sunday', '2026-09-13')),
      { '2026-09-06T03:59:59Z': closed, '2026-09-06T04:00:00Z': open, '2026-09-06T05:00:00Z': closed },
    ],
    [
      'back into the day before: the day has begun and stays',
      hoursIn('America/St_Johns', [], exception('Sunday', '2010-11-07')),
      {
        '2010-11-07T02:29:59Z': closed,
        '2010-11-07T02:30:00Z': closedBy('Sunday'),
        '2010-11-07T02:45:00Z': closedBy('Sunday'),
      },
    ],
    [
      'a minute that takes an hour to end',
      sunday('America/St_Johns', '00:00–00:01'),
      { '2010-11-07T02:30:00Z': open, '2010-11-07T03:00:00Z': open, '2010-11-07T03:31:00Z': closed },
    ],
    [
      'a day left out: the night before it ends',
      hoursIn('Pacific/Apia', weekly([4], '22:00–06:00'), exception('Gone', '2011-12-30')),
      { '2011-12-30T09:59:59Z': open, '2011-12-30T10:00:00Z': closed },
    ],
    [
      'New Year’s Eve with an hour twice',
      hoursIn('Asia/Dhaka', [], exception('New Year', '2009-01-01 yearly')),
      { '2009-12-31T17:30:00Z': closed, '2009-12-31T18:00:00Z': closedBy('New Year') },
    ],
  ];
  test.each(cases)('%s', (_, hours, moments) => expect(answersAt(hours, moments)).toEqual(moments));
});
